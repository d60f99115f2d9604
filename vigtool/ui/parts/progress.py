"""Work that takes a while: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words


class Bar(QProgressBar):
    """A thin bar. While nothing is known of how long it takes, a third of it is filled and stands still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setRange(0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Eight pixels high."""
        return QSize(160, 8)

    def minimumSizeHint(self) -> QSize:
        """Eight pixels high."""
        return QSize(48, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint how far it is, from the side where reading begins."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box, 4, 4)
        painter.fillPath(shape, QColor(colours.sunken if not colours.is_dark else colours.line))
        painter.setClipPath(shape)
        part = (self.value() - self.minimum()) / self.maximum() if self.maximum() > 0 else 1 / 3
        width = box.width() * min(max(part, 0.0), 1.0)
        left = box.right() - width if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else box.left()
        painter.fillRect(QRectF(left, 0, width, box.height()), QColor(colours.accent))


class ProgressPanel(Panel):
    """The panel of one piece of work.

    Signals:
        cancelled: the person wants it stopped; the panel then says that it is stopping.
    """

    cancelled = Signal()

    def __init__(self, title: str, *, promise: str = "", parent: QWidget | None = None) -> None:
        """Make the panel; `promise` says what holds meanwhile, such as that one can go on working."""
        super().__init__(padding=16, gap=8, parent=parent)
        self._title = Words(title, weight=measures.MEDIUM)
        self._detail = Words("", size=Type.LEAST, tone="quiet")
        self.bar = Bar()
        self.bar.setAccessibleName(title)
        self.cancel = Button(self.tr("Cancel"), icon="cross", height=measures.BUTTON_TOOL)
        self.cancel.clicked.connect(self._stop)
        head, text = row(gap=12), column(gap=2)
        text.addWidget(self._title)
        text.addWidget(self._detail)
        head.addLayout(text, 1)
        head.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        if promise:
            self.body.addWidget(Words(promise, size=Type.LEAST, tone="quiet", wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_title(self, title: str) -> None:
        """Say what is being done now."""
        self._title.setText(title)
        self.bar.setAccessibleName(title)

    def set_detail(self, text: str) -> None:
        """Say how far it is, in words."""
        self._detail.setText(text)

    def set_progress(self, done: int, total: int) -> None:
        """Show how far it is; the numbers may be of any size and unit."""
        if total <= 0:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(done, total) * 1000 // total)
        self.bar.update()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.set_detail(self.tr("stopping…"))
        self.cancelled.emit()
