"""The reel on the screen and the reel that is written, without a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from vigtool.annotate import reel_edits
from vigtool.annotate.reel import Clip, Reel
from vigtool.ids import new_id
from vigtool.timebase import Span
from vigtool.ui.reel.captions import fits, is_right_to_left, language_name, seconds_to_read
from vigtool.ui.reel.reel_draft import ReelDraft, Write


def reel(clips: int = 3) -> Reel:
    made = tuple(Clip(id=new_id(), mark=None, film=new_id(), span=Span(0, 10)) for _ in range(clips))
    return Reel(id=new_id(), family=new_id(), author=new_id(), clips=made)


ACTS = st.lists(
    st.sampled_from(["title", "typed", "move", "remove", "undo", "redo", "write", "done", "fail"]), max_size=40
)


class Vault:
    """Carries out writes, one after the other, as a test says."""

    def __init__(self, draft: ReelDraft) -> None:
        self.draft, self.stored = draft, draft.reel
        self.under_way: Write | None = None

    def begin(self) -> None:
        if self.under_way is None:
            self.under_way = self.draft.next_write()
            assert self.draft.next_write() is None, "one at a time"
            assert self.under_way is None or self.under_way.before == self.stored

    def end(self, *, well: bool) -> None:
        write, self.under_way = self.under_way, None
        if write is None:
            return
        if well:
            self.stored = write.after
            self.draft.written()
            assert self.draft.kept == self.stored
        else:
            self.draft.failed()
            assert self.draft.reel == self.draft.kept == self.stored


@given(ACTS)
def test_what_is_written_always_follows_what_was_written(acts: list[str]) -> None:
    """Writes form one chain; after a failure the screen is what is kept; undo leads back to where it began."""
    draft = ReelDraft(first := reel())
    vault, count = Vault(draft), iter(range(100))
    do: dict[str, Callable[[], object]] = {
        "title": lambda: draft.edit(partial(reel_edits.set_title, title=str(next(count)))),
        "typed": lambda: draft.edit(partial(reel_edits.set_title, title=str(next(count))), joined="title"),
        "move": lambda: draft.edit(lambda shown: reel_edits.move(shown, shown.clips[0].id, len(shown.clips) - 1)),
        "remove": lambda: draft.edit(lambda shown: reel_edits.remove(shown, shown.clips[0].id)),
        "undo": draft.undo,
        "redo": draft.redo,
        "write": vault.begin,
        "done": lambda: vault.end(well=True),
        "fail": lambda: vault.end(well=False),
    }
    for act in acts:
        if draft.reel.clips or act not in ("move", "remove"):
            do[act]()
    while draft.undo():
        pass
    assert draft.reel == first


def test_letters_of_one_caption_are_one_step() -> None:
    draft = ReelDraft(first := reel())
    clip = first.clips[0].id
    for text in ("Y", "Yo", "You"):
        draft.edit(lambda shown, text=text: reel_edits.set_caption(shown, clip, "en", text), joined="caption en")  # type: ignore[misc]  # bound at once
    draft.edit(lambda shown: reel_edits.set_title(shown, "T"))
    assert draft.undo() == "write the title"
    assert draft.undo()
    assert draft.reel == first


def test_languages() -> None:
    assert language_name("ar") == "العربية"
    assert language_name("pt-BR") == "Português"
    assert language_name("qaa") == "qaa"
    assert [tag for tag in ("ar", "he", "ur", "fa", "en", "pl", "ar-EG") if is_right_to_left(tag)] == [
        "ar", "he", "ur", "fa", "ar-EG",
    ]  # fmt: skip


def test_reading_takes_its_time() -> None:
    assert seconds_to_read("") == seconds_to_read("  ") == 0
    assert seconds_to_read("You copied her sound. She had an answer.") == 3
    from fractions import Fraction

    assert fits("a" * 15, Fraction(1))
    assert not fits("a" * 16, Fraction(1))
