"""What a stop in the middle of an exit leaves is looked after until it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from vigtool.casework.copy import Copy, CopyKind, ExitState, Intent
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, CannotWrite, TargetExists
from vigtool.export.part_file import part_of
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.records import values
from vigtool.practice.unfinished_exits import tidy_exits
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def leave(vault: Vault, film: Film, target: Path, produce: object = None) -> None:
    leaving = Leaving(act="test", family=film.family, source=film.id, kind=CopyKind.STILL)
    hand_out(
        vault,
        leaving,
        target,
        produce or (lambda out: out.write(b"whole")),  # type: ignore[arg-type]  # any
        allow=lambda: None,
    )


def begun(vault: Vault, film: Film, target: Path) -> Intent:
    """An exit that stopped dead while its file was written."""

    def stop(_: BinaryIO) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        leave(vault, film, target, stop)
    (stored,) = vault.all(Intent)
    intent = replace(stored.value, state=ExitState.BEGUN)
    with vault.transaction("as if the power had gone") as writer:
        writer.change(stored, intent)
    part_of(target, intent.id).write_bytes(b"half")
    return intent


def refuse_to(monkeypatch: pytest.MonkeyPatch, what: str, name: str) -> None:
    """Let one method of every path of that name be refused by the system."""
    real = getattr(Path, what)

    def refusing(self: Path, *arguments: object, **named: object) -> object:
        if self.name == name:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **named)

    monkeypatch.setattr(Path, what, refusing)


def test_a_folder_that_may_not_be_looked_into_does_not_keep_the_vault_from_opening(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    begun(vault, film, folder / "out.png")
    with monkeypatch.context() as patch:
        refuse_to(patch, "is_dir", "stick")
        assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_half_written_file_that_cannot_be_removed_now_is_removed_later(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    intent = begun(vault, film, folder / "out.png")
    with monkeypatch.context() as patch:
        refuse_to(patch, "unlink", part_of(folder / "out.png", intent.id).name)
        assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_stick_pulled_out_while_it_is_written_to_is_cleaned_up_when_it_is_back(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def produce(out: BinaryIO) -> None:
        out.write(b"half")
        out.flush()
        folder.rename(tmp_path / "away")
        raise OSError(5, "Input/output error")

    with pytest.raises(CannotWrite):
        leave(vault, film, folder / "out.png", produce)
    (tmp_path / "away").rename(folder)
    assert list(folder.iterdir()) != []
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_file_that_was_there_before_is_never_taken_for_a_copy(vault: Vault, film: Film, tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    target.write_bytes(b"a recipe")
    with pytest.raises(TargetExists):
        leave(vault, film, target)
    assert values(vault, Intent) == []
    assert tidy_exits(vault) == ()
    assert values(vault, Copy) == []
