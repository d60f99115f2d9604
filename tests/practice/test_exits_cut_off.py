"""What a stop in the middle of an exit leaves is looked after until it is gone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, ExitState, Intent
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, CannotWrite, InvalidRecord, TargetExists
from vigtool.export.part_file import part_of
from vigtool.practice.exit_places import folder_known_by
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.records import values
from vigtool.practice.stray_copies import still_out
from vigtool.practice.unfinished_exits import say_nothing_left, tidy_exits, unfinished_exits
from vigtool.vault.log_book import each_entry
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


def a_stick(place: Path) -> Path:
    folder = place / "stick"
    folder.mkdir()
    return folder


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
    folder = a_stick(tmp_path)
    begun(vault, film, folder / "out.png")
    with monkeypatch.context() as patch:
        refuse_to(patch, "is_dir", "stick")
        assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_half_written_file_that_cannot_be_removed_now_is_removed_later(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_stick(tmp_path)
    intent = begun(vault, film, folder / "out.png")
    with monkeypatch.context() as patch:
        refuse_to(patch, "unlink", part_of(folder / "out.png", intent.id).name)
        assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_stick_pulled_out_while_it_is_written_to_is_cleaned_up_when_it_is_back(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    folder = a_stick(tmp_path)

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


def whole_but_not_placed(vault: Vault, film: Film, target: Path, monkeypatch: pytest.MonkeyPatch) -> Intent:
    """An exit that stopped dead after its file was whole, and before or while it took its place."""

    class PowerGone(BaseException):
        pass

    def gone(*_: object, **__: object) -> None:
        raise PowerGone

    with monkeypatch.context() as patch:
        patch.setattr("vigtool.export.part_file._take_place", gone)
        patch.setattr("vigtool.export.part_file._take_away", lambda _: None)
        patch.setattr("vigtool.practice.exits._stop", gone)
        with pytest.raises(PowerGone):
            leave(vault, film, target)
    (intent,) = values(vault, Intent)
    assert intent.state is ExitState.BEGUN
    assert intent.sha256 == hashlib.sha256(b"whole").digest()
    return intent


def test_somebody_elses_file_of_that_name_is_not_taken_for_the_copy(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.png"
    whole_but_not_placed(vault, film, target, monkeypatch)
    target.write_bytes(b"WHOLE")  # as long, and something else
    (found,) = tidy_exits(vault)
    assert (found.intent.state, found.entered) == (ExitState.STOPPED, None)
    assert values(vault, Copy) == []
    assert target.read_bytes() == b"WHOLE"
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_a_file_made_by_somebody_after_a_kill_while_writing_is_not_taken_either(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    folder = a_stick(tmp_path)
    begun(vault, film, folder / "out.png")
    (folder / "out.png").write_bytes(b"a recipe")
    assert [found.entered for found in tidy_exits(vault)] == [None]
    assert values(vault, Copy) == []


def test_a_file_that_took_its_place_just_before_the_stop_is_entered_with_all_that_is_known(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.png"
    intent = whole_but_not_placed(vault, film, target, monkeypatch)
    part_of(target, intent.id).rename(target)
    (found,) = tidy_exits(vault)
    assert found.entered is not None
    assert (found.entered.sha256, found.entered.size, found.entered.whole) == (intent.sha256, 5, False)


def test_a_whole_copy_that_is_not_there_any_more_was_taken_along_and_is_entered(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.png"
    intent = whole_but_not_placed(vault, film, target, monkeypatch)
    part_of(target, intent.id).unlink()
    (found,) = tidy_exits(vault)
    assert found.intent.state is ExitState.DONE
    assert values(vault, Copy) == [found.entered]


def test_an_empty_folder_where_a_stick_was_is_not_the_stick(vault: Vault, film: Film, tmp_path: Path) -> None:
    """The folder a stick is mounted on stays when it is pulled: it is empty, and the half file lies on the stick."""
    folder = a_stick(tmp_path)
    intent = begun(vault, film, folder / "out.png")
    folder.rename(tmp_path / "pulled")
    folder.mkdir()
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    folder.rmdir()
    (tmp_path / "pulled").rename(folder)
    assert part_of(folder / "out.png", intent.id).exists()
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_a_stick_pulled_while_it_is_written_to_is_not_settled_by_its_empty_folder(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    folder = a_stick(tmp_path)

    def produce(out: BinaryIO) -> None:
        out.write(b"half")
        folder.rename(tmp_path / "pulled")
        folder.mkdir()
        raise OSError(5, "Input/output error")

    with pytest.raises(CannotWrite):
        leave(vault, film, folder / "out.png", produce)
    assert [intent.state for intent in values(vault, Intent)] == [ExitState.BEGUN]


def test_the_same_folder_is_known_again_and_another_is_not(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "file").write_bytes(b"x")
    assert folder_known_by(one) == folder_known_by(tmp_path / "other" / ".." / "one") != b""
    assert folder_known_by(one) != folder_known_by(other)
    assert folder_known_by(tmp_path / "none") == b""


def lost_stick(vault: Vault, film: Film, tmp_path: Path) -> Intent:
    """An exit whose stick was pulled out while it was written to, and never came back."""
    folder = a_stick(tmp_path)
    intent = begun(vault, film, folder / "out.png")
    folder.rename(tmp_path / "away")
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    return intent


def test_a_lost_stick_is_settled_by_a_persons_word_and_stays_in_the_register(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    intent = lost_stick(vault, film, tmp_path)
    assert unfinished_exits(vault, film.family) == [intent]
    said = say_nothing_left(vault, intent.id, date.today())
    assert said.intent.state is ExitState.DONE
    (copy,) = values(vault, Copy)
    assert copy == said.entered
    assert (copy.whole, copy.target, copy.source, copy.made) == (False, intent.target, film.id, intent.begun)
    (settled,) = values(vault, CopySettled)
    assert (settled.copy, settled.outcome) == (copy.id, CopyOutcome.UNKNOWN)
    assert [out.copy for out in still_out(vault, film.family) if out.copy] == [copy], "nobody has said that it is gone"
    assert unfinished_exits(vault) == []
    assert tidy_exits(vault) == (), "it is not told again"
    assert [entry.act for entry in each_entry(vault)][-1] == "test: given up"
    with pytest.raises(InvalidRecord):
        say_nothing_left(vault, intent.id, date.today())


def test_a_place_that_is_there_after_all_is_put_in_order_instead(vault: Vault, film: Film, tmp_path: Path) -> None:
    intent = lost_stick(vault, film, tmp_path)
    (tmp_path / "away").rename(tmp_path / "stick")
    said = say_nothing_left(vault, intent.id, date.today())
    assert (said.intent.state, said.entered) == (ExitState.STOPPED, None)
    assert not values(vault, Copy)
    assert not values(vault, CopySettled)
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.parametrize("days", [-1, 1])
def test_a_place_is_not_lost_before_it_was_written_to_nor_tomorrow(
    vault: Vault, film: Film, tmp_path: Path, days: int
) -> None:
    intent = lost_stick(vault, film, tmp_path)
    with pytest.raises(InvalidRecord):
        say_nothing_left(vault, intent.id, date.today() + timedelta(days=days))
    assert unfinished_exits(vault) == [intent]
    assert values(vault, Copy) == []
