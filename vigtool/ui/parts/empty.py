"""An empty room says what goes there and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.surface import Panel, row
from vigtool.ui.parts.words import Words


class _Picture(QWidget):
    """What is there in a solid line, what goes there in a dashed one."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(88, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent), 1.75))
        painter.setBrush(QColor(colours.accent_wash))
        painter.drawRoundedRect(QRectF(1, 1, 48, 34), 5, 5)
        if self._icon == "play":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawPolygon(QPolygonF([QPointF(20, 10), QPointF(34, 18), QPointF(20, 26)]))
        else:
            icons.paint(painter, self._icon, colours.accent, (25, 18), 20)
        pen = QPen(QColor(colours.edge), 1.75)
        pen.setDashPattern([2.2, 2.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(58, 5, 27, 26), 5, 5)


class EmptyPanel(Panel):
    """What goes here, and how to begin.

    Signals:
        begin: the person pressed the button.
    """

    begin = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        button: str = "",
        button_icon: str = "",
        after: tuple[str, str, str] = ("", "", ""),
        icon: str = "play",
        parent: QWidget | None = None,
    ) -> None:
        """Make the panel; `after` stands beside the button: words, a key, words."""
        super().__init__(padding=24, gap=8, parent=parent)
        self.setAccessibleName(title)
        centred = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(1)
        self.body.addWidget(_Picture(icon), 0, centred)
        self.body.addSpacing(8)
        self.body.addWidget(Words(title, size=Type.LARGE, weight=measures.SEMIBOLD), 0, centred)
        line = Words(sentence, tone="quiet", wrap=True)
        line.set_side(centred)
        self.body.addWidget(line)
        if button:
            self.body.addSpacing(4)
            self.button = Button(button, Kind.PRIMARY, icon=button_icon)
            self.button.clicked.connect(self.begin)
            foot = row(gap=8)
            foot.addStretch(1)
            foot.addWidget(self.button)
            for place, word in enumerate(after):
                if word:
                    is_key = place == 1
                    foot.addWidget(KeyBadge(word) if is_key else Words(word, size=Type.LEAST, tone="quiet"))
            foot.addStretch(1)
            self.body.addLayout(foot)
        self.body.addStretch(1)
