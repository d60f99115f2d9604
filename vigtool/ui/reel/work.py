"""What the Reel room works on: the open family's films and starred marks, and one reel with its chosen clip.

It reads by jobs, edits by `annotate.reel_edits`, and writes through the desk on the vault thread; the room's parts show
what stands here and hear of changes by its signals.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from vigtool.annotate import reel_edits
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Clip, Reel
from vigtool.annotate.reel_edits import ReelStep
from vigtool.annotate.scheme import Scheme
from vigtool.annotate.scheme_file import built_in
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, VigtoolError
from vigtool.ids import Id, new_id
from vigtool.practice.reels import bounds
from vigtool.timebase import Span
from vigtool.ui.desk import OpenFilm
from vigtool.ui.reel.family_records import Records, read_records
from vigtool.ui.reel.open_films import OpenFilms
from vigtool.ui.reel.reel_draft import Edit, ReelDraft, Write
from vigtool.ui.room import Bench


class ReelWork(QObject):
    """The work on one reel.

    Signals:
        records_changed: films, starred marks or people were read anew.
        reel_changed: the reel on the screen is another, or was edited.
        chosen_changed: another clip is chosen, or none.
        refused: an edit was not possible (carries the error); nothing was changed.
    """

    records_changed = Signal()
    reel_changed = Signal()
    chosen_changed = Signal()
    refused = Signal(object)

    def __init__(self, bench: Bench, films: OpenFilms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench, self.open_films = bench, films
        self.records = Records()
        self.scheme: Scheme = built_in()
        self.chosen: Id | None = None
        self._draft: ReelDraft | None = None
        self._waiting: list[Edit] = []
        self._beginning = False
        self._round = 0

    # What there is

    @property
    def reel(self) -> Reel | None:
        """The reel on the screen; none where none was begun."""
        return self._draft.reel if self._draft else None

    @property
    def clips(self) -> tuple[Clip, ...]:
        """Its clips in order."""
        return self._draft.reel.clips if self._draft else ()

    @property
    def clip(self) -> Clip | None:
        """The chosen clip."""
        return next((clip for clip in self.clips if clip.id == self.chosen), None)

    @property
    def undo_words(self) -> str:
        """What undo would take back; empty where there is nothing."""
        return self._draft.history.undo_words if self._draft else ""

    @property
    def is_settled(self) -> bool:
        """Whether the reel on the screen is the one that is written."""
        return self._draft is None or (not self._draft.is_writing and self._draft.reel == self._draft.kept)

    # Reading

    def load(self) -> None:
        """Read the open family's records; the reel on the screen stays if it is this family's."""
        family, desk = self.bench.workspace.family, self.bench.workspace.desk
        if family is None or desk is None:
            self._clear()
            return
        if self.records.family is not None and self.records.family.id != family.id:
            self._clear()
        self._round += 1
        self.bench.jobs.call(
            lambda: read_records(desk, family),
            owner=self,
            done=partial(self._loaded, self._round),
            failed=self._read_failed,
        )

    def _loaded(self, round_: int, records: Records) -> None:
        if round_ != self._round:
            return
        self.records = records
        self.records_changed.emit()
        if self.is_settled and not self._beginning:
            self._open(self._own_reel(records))

    def _own_reel(self, records: Records) -> Reel | None:
        """The reel that is open, as it was read; else that of the open cycle, else the newest."""
        opened, cycle = self.bench.workspace.reel, self.bench.workspace.cycle
        known = {reel.id: reel for reel in records.reels}
        if opened is not None and opened.id in known:
            return known[opened.id]
        fitting = [reel for reel in records.reels if cycle is None or reel.cycle == cycle.id]
        return fitting[-1] if fitting else None

    def _open(self, reel: Reel | None) -> None:
        if self._draft is not None and reel is not None and self._draft.kept == reel:
            return
        self._draft = ReelDraft(reel) if reel is not None else None
        self.bench.workspace.open_reel(reel)
        self._changed()

    def _clear(self) -> None:
        self._round += 1
        self.records, self._draft, self.chosen = Records(), None, None
        self._waiting, self._beginning = [], False
        self.open_films.forget()
        self.records_changed.emit()
        self._changed()

    def _read_failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.refused.emit(error)

    # Choosing

    def choose(self, clip: Id | None) -> None:
        """Choose a clip."""
        if clip != self.chosen:
            self.chosen = clip
            self.chosen_changed.emit()

    def _changed(self) -> None:
        places = [clip.id for clip in self.clips]
        if self.chosen not in places:
            self.chosen = places[0] if places else None
        self.reel_changed.emit()
        self.chosen_changed.emit()

    # Editing

    def add(self, mark: Mark, at: int | None = None) -> None:
        """Put a starred mark into the reel, last or at a place, and choose its clip."""
        film = self.records.film(mark.film)
        if film is None:
            return
        if mark.span.is_moment:  # its edges are put between frames, which only the open film knows
            self.open_films.want(mark.film, lambda opened: self._add(mark, film, at, opened))
        else:
            self._add(mark, film, at, None)

    def _add(self, mark: Mark, film: Film, at: int | None, opened: OpenFilm | None) -> None:
        clip = new_id()
        index = opened.index if opened is not None else None

        def edit(reel: Reel) -> ReelStep:
            place = None if at is None else min(at, len(reel.clips))
            snap = None if index is None else lambda tick: index.pts(index.number_at(tick))
            step = reel_edits.add_mark(reel, mark, bounds(film), self.scheme, clip, at=place, snap=snap)
            if mark.code is None:
                return step
            words = self.scheme.code(mark.code).caption_for(self.records.baby_name())
            return step.then(reel_edits.set_caption(step.after, clip, self.scheme.language, words))

        if self._edit(edit):
            self.choose(clip)

    def remove(self, clip: Id) -> None:
        """Take a clip out; its mark stays. The next one is chosen."""
        places = [one.id for one in self.clips]
        if clip in places:
            rest = [one for one in places if one != clip]
            following = rest[min(places.index(clip), len(rest) - 1)] if rest else None
            if self._edit(lambda reel: reel_edits.remove(reel, clip)):
                self.choose(following)

    def move(self, clip: Id, to: int) -> None:
        """Give a clip another place, 0 the first; nothing happens beyond the ends."""
        if 0 <= to < len(self.clips):
            self._edit(lambda reel: reel_edits.move(reel, clip, to))

    def trim(self, clip: Id, span: Span, *, edge: str) -> None:
        """Give a clip other edges; steps of one `edge` ("in", "out") that follow each other are undone together."""
        film = self.records.film(next(one.film for one in self.clips if one.id == clip))
        if film is not None:
            self._edit(lambda reel: reel_edits.trim(reel, clip, span, bounds(film)), joined=f"{edge} {clip}")

    def set_caption(self, clip: Id, language: str, text: str) -> None:
        """Write a caption; a blank one goes."""
        self._edit(lambda reel: reel_edits.set_caption(reel, clip, language, text), joined=f"caption {language} {clip}")

    def set_title(self, title: str) -> None:
        """Write the title shown first."""
        self._edit(lambda reel: reel_edits.set_title(reel, title), joined="title")

    def set_answers(self, clip: Id, *, yes: bool) -> None:
        """Say whether a clip serves the helping question."""
        self._edit(lambda reel: reel_edits.set_answers_question(reel, clip, yes=yes))

    def undo(self) -> None:
        """Take the last step back."""
        self._moved(self._draft.undo() if self._draft else "")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._moved(self._draft.redo() if self._draft else "")

    def _moved(self, words: str) -> None:
        if words:
            self._changed()
            self._write()

    def _edit(self, edit: Edit, *, joined: str = "") -> bool:
        if self._draft is None:
            self._waiting.append(edit)
            self._begin_reel()
            return False
        try:
            changed = self._draft.edit(edit, joined=joined)
        except VigtoolError as error:
            self.refused.emit(error)
            return False
        if changed:
            self._changed()
            self._write()
        return changed

    # Writing

    def _begin_reel(self) -> None:
        workspace = self.bench.workspace
        if self._beginning or workspace.family is None:
            return
        self._beginning, desk, family = True, self.bench.desk, workspace.family.id
        cycle = workspace.cycle.id if workspace.cycle else None
        workspace.write_begun()
        self.bench.jobs.call(
            lambda: desk.new_reel(family, cycle, ""),
            owner=self,
            done=partial(self._begun, self._round),
            failed=partial(self._not_begun, self._round),
        )

    def _begun(self, round_: int, reel: Reel) -> None:
        self.bench.workspace.write_done()
        if round_ != self._round and not self._beginning:
            return
        self._beginning, waiting, self._waiting = False, self._waiting, []
        self._open(reel)
        for edit in waiting:
            self._edit(edit)
        if self.clips:
            self.choose(self.clips[-1].id)
        self.bench.workspace.records_changed.emit()

    def _not_begun(self, round_: int, error: BaseException) -> None:
        self.bench.workspace.write_failed(error)
        if round_ == self._round:
            self._beginning, self._waiting = False, []

    def _write(self) -> None:
        draft, desk = self._draft, self.bench.desk
        write = draft.next_write() if draft is not None else None
        if draft is None or write is None:
            return
        self.bench.workspace.write_begun()
        self.bench.jobs.call(
            lambda: desk.change_reel(write.before, write.after),
            owner=self,
            done=lambda _: self._written(draft, write),
            failed=lambda error: self._not_written(draft, error),
        )

    def _written(self, draft: ReelDraft, write: Write) -> None:
        draft.written()
        self.bench.workspace.write_done()
        if draft is self._draft:
            self.bench.workspace.open_reel(write.after)
            self._write()

    def _not_written(self, draft: ReelDraft, error: BaseException) -> None:
        draft.failed()
        self.bench.workspace.write_failed(error)
        if draft is self._draft:
            self._changed()
            self.load()  # where somebody else wrote it first, theirs is shown
