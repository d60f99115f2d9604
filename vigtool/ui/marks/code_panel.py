"""The scheme as buttons: groups with their digits, and the codes of one group with their letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QStyle, QWidget

from vigtool.annotate.mark import Lane
from vigtool.annotate.scheme import Code, Group, Scheme
from vigtool.ui import measures, theme
from vigtool.ui.actions import key_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.keys import paint_badge
from vigtool.ui.parts.surface import Heading, column
from vigtool.ui.parts.words import tip
from vigtool.ui.timeline.shapes import bar_path, paint_sign

_GROUP, _CODE, _GAP, _WIDE = 36, 32, 4, 430
_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class _KeyButton(QPushButton):
    """What group and code buttons share: a badge, perhaps a sign, a word that shortens itself."""

    before, after = 42, 5

    def __init__(self, words: str, height: int, help_: str) -> None:
        super().__init__(words)
        self._height = height
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(measures.font(Type.LEAST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip(help_))

    def sizeHint(self) -> QSize:
        return QSize(self.before + QFontMetrics(self.font()).horizontalAdvance(self.text()) + self.after, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self._height)

    def placed(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def paint_words(self, painter: QPainter, colour: str) -> None:
        room = self.placed(self.rect().adjusted(self.before, 0, -self.after + 2, 0))
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(colour))
        painter.setFont(self.font())
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | _SIDE, text)

    def veil(self, colours: theme.Colours) -> QColor | None:
        if not (self.underMouse() or self.isDown()):
            return None
        made = QColor(colours.ink)
        made.setAlpha(36 if self.isDown() else 18)
        return made


class GroupButton(_KeyButton):
    """One group; pressed it shows its codes."""

    def __init__(self, group: Group) -> None:
        super().__init__(group.name, _GROUP, group.title)
        self.codes_of = group
        self.setCheckable(True)
        self.setAccessibleName(self.tr("{0}, key {1}").format(group.name, group.digit))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint badge, sign and word."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if here else colours.line), 1))
        painter.setBrush(QColor(colours.accent_wash) if here else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, measures.RADIUS_CONTROL, measures.RADIUS_CONTROL)
        if (veil := self.veil(colours)) is not None:
            painter.setBrush(veil)
            painter.drawRoundedRect(box, measures.RADIUS_CONTROL, measures.RADIUS_CONTROL)
        paint_badge(painter, self.placed(QRect(7, 8, 18, 20)), str(self.codes_of.digit), colours)
        sign = self.placed(QRect(28, 0, 12, self.height()))
        paint_sign(painter, self.codes_of.lane, QPointF(QRectF(sign).center()), colours, 9)
        self.paint_words(painter, colours.ink)


class CodeButton(_KeyButton):
    """One code, in the shape and colours of its lane."""

    before = 34

    def __init__(self, code: Code) -> None:
        super().__init__(code.label, _CODE, code.help)
        self.code = code
        self.setAccessibleName(self.tr("{0}, key {1}").format(code.label, code.letter))
        self.setAccessibleDescription(code.help)
        self.setProperty("radius", _CODE / 2)
        self.is_active = False
        # A pointed end needs more room than a straight or a round one.
        self.after = 12 if code.lane is Lane.TOGETHER else 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape, the round badge and the word."""
        colours = theme.of(self)
        lane = colours.lane(self.code.lane)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = bar_path(self.code.lane, QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(QPen(QColor(lane.shape), 1.25))
        painter.setBrush(QColor(colours.chosen(self.code.lane) if self.is_active else lane.wash))
        painter.drawPath(path)
        if (veil := self.veil(colours)) is not None:
            painter.fillPath(path, veil)
        paint_badge(painter, self.placed(QRect(8, 6, 20, 20)), self.code.letter, colours, round_=True)
        self.paint_words(painter, colours.chosen_text if self.is_active else lane.ink)


class CodePanel(QWidget):
    """The buttons.

    Signals:
        group_chosen (digit): the person opened a group.
        code_wanted (code id): a code was pressed.
        find_wanted: the person looks for a mark.
    """

    group_chosen = Signal(int)
    code_wanted = Signal(str)
    find_wanted = Signal()

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._active: frozenset[str] = frozenset()
        self._columns = (4, 3)
        self._codes: list[CodeButton] = []
        self._groups = QButtonGroup(self)
        self.heading = Heading(scheme.title, self.tr("version {0}").format(scheme.version))
        self._group_grid, self._code_grid = _grid(), _grid()
        body = column(self, gap=8)
        body.addWidget(self.heading)
        body.addLayout(self._group_grid)
        body.addLayout(self._code_grid)
        for group in scheme.groups:
            self._groups.addButton(GroupButton(group), group.digit)
        self._groups.idClicked.connect(self._opened)
        self._find = Button(self.tr("Find"), Kind.QUIET, key=key_words("find"), height=measures.BUTTON_TOOL)
        self._find.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._find.clicked.connect(self.find_wanted)
        if scheme.groups:
            self.set_group(scheme.groups[0].digit)
        self._lay_out()

    def set_group(self, digit: int) -> None:
        """Show the codes of a group, without telling anybody; a digit of no group changes nothing."""
        group = self._scheme.group(digit)
        button = self._groups.button(digit)
        if group is None or button is None:
            return
        button.setChecked(True)
        for old in self._codes:
            self._code_grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._codes = [CodeButton(code) for code in group.codes]
        for made in self._codes:
            made.is_active = made.code.id in self._active
            made.clicked.connect(lambda _=False, code=made.code.id: self.code_wanted.emit(code))
        _fill(self._code_grid, self._codes, self._columns[1])

    def set_active(self, codes: Collection[str]) -> None:
        """Show which codes the chosen mark has, or are held down."""
        self._active = frozenset(codes)
        for button in self._codes:
            button.is_active = button.code.id in self._active
            button.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in fewer columns where there is less room, so that the words stay whole."""
        super().resizeEvent(event)
        columns = (4, 3)
        if self.width() < _WIDE:
            widest = max((button.sizeHint().width() for button in self._groups.buttons()), default=0)
            columns = (3 if 3 * widest + 2 * _GAP <= self.width() else 2, 2)
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def _lay_out(self) -> None:
        _fill(self._group_grid, [*self._groups.buttons(), self._find], self._columns[0])
        _fill(self._code_grid, self._codes, self._columns[1])

    def _opened(self, digit: int) -> None:
        self.set_group(digit)
        self.group_chosen.emit(digit)


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setSpacing(_GAP)
    return made


def _fill(grid: QGridLayout, widgets: Sequence[QWidget], columns: int) -> None:
    for widget in widgets:
        grid.removeWidget(widget)
    for place, widget in enumerate(widgets):
        grid.addWidget(widget, *divmod(place, columns))
