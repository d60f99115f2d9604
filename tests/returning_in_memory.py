"""Coming back in memory: what `ui.desk_returning` asks for."""

from __future__ import annotations

from collections.abc import Sequence

from vigtool.casework.draft import Draft
from vigtool.practice.returning import Place, Typing
from vigtool.ui.desk_returning import Back


class ReturningInMemory:
    """Where one was, and what was half typed."""

    kept_place: Place | None = None
    kept_typing: Sequence[Typing] = ()
    back: Back | None = None
    forgotten: Sequence[Draft] = ()

    def keep_place(self, place: Place, typed: Sequence[Typing]) -> None:
        self.kept_place, self.kept_typing = place, typed

    def take_place(self) -> Back | None:
        back, self.back = self.back, None
        return back

    def forget_drafts(self, seen: Sequence[Draft]) -> None:
        self.forgotten = seen
