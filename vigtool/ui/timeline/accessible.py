"""The timeline as a screen reader meets it: each lane a list, each mark an item that is said in one sentence.

Qt's accessibility cache owns what is registered with it; Python must not let go of an interface before the cache has.
So `Tree` keeps them all, and deletes them through Qt when a mark goes or the timeline does.
"""
# ruff: noqa: N802  # every method here has Qt's own name

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias
from weakref import ref

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from vigtool.annotate.chain import place, place_words
from vigtool.annotate.mark import Lane, Mark
from vigtool.ids import Id
from vigtool.timebase import short_clock
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.timeline.ground_painter import lane_words
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.view import TimelineView

Maybe: TypeAlias = Any
"""An interface, a window, an object, or none of them: Qt means so, and its stub forgets it."""


def sentence(model: TimelineModel, mark: Mark) -> str:
    """A mark as it is said: "Baby, coos, 3:12.480, third in a chain of 6, starred"."""
    seconds: Fraction = (mark.span.start - model.start) * model.time_base
    parts = [lane_words(mark.lane), model.words(mark), short_clock(seconds)]
    where = place(model.marks, mark.id)
    if where is not None:
        parts.append(place_words(where))
    if mark.star:
        parts.append(QCoreApplication.translate("Timeline", "starred"))
    if mark.note and mark.code is not None:
        parts.append(" ".join(mark.note.split()))
    return ", ".join(part for part in parts if part)


class _Node(QAccessibleInterface):
    """What lanes and marks share: they have no QObject of their own."""

    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self._tree = ref(tree)
        self.id = QAccessible.registerAccessibleInterface(self)

    @property
    def view(self) -> TimelineView | None:
        tree = self._tree()
        return None if tree is None or not isValid(tree.view) else tree.view

    def isValid(self) -> bool:
        return self.view is not None

    def object(self) -> Maybe:
        return None

    def window(self) -> Maybe:
        view = self.view
        return None if view is None else view.window().windowHandle()

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Names are read, never written."""


class _MarkNode(_Node):
    def __init__(self, tree: Tree, mark: Id) -> None:
        super().__init__(tree)
        self.mark = mark

    @property
    def value(self) -> Mark | None:
        return None if self.view is None else self.view.model.marks.get(self.mark)

    def isValid(self) -> bool:
        return self.value is not None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, text: QAccessible.Text) -> str:
        view, mark = self.view, self.value
        is_name = text == QAccessible.Text.Name and view is not None and mark is not None
        return sentence(view.model, mark) if is_name and view is not None and mark is not None else ""

    def state(self) -> QAccessible.State:
        made = QAccessible.State()
        view = self.view
        made.selectable = made.focusable = True
        if view is not None and view.model.chosen == self.mark:
            made.selected = True
            made.focused = view.hasFocus()
        return made

    def rect(self) -> QRect:
        view = self.view
        placed = None if view is None else view.board.placed(self.mark)
        if view is None or placed is None:
            return QRect()
        box = placed.box.translated(LABELS, 0).toAlignedRect()
        return QRect(view.mapToGlobal(box.topLeft()), box.size())

    def parent(self) -> Maybe:
        tree, mark = self._tree(), self.value
        return None if tree is None or mark is None else tree.lane(mark.lane)

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> Maybe:
        return None

    def childAt(self, _x: int, _y: int) -> Maybe:
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1


class _LaneNode(_Node):
    def __init__(self, tree: Tree, lane: Lane) -> None:
        super().__init__(tree)
        self.lane = lane

    @property
    def marks(self) -> tuple[Mark, ...]:
        return () if self.view is None else self.view.model.of_lane(self.lane)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def text(self, text: QAccessible.Text) -> str:
        return lane_words(self.lane) if text == QAccessible.Text.Name else ""

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def rect(self) -> QRect:
        view = self.view
        if view is None or self.lane not in view.board.lanes:
            return QRect()
        band = view.board.lanes[self.lane]
        return QRect(view.mapToGlobal(QPoint(0, band.top)), QSize(view.width(), band.height))

    def parent(self) -> Maybe:
        return None if self.view is None else QAccessible.queryAccessibleInterface(self.view)

    def childCount(self) -> int:
        return len(self.marks)

    def child(self, index: int) -> Maybe:
        tree, marks = self._tree(), self.marks
        return tree.mark(marks[index].id) if tree is not None and 0 <= index < len(marks) else None

    def childAt(self, x: int, y: int) -> Maybe:
        at = QPoint(x, y)
        nodes = [self.child(index) for index in range(self.childCount())]
        return next((node for node in nodes if node is not None and node.rect().contains(at)), None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        wanted = child.mark if isinstance(child, _MarkNode) else None
        return next((place for place, mark in enumerate(self.marks) if mark.id == wanted), -1)


class Tree(QAccessibleWidget):
    """The timeline itself: a pane whose children are its lanes."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view, QAccessible.Role.Pane)
        self.view = view
        self._lanes: dict[Lane, _LaneNode] = {}
        self._marks: dict[Id, _MarkNode] = {}

    def lane(self, lane: Lane) -> _LaneNode:
        """The list of one lane."""
        if lane not in self._lanes:
            self._lanes[lane] = _LaneNode(self, lane)
        return self._lanes[lane]

    def mark(self, mark: Id) -> _MarkNode:
        """The item of one mark."""
        if mark not in self._marks:
            self._marks[mark] = _MarkNode(self, mark)
        return self._marks[mark]

    def childCount(self) -> int:
        """How many lanes there are."""
        return len(self.view.model.lanes) if isValid(self.view) else 0

    def child(self, index: int) -> Maybe:
        """One lane."""
        lanes = self.view.model.lanes
        return self.lane(lanes[index]) if 0 <= index < len(lanes) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which lane it is."""
        lanes = self.view.model.lanes
        return lanes.index(child.lane) if isinstance(child, _LaneNode) and child.lane in lanes else -1

    def childAt(self, x: int, y: int) -> Maybe:
        """The lane under a point of the screen."""
        lanes = [self.child(index) for index in range(self.childCount())]
        return next((lane for lane in lanes if lane is not None and lane.rect().contains(x, y)), None)

    def focusChild(self) -> Maybe:
        """The chosen mark."""
        chosen = self.view.model.chosen
        return self.mark(chosen) if chosen is not None and chosen in self.view.model.marks else None

    def model_changed(self) -> None:
        """Let go of marks that are gone, and say which one is chosen now."""
        for gone in [mark for mark in self._marks if mark not in self.view.model.marks]:
            _delete(self._marks.pop(gone))
        chosen = self.focusChild()
        if isinstance(chosen, _MarkNode) and self.view.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(chosen, QAccessible.Event.Focus))

    def forget(self) -> None:
        """Delete everything; the timeline is going."""
        for node in (*self._marks.values(), *self._lanes.values()):
            _delete(node)
        self._marks.clear()
        self._lanes.clear()


def _delete(node: _Node) -> None:
    if isValid(node):
        QAccessible.deleteAccessibleInterface(node.id)


class _Trees:
    """Every tree there is, by the view it speaks for."""

    def __init__(self) -> None:
        self.by_view: dict[int, Tree] = {}
        self.installed = False

    def make(self, _key: str, thing: QObject | None) -> Maybe:
        if not isinstance(thing, TimelineView):
            return None
        tree = Tree(thing)
        number = id(thing)
        self.by_view[number] = tree
        thing.destroyed.connect(lambda: self.drop(number))
        thing.model_changed.connect(tree.model_changed)
        return tree

    def drop(self, number: int) -> None:
        tree = self.by_view.pop(number, None)
        if tree is not None:
            tree.forget()


_trees = _Trees()


def install() -> None:
    """Let Qt find the trees; calls after the first do nothing."""
    if not _trees.installed:
        _trees.installed = True
        QAccessible.installFactory(_trees.make)
