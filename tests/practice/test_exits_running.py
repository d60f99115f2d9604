"""A copy that is being made just now is nobody's to give up, or to put in order as one that was cut off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from vigtool.casework.copy import Copy, CopyKind, CopySettled, ExitState, Intent
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, InvalidRecord
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.records import values
from vigtool.practice.unfinished_exits import say_nothing_left, tidy_exits, unfinished_exits
from vigtool.vault.vault import Vault

TODAY = date.today()


def _hand_out(vault: Vault, film: Film, target: Path, produce: object) -> Copy:
    leaving = Leaving(act="test", family=film.family, source=film.id, kind=CopyKind.STILL)
    copy, _ = hand_out(vault, leaving, target, produce, allow=lambda: None)  # type: ignore[arg-type]  # a test's own
    return copy


def test_nobody_gives_up_a_copy_that_is_being_made(vault: Vault, film: Film, tmp_path: Path) -> None:
    seen: list[Intent] = []

    def produce(out: BinaryIO) -> None:
        (intent,) = unfinished_exits(vault)
        seen.append(intent)
        out.write(b"half of it")
        with pytest.raises(InvalidRecord, match="just now"):
            say_nothing_left(vault, intent.id, TODAY)
        assert tidy_exits(vault) == ()
        out.write(b" and the rest")

    copy = _hand_out(vault, film, tmp_path / "out.png", produce)
    assert len(seen) == 1
    assert (tmp_path / "out.png").read_bytes() == b"half of it and the rest"
    assert values(vault, Copy) == [copy]
    assert values(vault, CopySettled) == []
    with pytest.raises(InvalidRecord, match="ended"):
        say_nothing_left(vault, seen[0].id, TODAY)


def test_one_that_was_stopped_is_at_work_no_more(vault: Vault, film: Film, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def produce(out: BinaryIO) -> None:
        out.write(b"half")
        folder.rename(tmp_path / "away")
        raise Cancelled

    with pytest.raises(Cancelled):
        _hand_out(vault, film, folder / "out.png", produce)
    (intent,) = unfinished_exits(vault)
    assert intent.state is ExitState.BEGUN
    assert say_nothing_left(vault, intent.id, TODAY).intent.state is ExitState.DONE
