"""The small panel of looking: closer, brighter, a still, a second film. All of it has keys; here it can be found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from vigtool.player.brightness import MOST
from vigtool.ui import measures, theme
from vigtool.ui.actions import key_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton
from vigtool.ui.parts.slider import Slider
from vigtool.ui.parts.surface import Rule, column, row
from vigtool.ui.parts.words import Words

_WIDTH = 344


class LookingButton(IconButton):
    """Opens the panel above itself.

    Signals:
        zoomed (steps): closer, or wider by negative ones.
        whole_pressed: the whole picture.
        level_chosen (level): so much brighter.
        still_pressed: keep this still.
        film_chosen (place): the second film, by its place among those that were shown.
        beside_closed: take the second film away.
    """

    zoomed = Signal(int)
    whole_pressed = Signal()
    level_chosen = Signal(int)
    still_pressed = Signal()
    film_chosen = Signal(int)
    beside_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("eye", self.tr("Look closely, brighter, at a still, at two films"), parent=parent)
        self.setAccessibleName(self.tr("Looking"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.panel = LookingPanel(self)
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Open the panel over the row, within the window."""
        panel, window = self.panel, self.window()
        theme.dress(panel, theme.of(self))
        panel.setLayoutDirection(self.window().layoutDirection())
        panel.fit()
        corner = self.mapTo(window, QPoint(0, 0))
        left = corner.x() + self.width() - panel.width()
        left = min(max(left, 8), window.width() - panel.width() - 8)
        panel.move(window.mapToGlobal(QPoint(left, max(8, corner.y() - panel.height() - 6))))
        panel.show()
        panel.closer.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_look(self, zoom: float, level: int) -> None:
        """Show how closely and how brightly one looks."""
        self.panel.show_look(zoom, level)

    def show_films(self, films: Sequence[str]) -> None:
        """Offer these films, the nearest first."""
        self.panel.show_films(films)

    def show_beside(self, *, is_beside: bool) -> None:
        """Offer to take the second film away, where there is one."""
        self.panel.show_beside(is_beside=is_beside)


class LookingPanel(QFrame):
    """The panel itself; a click beside it, or Escape, closes it."""

    def __init__(self, button: LookingButton) -> None:
        super().__init__(button, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(self.tr("Looking"))
        self.setFixedWidth(_WIDTH)
        self._button = button
        self._films: list[str] = []
        self._is_beside = False
        whole = column(self, gap=10, margins=(16, 14, 16, 14))
        self._add_zoom(whole)
        self._add_brightness(whole)
        whole.addWidget(
            Words(
                self.tr("Only to look at: stills, reels and copies stay as filmed."),
                size=Type.LEAST,
                tone="quiet",
                wrap=True,
            )
        )
        whole.addWidget(Rule())
        self.still = Button(
            self.tr("Keep this still"), icon="still", key=key_words("keep-still"), height=measures.BUTTON_TOOL
        )
        self.still.setToolTip(self.tr("Remember exactly this frame; it stays in the vault"))
        self.still.clicked.connect(self._keep_still)
        whole.addWidget(self.still)
        self.beside = Button("", icon="beside", height=measures.BUTTON_TOOL)
        self.beside.clicked.connect(self._open_films)
        whole.addWidget(self.beside)
        self.none_there = Words(
            self.tr("A second film of this family can lie beside this one, once there is one."),
            size=Type.LEAST,
            tone="quiet",
            wrap=True,
        )
        whole.addWidget(self.none_there)
        self.show_beside(is_beside=False)
        self.show_look(1.0, 0)

    def show_look(self, zoom: float, level: int) -> None:
        """Show how closely and how brightly one looks."""
        self.zoom_words.setText(f"{zoom:.2g}×")
        self.whole.setEnabled(zoom > 1)
        self.wider.setEnabled(zoom > 1)
        self.level.show_value(level)
        self.level_words.setText(self.tr("as filmed") if level == 0 else self.tr("by {0}").format(level))

    def show_films(self, films: Sequence[str]) -> None:
        """Offer these films."""
        self._films = list(films)
        self.show_beside(is_beside=self._is_beside)

    def show_beside(self, *, is_beside: bool) -> None:
        """Offer a second film, or to take it away; where there is none, say so."""
        self._is_beside = is_beside
        take = self.tr("Take the second film away")
        self.beside.set_words(take if is_beside else self.tr("A second film beside it …"))
        self.beside.setVisible(is_beside or bool(self._films))
        self.none_there.setVisible(not is_beside and not self._films)

    def fit(self) -> None:
        """Be as high as the words need at this width; Qt alone would give wrapped words room they do not use."""
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), measures.RADIUS_PANEL, measures.RADIUS_PANEL
        )
        painter.fillPath(shape, QColor(colours.raised if colours.is_dark else colours.surface))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawPath(shape)

    def _add_zoom(self, body: QVBoxLayout) -> None:
        self.wider = IconButton("zoom-out", self.tr("See more of the picture"), size=measures.BUTTON_SMALL)
        self.closer = IconButton("zoom-in", self.tr("Look closer into the picture"), size=measures.BUTTON_SMALL)
        self.zoom_words = Words("", size=Type.LEAST, weight=measures.MEDIUM, tabular=True)
        self.whole = Button(self.tr("Whole"), key=key_words("picture-whole"), height=measures.BUTTON_SMALL)
        self.wider.clicked.connect(lambda: self._button.zoomed.emit(-1))
        self.closer.clicked.connect(lambda: self._button.zoomed.emit(1))
        self.whole.clicked.connect(self._button.whole_pressed)
        line = row(gap=6)
        label = Words(self.tr("Picture"), size=Type.LEAST, tone="quiet")
        label.setFixedWidth(72)
        for widget in (label, self.wider, self.closer, self.zoom_words):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.whole)
        body.addLayout(line)

    def _add_brightness(self, body: QVBoxLayout) -> None:
        self.level = Slider(MOST, self.tr("Brightness, only to look at"))
        self.level.chosen.connect(self._button.level_chosen)
        self.level_words = Words("", size=Type.LEAST, weight=measures.MEDIUM, tabular=True)
        self.level_words.setMinimumWidth(64)
        line = row(gap=6)
        label = Words(self.tr("Brighter"), size=Type.LEAST, tone="quiet")
        label.setFixedWidth(72)
        line.addWidget(label)
        line.addWidget(self.level, 1)
        line.addWidget(self.level_words)
        body.addLayout(line)

    def _keep_still(self) -> None:
        self.close()
        self._button.still_pressed.emit()

    def _open_films(self) -> None:
        if self._is_beside:
            self.close()
            self._button.beside_closed.emit()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, words in enumerate(self._films):
            act = QAction(words.replace("&", "&&"), menu)
            act.triggered.connect(lambda _=False, place=place: self._choose(place))
            menu.addAction(act)
        menu.popup(self.beside.mapToGlobal(QPoint(0, self.beside.height() + 2)))

    def _choose(self, place: int) -> None:
        self.close()
        self._button.film_chosen.emit(place)
