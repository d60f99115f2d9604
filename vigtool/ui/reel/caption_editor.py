"""Captions of the chosen clip: one language at a time, each in its own direction, kept while typing pauses."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QMenu, QWidget

from vigtool.annotate.reel import Clip
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import IconButton
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Paper
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.captions import LANGUAGES, fits, is_right_to_left, language_name, seconds_to_read

_PAUSE_MS = 500


class CaptionEditor(QWidget):
    """Segments for the languages, a paper for the words, and whether they can be read in time.

    Signals:
        written: clip id, language and text, when typing pauses or the paper is left.
    """

    written = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._seconds = Fraction(0)
        self._own = "en"
        self._language = "en"
        self._offered: tuple[str, ...] = ()
        self._segments: Segments | None = None
        body = column(self, gap=8)
        head = row(gap=8)
        head.addWidget(Words(self.tr("Caption"), weight=measures.MEDIUM))
        head.addStretch(1)
        body.addLayout(head)
        self._languages = row(gap=6)
        self.more = IconButton("plus", self.tr("Add a language"))
        self.more.clicked.connect(self._offer_more)
        body.addLayout(self._languages)
        self.paper = Paper(lines=2, placeholder=self.tr("What we see, in plain words"))
        self.paper.textChanged.connect(self._typed)
        self.paper.installEventFilter(self)
        body.addWidget(self.paper)
        hint = row(gap=6)
        self._sign, self.hint = Sign("check", "quiet", size=16), Words("", size=Type.LEAST, tone="quiet", wrap=True)
        hint.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(self.hint, 1)
        body.addLayout(hint)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.commit)

    @property
    def language(self) -> str:
        """The language whose caption is shown."""
        return self._language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are offered now."""
        return self._offered

    def show_clip(self, clip: Clip, seconds: Fraction, others: tuple[str, ...]) -> None:
        """Show the captions of `clip`, which lasts `seconds`; `others` are languages used elsewhere in the reel."""
        if self._clip is not None and clip.id != self._clip.id:
            self.commit()
        self._clip, self._seconds = clip, seconds
        own = tuple(caption.language for caption in clip.captions)
        added = (self._language,) if self._language not in own and self._language in self._offered else ()
        offered = tuple(dict.fromkeys((*own, *others, *added))) or (self._own,)
        if offered != self._offered:
            self._offered = offered
            self._make_segments()
        self._show_words()

    def show_language(self, tag: str) -> None:
        """Show the caption in another language; one that is new is offered from now on."""
        self.commit()
        if tag not in self._offered:
            self._offered = (*self._offered, tag)
            self._language = tag
            self._make_segments()
        self._language = tag
        if self._segments is not None:
            self._segments.set_value(tag)
        self._show_words()

    def commit(self) -> None:
        """Have what was typed written now, if it differs."""
        self._pause.stop()
        if self._clip is not None and self.paper.toPlainText().strip() != self._kept():
            self.written.emit(self._clip.id, self._language, self.paper.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever leaves the paper has done with it."""
        if watched is self.paper and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return False

    def _kept(self) -> str:
        captions = self._clip.captions if self._clip else ()
        return next((caption.text for caption in captions if caption.language == self._language), "")

    def _make_segments(self) -> None:
        if self._language not in self._offered:
            self._language = self._offered[0]
        if self._segments is not None:
            self._languages.removeWidget(self._segments)
            self._segments.hide()
            self._segments.deleteLater()
        else:
            self._languages.addWidget(self.more)
            self._languages.addStretch(1)
        choices = [(tag, language_name(tag)) for tag in self._offered]
        self._segments = Segments(choices, words=self.tr("Language of the caption"))
        self._segments.chosen.connect(self.show_language)
        self._segments.set_value(self._language)
        self._languages.insertWidget(0, self._segments)

    def _show_words(self) -> None:
        kept = self._kept()
        if self.paper.toPlainText().strip() != kept:
            with QSignalBlocker(self.paper):
                self.paper.setPlainText(kept)
                self.paper.moveCursor(QTextCursor.MoveOperation.End)
        to_left = is_right_to_left(self._language)
        option = self.paper.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if to_left else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if to_left else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        with QSignalBlocker(self.paper):
            self.paper.document().setDefaultTextOption(option)
        self.paper.setAccessibleName(self.tr("Caption in {0}").format(language_name(self._language)))
        self._show_hint()

    def _typed(self) -> None:
        self._pause.start()
        self._show_hint()

    def _show_hint(self) -> None:
        text = self.paper.toPlainText()
        need = seconds_to_read(text)
        short = fits(text, self._seconds)
        self._sign.setVisible(bool(need) and short)
        if not need:
            self.hint.setText(self.tr("Say what can be seen, in a few words."))
        elif short:
            words = self.tr("Short enough to read in 1 second") if need == 1 else None
            self.hint.setText(words or self.tr("Short enough to read in {0} seconds").format(need))
        else:
            self.hint.setText(self.tr("Takes {0} seconds to read: longer than its clip").format(need))

    def _offer_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tag, name in LANGUAGES.items():
            if tag not in self._offered:
                menu.addAction(name).triggered.connect(lambda _=False, tag=tag: self._added(tag))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _added(self, tag: str) -> None:
        self.show_language(tag)
        self.paper.setFocus()
