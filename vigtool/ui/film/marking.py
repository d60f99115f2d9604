"""Marking a film, without a widget: what keys and drags mean, in whole frames and exact ticks.

A mark made while the film plays lands a little back (`playhead.Landing`); the points in and out are those of the
frame that shows. A chosen mark takes codes and stars; with none chosen they make a mark at the playhead, which is
chosen then only while the film stands still, so that the next key makes the next mark.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from vigtool.annotate import edits
from vigtool.annotate.bounds import Bounds
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.annotate.scheme import Scheme
from vigtool.casework.film import Film, FilmKind
from vigtool.errors import InvalidRecord, VigtoolError
from vigtool.ids import Id, new_id
from vigtool.timebase import Span
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.edges import drawn
from vigtool.ui.film.held import Hold
from vigtool.ui.film.playhead import Landing, Playhead
from vigtool.ui.film.points import Points, Stretch
from vigtool.ui.film.saving import Keep, Saving
from vigtool.ui.timeline.model import Which

LETS_GO = Fraction(3)
"""Seconds of film after which playing on lets go of the chosen mark, so that the next star is not put on it."""


def bounds_of(film: Film) -> Bounds:
    """A film as its marks know it."""
    return Bounds(
        film=film.id,
        start=film.start,
        end=film.end,
        time_base=film.time_base,
        for_parents=film.kind is FilmKind.INTERACTION,
    )


class Marking(QObject):
    """Editing the marks of one open film.

    Attributes:
        stretch: the points in and out, and the loop.
        landing: which frame a key means; its lead can be changed.
        saving: the marks kept, their history, and their way to the vault.

    Signals:
        marks_changed: `marks` is different, be it only while something is dragged or held.
        chosen_changed: another mark (or none) is chosen.
        go_to: a frame that shall be shown.
        refused: an error of what was asked, which changed nothing.
    """

    marks_changed = Signal()
    chosen_changed = Signal()
    go_to = Signal(int)
    refused = Signal(object)

    def __init__(
        self, opened: OpenFilm, scheme: Scheme, playhead: Playhead, keep: Keep, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.scheme, self.bounds = scheme, bounds_of(opened.film)
        self._layer, self._head = opened.layer, playhead
        self.landing = Landing(opened.index, playhead)
        self.stretch = Stretch(self)
        self.saving = Saving(Marks(opened.marks), keep, self)
        self.saving.changed.connect(self._after_change)
        self.chosen: Id | None = None
        self._preview: Mark | None = None
        self._hold: Hold | None = None

    @property
    def marks(self) -> Marks:
        """As on the screen, with what is being dragged or held."""
        kept = self.saving.marks
        return kept if self._preview is None else kept.replaced([(kept.get(self._preview.id), self._preview)])

    @property
    def chosen_mark(self) -> Mark | None:
        """The chosen mark as on the screen."""
        return None if self.chosen is None else self.marks.get(self.chosen)

    def choose(self, mark_id: Id | None, *, go: bool = False) -> None:
        """Choose a mark, or none; with `go` the film goes to its first frame."""
        mark = None if mark_id is None else self.marks.get(mark_id)
        chosen = None if mark is None else mark.id
        if chosen != self.chosen:
            self.chosen = chosen
            self.chosen_changed.emit()
        if go and mark is not None:
            self.go_to.emit(self.landing.index.number_at(mark.span.start))

    def choose_beside(self, by: int) -> None:
        """Choose the next mark (1) or the one before (-1), from the chosen one or else from the playhead."""
        ordered = self.marks.ordered
        if self.chosen_mark is not None:
            place = ordered.index(self.chosen_mark) + by
        else:
            shown = self.landing.index.pts(self._head.frame)
            here = sum(mark.span.start < shown for mark in ordered)
            place = here if by > 0 else here - 1
        if 0 <= place < len(ordered):
            self.choose(ordered[place].id, go=True)

    def set_in(self) -> None:
        """The frame that shows is the first one of the stretch."""
        self.stretch.set_points(self.stretch.points.begun_at(self.landing.index.pts(self._head.frame)))

    def set_out(self) -> None:
        """The frame that shows is the last one of the stretch, and belongs to it."""
        self.stretch.set_points(self.stretch.points.ended_at(self.landing.end_of(self._head.frame)))

    def toggle_loop(self) -> None:
        """Go round between in and out, or else in the chosen mark; or no longer."""
        chosen = self.chosen_mark
        self._attempt(lambda: self.stretch.toggle_loop(None if chosen is None else chosen.span))

    # Making marks

    def mark(self) -> None:
        """Mark the stretch between in and out, or the moment, without a code."""
        self._make(code=None, star=False)

    def star(self) -> None:
        """Give the chosen mark its star, or take it away; with none chosen keep the moment, starred."""
        if self.chosen_mark is not None:
            self._do(lambda: edits.toggle_star(self.saving.marks, self._chosen()))
        else:
            self._make(code=None, star=True)

    def star_of(self, mark_id: Id) -> None:
        """Give one mark its star, or take it away, whichever is chosen."""
        self._do(lambda: edits.toggle_star(self.saving.marks, mark_id))

    def put_code(self, code: str) -> None:
        """Put a code on the chosen mark; with none chosen mark the stretch or the moment with it."""
        if self.chosen_mark is not None:
            self._do(lambda: edits.set_code(self.saving.marks, self._chosen(), code, self.scheme))
        else:
            self._make(code=code, star=False)

    def press_code(self, code: str) -> None:
        """The key of a code went down. Held while the film plays, the mark lasts as long as the hold."""
        self.release_code()
        marks_live = self._head.is_playing and self.chosen_mark is None and self._stretch_here() is None
        made = self._new(self.landing.moment, code, star=False) if marks_live else None
        if made is None:
            self.put_code(code)
            return
        self._hold = Hold(made, self.landing)
        self._show(made)

    def release_code(self) -> None:
        """The key of a code came up, or the film stops under it: the mark that was held is made."""
        if self._hold is None:
            return
        held, self._hold = self._hold.mark, None
        self._show(None)
        self._do(lambda: edits.add(self.saving.marks, held, self.bounds, self.scheme))

    def moved_on(self) -> None:
        """The playhead moved: what is held grows, and playing far past the chosen mark lets go of it."""
        if self._hold is not None:
            self._show(self._hold.mark)
        chosen = self.chosen_mark
        if chosen is None or self._preview is not None or not self._head.is_playing or self.stretch.loop is not None:
            return
        beyond = max(self._head.tick - chosen.span.end, chosen.span.start - self._head.tick)
        if beyond * self.bounds.time_base > LETS_GO:
            self.choose(None)

    # Changing marks

    def link(self) -> None:
        """Link the chosen mark to the turn before it; once more, and it is free again."""

        def step() -> Step:
            marks, chosen = self.saving.marks, self._chosen()
            linked = edits.link_to_previous(marks, chosen, new_id())
            return edits.unlink(marks, chosen) if linked.is_empty else linked

        self._do(step)

    def remove(self) -> None:
        """Take the chosen mark away."""
        self._do(lambda: edits.remove(self.saving.marks, [self._chosen()]))

    def write_note(self, mark_id: Id, text: str) -> None:
        """Write a mark's note."""
        self._do(lambda: edits.set_note(self.saving.marks, mark_id, text))

    def drag(self, mark_id: Id, edge: Which, tick: int) -> None:
        """Draw an edge of a mark to `tick`, where a frame begins or the film ends; `drop` writes it as one step."""
        self._draw(mark_id, edge, self.landing.number_of_boundary(tick))

    def drop(self) -> None:
        """The edge is where it shall be."""
        if self._preview is None or self._hold is not None:
            return
        dragged = self._preview
        self._show(None)
        self._do(lambda: edits.set_span(self.saving.marks, dragged.id, dragged.span, self.bounds))

    def set_edge(self, edge: Which) -> None:
        """The frame that shows becomes the first, or the last, of the chosen mark."""
        if self._attempt(lambda: self._draw(self._chosen(), edge, self._head.frame + (edge is Which.END))):
            self.drop()

    def undo(self) -> None:
        """Take the last step back."""
        self._attempt(self.saving.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._attempt(self.saving.redo)

    def cancel(self) -> bool:
        """Leave one thing that is going on: a drag or hold, the choice, the points; whether there was any."""
        if self._preview is not None:
            self._hold = None
            self._show(None)
        elif self.chosen is not None:
            self.choose(None)
        elif not self.stretch.points.is_empty:
            self.stretch.set_points(Points())
        else:
            return False
        return True

    # Inside

    def _make(self, *, code: str | None, star: bool) -> None:
        stretch = self._stretch_here()
        made = self._new(stretch or self.landing.moment, code, star=star)
        if made is None or not self._do(lambda: edits.add(self.saving.marks, made, self.bounds, self.scheme)):
            return
        if stretch is not None:
            self.stretch.set_points(Points())
        if not self._head.is_playing:
            self.choose(made.id)

    def _new(self, span: Span, code: str | None, *, star: bool) -> Mark | None:
        try:
            return edits.new_mark(id=new_id(), layer=self._layer, span=span, scheme=self.scheme, code=code, star=star)
        except VigtoolError as error:
            self.refused.emit(error)
            return None

    def _stretch_here(self) -> Span | None:
        return self.stretch.points.span_until(self.landing.end)

    def _draw(self, mark_id: Id, edge: Which, boundary: int) -> None:
        mark = self.saving.marks.get(mark_id)
        if mark is not None:
            made, number = drawn(mark, edge, boundary, self.landing)
            self._show(made)
            self.go_to.emit(number)

    def _show(self, preview: Mark | None) -> None:
        if preview != self._preview:
            self._preview = preview
            self.marks_changed.emit()

    def _after_change(self) -> None:
        if self.chosen is not None and self.chosen not in self.saving.marks:
            self.choose(None)
        self.marks_changed.emit()

    def _chosen(self) -> Id:
        if self.chosen is None:
            raise InvalidRecord(
                self.tr("no mark is chosen"), self.tr("click one, or walk through them by the arrow keys up and down")
            )
        return self.chosen

    def _do(self, step: Callable[[], Step]) -> bool:
        return self._attempt(lambda: self.saving.do(step()))

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do what was asked; where it is refused, nothing was changed, and it is said."""
        try:
            act()
        except VigtoolError as error:
            self.refused.emit(error)
            return False
        return True
