"""The reel's picture with what plays it: the same in the room and over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from vigtool.ids import Id
from vigtool.timebase import short_clock, to_seconds
from vigtool.ui import measures, theme
from vigtool.ui.desk import OpenFilm, Pixels
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, IconButton, Kind, PlayButton
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.clip_dots import ClipDots
from vigtool.ui.reel.hearing import ReelSound
from vigtool.ui.reel.pictures import ReelPictures
from vigtool.ui.reel.reel_player import ReelPlayer
from vigtool.ui.reel.screen import Screen
from vigtool.ui.reel.work import ReelWork

_GROUND = "#0D0E11"


class Watching(QWidget):
    """A screen fed by a player of its own.

    Signals:
        clip_shown: the clip that is shown now, as it plays on; empty while the title is.
    """

    clip_shown = Signal(str)

    def __init__(self, work: ReelWork, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.pictures, self.sound = ReelPictures(self), ReelSound(self)
        self.player = ReelPlayer(self.pictures, self.sound, self)
        self.sound.lost.connect(self.player.go_by_wall_clock)
        self.screen_ = Screen(framed=framed)
        self._shown: Id = ""
        self.screen_.size_wanted.connect(self._resized)
        self.pictures.shown.connect(self._picture)
        self.pictures.failed.connect(lambda _film, _number, error: self.screen_.show_words(words_of(error).spoken))
        self.player.place_changed.connect(self._place_changed)
        work.reel_changed.connect(self.refresh)
        work.records_changed.connect(self.refresh)
        work.open_films.opened.connect(lambda _film: self.refresh())

    def refresh(self) -> None:
        """Take the reel as it now is; films that it shows are opened."""
        reel, films = self._work.reel, {}
        for film in {clip.film for clip in self._work.clips}:
            opened = self._work.open_films.get(film)
            if opened is None:
                self._work.open_films.want(film)
            else:
                films[film] = opened
        self.player.set_reel(reel, films)
        shown = [self._work.records.film(film) for film in dict.fromkeys(clip.film for clip in self._work.clips)]
        self.screen_.set_films(
            [(film.width, film.height) for film in shown if film], [clip.captions for clip in self._work.clips]
        )
        self._say()

    def stop(self) -> None:
        """Stop, and let the films go."""
        self.player.pause()
        self.pictures.let_go()
        self.sound.let_go()

    def show_frame(self, film: Id, number: int) -> None:
        """Show one frame, with the words of the chosen clip."""
        self.screen_.set_title("")
        clip = self._work.clip
        self.screen_.set_captions(clip.captions if clip else ())
        self.player.show_frame(film, number)

    def _say(self) -> None:
        self.screen_.set_title(self.player.cuts.title if self.player.cuts and self.player.shows_title else "")
        self.screen_.set_captions(self.player.captions)

    def _place_changed(self) -> None:
        self._say()
        cut = self.player.cut
        clip = cut.clip if cut else ""
        if cut and self.player.is_playing:
            self._work.open_films.played(cut.film)
        if clip != self._shown:
            self._shown = clip
            self.clip_shown.emit(clip)

    def _resized(self, width: int, height: int) -> None:
        self.pictures.set_box(width, height)
        self.player.show_again()

    def _picture(self, film: Id, number: int, pixels: Pixels) -> None:
        self.screen_.show_picture(pixels)
        opened: OpenFilm | None = self._work.open_films.get(film)
        if opened is not None and not self.player.is_playing:
            index = opened.index
            time = short_clock(to_seconds(index.pts(number) - index.pts(0), index.time_base))
            self.screen_.say_place(number, time)


class WatchPart(Watching):
    """The picture in the room, with play, the clip before and after, and where it stands."""

    def __init__(self, work: ReelWork, parent: QWidget | None = None) -> None:
        super().__init__(work, parent=parent)
        body = column(self, gap=12)
        body.addWidget(self.screen_, 1)
        bar = QWidget()
        bar.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time never turns round
        line = row(bar, gap=8)
        self.back = IconButton("back", self.tr("The clip before"), size=measures.BUTTON)
        self.play = PlayButton(size=40)
        self.forward = IconButton("forward", self.tr("The clip after"), size=measures.BUTTON)
        self.dots = ClipDots(self.player)
        self.where = Words("", size=Type.LEAST, tone="quiet", tabular=True)
        line.addWidget(self.back)
        line.addWidget(self.play)
        line.addWidget(self.forward)
        line.addSpacing(8)
        line.addWidget(self.dots, 1)
        line.addSpacing(8)
        line.addWidget(self.where)
        self._bar = bar
        body.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.play.clicked.connect(self.toggle)
        self.dots.sought.connect(self._seek)
        self.player.playing_changed.connect(lambda: self.play.set_playing(playing=self.player.is_playing))
        self.clip_shown.connect(lambda _clip: self._say_where())
        work.chosen_changed.connect(self._chosen)

    def refresh(self) -> None:
        """Take the reel as it now is."""
        super().refresh()
        self._fit_bar()
        self._say_where()
        self.dots.update()
        if not self.player.is_playing:
            self._chosen(again=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what plays as wide as the picture."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        self._bar.setFixedWidth(min(max(self.screen_.whole_area().width(), 420), self.width()))

    def toggle(self) -> None:
        """Play the chosen clip, or pause."""
        if self.player.is_playing:
            self.player.pause()
        elif self._work.chosen is not None:
            self.player.play(self._work.chosen)

    def play_reel(self) -> None:
        """Play the whole reel from its beginning."""
        self.player.pause()
        self.player.play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _chosen(self, *, again: bool = False) -> None:
        clip = self._work.chosen
        cut = self.player.cut
        if clip is None:
            self.screen_.show_words("")
        elif cut is None and self.player.is_playing:
            pass  # the title is shown: the clip will come
        elif cut is None or cut.clip != clip or (again and not self.player.is_playing):
            self.player.show_clip(clip)
        self._say_where()

    def _step(self, by: int) -> None:
        places = [clip.id for clip in self._work.clips]
        if self._work.chosen in places:
            to = places.index(self._work.chosen) + by
            if 0 <= to < len(places):
                self.player.pause()
                self._work.choose(places[to])

    def _seek(self, clip: Id, part: object) -> None:
        self.player.show_part(clip, part)  # type: ignore[arg-type]  # a Fraction, as sent
        self._work.choose(clip)

    def _say_where(self) -> None:
        places = [clip.id for clip in self._work.clips]
        cut = self.player.cut
        if self.player.is_playing and cut is None and places:
            self.where.setText(self.tr("title"))
            return
        clip = cut.clip if cut is not None and self.player.is_playing else self._work.chosen
        known = clip in places
        self.where.setText(
            self.tr("clip {0} of {1}").format(places.index(clip) + 1, len(places)) if known and clip else ""
        )


class WatchHere(Watching):
    """The reel over the whole window, and nothing else: nothing is made, nothing kept.

    Signals:
        left: the person closed it.
    """

    left = Signal()

    def __init__(self, work: ReelWork, window: QWidget) -> None:
        super().__init__(work, framed=False, parent=window)
        theme.dress(self, theme.DARK)
        window.installEventFilter(self)
        body = column(self, gap=20, margins=(48, 40, 48, 32))
        body.addWidget(self.screen_, 1)
        bar = QWidget()
        bar.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line = row(bar, gap=12)
        self.play = PlayButton()
        self.again = Button(self.tr("Again"), icon="again")
        self.close_ = Button(self.tr("Close"), Kind.QUIET, icon="cross")
        line.addStretch(1)
        line.addWidget(self.again)
        line.addWidget(self.play)
        line.addWidget(self.close_)
        line.addStretch(1)
        body.addWidget(bar)
        self.play.clicked.connect(self.toggle)
        self.again.clicked.connect(self.play_again)
        self.close_.clicked.connect(self.leave)
        self.player.playing_changed.connect(lambda: self.play.set_playing(playing=self.player.is_playing))
        self.setAccessibleName(self.tr("The reel"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(window.rect())
        self.refresh()
        self.show()
        self.raise_()
        self.play.setFocus()
        self.player.play()

    def toggle(self) -> None:
        """Play on, or pause."""
        if self.player.is_playing:
            self.player.pause()
        else:
            self.player.play_on()

    def play_again(self) -> None:
        """From the beginning."""
        self.player.pause()
        self.player.play()

    def leave(self) -> None:
        """Close it."""
        self.stop()
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        self.hide()
        self.left.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses, Escape closes."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            event.accept()  # no key of the room behind does anything

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark, warm surround."""
        QPainter(self).fillRect(self.rect(), QColor(_GROUND))
