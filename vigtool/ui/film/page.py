"""One open film: picture and transport, codes and marks, the timeline; put together here, and nothing else."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from vigtool.annotate.scheme import Scheme
from vigtool.errors import VigtoolError
from vigtool.player.frame_index import FrameIndex
from vigtool.ui import measures
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.beside_bar import BesideBar
from vigtool.ui.film.looking_panel import LookingButton
from vigtool.ui.film.looking_view import LookingView
from vigtool.ui.film.picture_view import PictureView
from vigtool.ui.film.side_panel import LEAST_WIDTH, SidePanel
from vigtool.ui.film.timeline_head import TimelineHead
from vigtool.ui.film.transport_bar import TransportBar
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.timeline import Timeline

GAP, UNDER_PICTURE, OVER_TIMELINE = measures.GAP, 6, 12
_NARROW, _NARROW_FOR_TWO = 1000, 2200
_SIDE = (460, 560)
AT_FIRST, _LONG = Fraction(30), Fraction(45)
"""Seconds in view when a film is opened, where it is longer than that."""
_TIMELINE_PART = Fraction(1, 2)
"""The timeline takes no more of the height; what is stacked higher is scrolled."""


class Places(QStackedWidget):
    """The picture's place: the picture, or what is the matter with it."""

    def __init__(self, picture: PictureView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._trouble = QWidget()
        self.error: ErrorPanel | None = None
        self._body = column(self._trouble, margins=(24, 24, 24, 24))
        self.addWidget(picture)
        self.addWidget(self._trouble)

    def show_picture(self) -> None:
        """Show the picture."""
        self.error = None
        self.setCurrentWidget(self._picture)

    def show_error(self, error: VigtoolError) -> ErrorPanel:
        """Show what is the matter, and a way to try again, in the picture's place."""
        empty(self._body)
        kept = self.tr("all marks that were saved are kept")
        self.error = ErrorPanel(words_of(error, kept=kept), (self.tr("Try again"),))
        self._body.addStretch(1)
        self._body.addWidget(self.error)
        self._body.addStretch(1)
        self.setCurrentWidget(self._trouble)
        return self.error


class TimelineScroll(QScrollArea):
    """As high as the timeline, up to a limit; beyond that it scrolls."""

    def __init__(self, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline, self._most = timeline, 1000
        self.setWidget(timeline)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        timeline.installEventFilter(self)
        self._fit()

    def set_most(self, height: int) -> None:
        """Take no more than so much of the height."""
        self._most = height
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the timeline's rows."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def _fit(self) -> None:
        self.setFixedHeight(min(self._timeline.sizeHint().height(), max(self._most, 160)))


class FilmPage(QWidget):
    """The parts of an open film, laid out; `wiring` joins them."""

    def __init__(self, opened: OpenFilm, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        # Every desk hands over the player's own index: the frames are read by it.
        self.index = cast("FrameIndex", opened.index)
        self.labels = {code.id: code.label for code in scheme.codes}
        shown = TimelineModel(start=self.index.start, index=self.index, labels=self.labels)
        self.picture = LookingView((self.index.picture.width, self.index.picture.height))
        self.transport = TransportBar()
        self.places = Places(self.picture)
        self.looking, self.beside_bar = LookingButton(), BesideBar()
        self._beside: QWidget | None = None
        self.side = SidePanel(scheme, shown)
        self.timeline = Timeline(shown)
        self.head = TimelineHead(self.timeline)
        self.lanes = TimelineScroll(self.timeline)
        self._lay_out()
        if self.index.duration > _LONG:
            self.timeline.set_scale(self.timeline.scale.showing_seconds(AT_FIRST, self.index.start))

    def show_beside(self, picture: QWidget | None) -> None:
        """Show a second picture beside the first, as large, or the first alone."""
        if self._beside is not None:
            self._pictures.removeWidget(self._beside)
            self._beside.hide()
            self._beside.deleteLater()
        self._beside = picture
        if picture is not None:
            self._pictures.addWidget(picture, 1)
            picture.show()
        self.beside_bar.setVisible(picture is not None)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every part its share."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give the panel beside the picture its part, as tabs where that is little, or two pictures need the room."""
        narrow = self.width() < (_NARROW if self._beside is None else _NARROW_FOR_TWO)
        least, most = _SIDE
        wide = min(max(self.width() * 38 // 100, least), most)
        self.side.set_width(LEAST_WIDTH if narrow else wide, narrow=narrow)
        self.lanes.set_most(int(self.height() * _TIMELINE_PART) - self.head.height())

    def _lay_out(self) -> None:
        whole = column(self, gap=OVER_TIMELINE, margins=(GAP, GAP, GAP, GAP))
        upper = row(gap=GAP)
        left = column(gap=UNDER_PICTURE)
        if self.opened.film.damage:
            left.addWidget(_damage(self.opened.film.damage))
        self._pictures = row(gap=8)
        self._pictures.addWidget(self.places, 1)
        left.addLayout(self._pictures, 1)
        left.addWidget(self.beside_bar)
        self.beside_bar.hide()
        under = QWidget()
        under.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # along time, as the transport
        line = row(under, gap=8)
        line.addWidget(self.transport, 1)
        line.addWidget(self.looking)
        left.addWidget(under)
        upper.addLayout(left, 1)
        upper.addWidget(self.side)
        whole.addLayout(upper, 1)
        lower = Panel(padding=0, gap=0)
        lower.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        lower.body.setContentsMargins(1, 1, 1, 5)
        lower.body.addWidget(self.head)
        lower.body.addWidget(self.lanes)
        whole.addWidget(lower)


def _damage(sentences: tuple[str, ...]) -> Panel:
    """What is broken in the film, said once, plainly."""
    panel = Panel(kind="caution", padding=10, gap=0)
    line = row(gap=8)
    line.addWidget(Sign("warning", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(
        Words(" ".join(f"{s[:1].upper()}{s[1:].rstrip('.')}." for s in sentences), size=Type.LEAST, wrap=True), 1
    )
    panel.body.addLayout(line)
    panel.setAccessibleName(" ".join(sentences))
    return panel
