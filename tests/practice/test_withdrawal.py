"""Taking consent back: at once, with every copy found, also while one is being made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import gate_case
from gate_case import BEFORE, TODAY, Case, State, standing
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, ExitState, Intent
from vigtool.casework.disclosure import Basis
from vigtool.casework.film import FilmKind
from vigtool.casework.retention import RetentionRule
from vigtool.casework.stray_copy import StrayPlace
from vigtool.casework.withdrawal import WhatToDo, Withdrawal
from vigtool.errors import ConsentMissing, InvalidRecord, UnsafeRecipient
from vigtool.ids import new_id
from vigtool.practice import copies, exits, film_exports
from vigtool.practice.auditing import log_entries
from vigtool.practice.disclosure import disclose_marks
from vigtool.practice.families import close_family
from vigtool.practice.films import poster
from vigtool.practice.letters import letter_of, save_letter
from vigtool.practice.records import values
from vigtool.practice.retention import place_hold, set_rule
from vigtool.practice.safety import set_safety
from vigtool.practice.stray_copies import note_stray, still_out
from vigtool.practice.withdrawal import (
    Withdrawn,
    copy_tasks,
    settle_copy,
    withdraw,
    withdrawals,
)
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("withdrawal"))


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path / "own") as trying:
        yield trying.vault


def take_back(vault: Vault, case: Case, *scopes: Scope, on: date = TODAY, whom: tuple[str, ...] = ()) -> Withdrawn:
    return withdraw(
        vault,
        family=case.family,
        signed_by=case.nadia,
        for_persons=whom or (case.nadia, case.mina),
        scopes=scopes or tuple(Scope),
        on=on,
    )


def still(vault: Vault, case: Case, target: Path) -> Copy:
    return film_exports.take_still(vault, case.film, 3, target, on=TODAY, to=case.nadia)


def marks(vault: Vault, case: Case, target: Path) -> Copy:
    return copies.export_marks(vault, case.film, target, form="csv", to="Dr Lee", purpose="supervision", on=TODAY)


def test_every_copy_is_found_with_what_to_do_about_it(vault: Vault, case: Case, tmp_path: Path) -> None:
    here, away = still(vault, case, tmp_path / "one.png"), marks(vault, case, tmp_path / "two.csv")
    back = still(vault, case, tmp_path / "three.png")
    disclosed = disclose_marks(
        vault, case.film, tmp_path / "four.csv", basis=Basis.COURT, recipient="the court", reason="an order", on=TODAY,
        hold=False,
    )  # fmt: skip
    for copy in (away, back):
        Path(copy.target).unlink()
    settle_copy(vault, back.id, CopyOutcome.GIVEN_BACK, TODAY)
    stray = note_stray(vault, case.film, StrayPlace.PHONE, on=TODAY)
    done = take_back(vault, case)
    assert {task.copy.id: task.what_to_do for task in done.copies} == {
        here.id: WhatToDo.DELETE,
        away.id: WhatToDo.ASK_BACK,
        back.id: WhatToDo.NOTHING,
        disclosed.id: WhatToDo.TELL_RECIPIENT,
    }
    assert stray in done.strays
    assert set(done.withdrawal.copies) == {here.id, away.id, back.id, disclosed.id}
    assert withdrawals(vault, case.family) == [done.withdrawal]
    assert {answer.answer for answer in done.answers} == {Answer.WITHDRAWN}
    settle_copy(vault, away.id, CopyOutcome.STAYS, TODAY, note="they keep it")
    tasks = {task.copy.id: task for task in copy_tasks(vault, done.withdrawal.id)}
    assert (tasks[away.id].what_to_do, tasks[away.id].settled) == (WhatToDo.NOTHING, CopyOutcome.STAYS)


def test_a_copy_of_others_alone_is_not_among_them(vault: Vault, case: Case, tmp_path: Path) -> None:
    copy = still(vault, case, tmp_path / "one.png")
    done = withdraw(
        vault, family=case.family, signed_by=case.tomas, for_persons=(case.tomas,), scopes=[Scope.COPY], on=TODAY
    )
    assert done.copies == ()
    assert copy.persons == (case.nadia, case.mina)


def test_answers_and_withdrawal_are_entered_together_or_not_at_all(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise OSError

    before = len(values(vault, Consent))
    with monkeypatch.context() as patch:
        patch.setattr("vigtool.practice.withdrawal.letter_text", broken)
        with pytest.raises(OSError):  # noqa: PT011 - that very one
            take_back(vault, case)
    assert len(values(vault, Consent)) == before
    assert values(vault, Withdrawal) == []
    take_back(vault, case, Scope.COPY)
    (entry,) = [one for one in log_entries(vault) if one.act == "consent withdraw"]
    assert len(entry.wrote) == 2


def test_a_withdrawal_that_would_stop_nothing_is_refused(vault: Vault, case: Case) -> None:
    with pytest.raises(InvalidRecord, match="later day"):
        take_back(vault, case, Scope.COPY, on=BEFORE - timedelta(days=1))
    with pytest.raises(InvalidRecord, match="still to come"):
        take_back(vault, case, Scope.COPY, on=date.today() + timedelta(days=1))
    with pytest.raises(InvalidRecord, match="not said what"):
        withdraw(vault, family=case.family, signed_by=case.nadia, for_persons=(case.nadia,), scopes=[], on=TODAY)
    with pytest.raises(InvalidRecord):
        take_back(vault, case, Scope.COPY, whom=(case.tomas,))
    assert withdrawals(vault, case.family) == []


@pytest.mark.parametrize("when", ["while it is made", "after it was moved"])
def test_a_withdrawal_during_a_render_stops_its_handover(
    vault: Vault, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def render(*arguments: Any, **_: Any) -> str:
        arguments[2].write(b"a short film")
        if when == "while it is made":
            take_back(vault, case, Scope.COPY)
        return "made"

    real = exits.entry

    def entry(*arguments: Any, **named: Any) -> Copy:
        if when == "after it was moved":
            assert [file.name for file in folder.iterdir()] == ["out.mp4"]
            take_back(vault, case, Scope.COPY)
        return real(*arguments, **named)

    monkeypatch.setattr(copies, "render", render)
    monkeypatch.setattr(exits, "entry", entry)
    with pytest.raises(ConsentMissing):
        copies.make_copy(vault, case.reel, folder / "out.mp4", on=TODAY, to=case.nadia)
    assert list(folder.iterdir()) == []
    assert values(vault, Copy) == []
    assert [intent.state for intent in values(vault, Intent)] == [ExitState.STOPPED]


def test_who_may_no_longer_be_shown_is_named(vault: Vault, case: Case) -> None:
    assert take_back(vault, case, Scope.COPY).shares == ()
    assert [share.user for share in take_back(vault, case, Scope.SUPERVISION).shares] == [case.users["ruth"]]
    both = take_back(vault, case, Scope.FILM).shares
    assert {share.user for share in both} == {case.users["ruth"], case.users["kim"]}


def test_a_supervisor_who_holds_the_key_sees_nothing_any_more_at_once(case: Case, tmp_path: Path) -> None:
    with gate_case.opened(case, tmp_path, "ruth") as trying:
        assert trying.allowed("watch as supervisor")
        assert poster(trying.vault, case.film, 16, 9).shape == (9, 16, 4)
        with standing(trying.vault, case, Scope.SUPERVISION, State.WITHDRAWN):
            assert not trying.allowed("watch as supervisor")
            with pytest.raises(ConsentMissing):
                poster(trying.vault, case.film, 16, 9)


def test_the_letter_says_what_stopped_and_names_nobody(vault: Vault, case: Case, tmp_path: Path) -> None:
    still(vault, case, tmp_path / "one.png")
    marks(vault, case, tmp_path / "two.csv")
    disclose_marks(
        vault, case.film, tmp_path / "four.csv", basis=Basis.SAFEGUARDING, recipient="Social Care",
        reason="a child is in danger", on=TODAY, hold=True,
    )  # fmt: skip
    letter = take_back(vault, case, Scope.COPY, Scope.PHOTOGRAPHS).letter
    told = letter.casefold()
    for word in (
        "nadia",
        "tomas",
        "mina",
        "sam",
        "f-0001",
        "dr lee",
        "social",
        "safeguard",
        "court",
        "danger",
        "legal",
    ):
        assert word not in told, word
    for word in ("vigtool", "guidance", "interaction", "attuned", "service"):
        assert word not in told, word
    assert "22 November 2026" in letter
    assert "No more copies of the films are made." in letter
    assert "a photograph, on" in letter
    assert "for you" in letter
    assert "a table of notes, on" in letter
    assert letter.count("a table of notes") == 1  # the disclosed one is left out
    assert "for supervision" in letter
    assert max(map(len, letter.splitlines())) < 200


def test_the_letter_says_when_films_are_erased_and_is_silent_about_holds(vault: Vault, case: Case) -> None:
    assert "No film has a day" in take_back(vault, case, Scope.COPY).letter
    set_rule(vault, RetentionRule(id=new_id(), kind=FilmKind.INTERACTION, months_after_closing=2))
    close_family(vault, case.family, on=date(2026, 11, 20))
    assert "one film on 20 January 2027" in take_back(vault, case, Scope.TRAINING).letter
    place_hold(vault, case.family, reason="the court", on=TODAY, film=case.film)
    held = take_back(vault, case, Scope.RESEARCH).letter
    assert "2027" not in held
    assert "One film without a day above" in held


def test_the_letter_leaves_as_a_handover_of_its_own(vault: Vault, case: Case, tmp_path: Path) -> None:
    done = take_back(vault, case)
    copy = save_letter(vault, done.withdrawal.id, tmp_path / "letter.txt")
    assert (copy.kind, copy.to, copy.source) == (CopyKind.LETTER, case.nadia, done.withdrawal.id)
    assert Path(copy.target).read_text(encoding="utf-8") == done.letter == letter_of(vault, done.withdrawal.id)
    assert take_back(vault, case, Scope.COPY).copies == ()  # a letter is no copy of a film
    set_safety(vault, case.family, not_to=(case.nadia,))
    with pytest.raises(UnsafeRecipient):
        save_letter(vault, done.withdrawal.id, tmp_path / "again.txt")
    set_safety(vault, case.family, copies_safe=False)
    with pytest.raises(UnsafeRecipient):
        save_letter(vault, done.withdrawal.id, tmp_path / "again.txt")
    save_letter(vault, done.withdrawal.id, tmp_path / "again.txt", safe=True)


def test_a_copy_is_not_gone_while_it_lies_where_it_was_written(vault: Vault, case: Case, tmp_path: Path) -> None:
    copy = still(vault, case, tmp_path / "one.png")
    with pytest.raises(InvalidRecord, match="still where"):
        settle_copy(vault, copy.id, CopyOutcome.DELETED, TODAY)
    settle_copy(vault, copy.id, CopyOutcome.UNKNOWN, TODAY)
    size = Path(copy.target).stat().st_size
    Path(copy.target).write_bytes(bytes(size))  # something else by now
    assert [one.copy for one in still_out(vault, case.family) if one.copy] == [copy]
    settled = settle_copy(vault, copy.id, CopyOutcome.DELETED, TODAY)
    assert settled.entered == 2
    assert [one.copy for one in still_out(vault, case.family) if one.copy] == []


def test_a_handover_that_was_cut_off_is_told(vault: Vault, case: Case, tmp_path: Path) -> None:
    intent = Intent(
        id=new_id(),
        family=case.family,
        act="film frame",
        source=case.film,
        kind=CopyKind.STILL,
        target=str(tmp_path / "a stick that is away" / "one.png"),
        begun=datetime(2026, 11, 22, tzinfo=UTC),
    )
    with vault.transaction("as if the power had gone") as writer:
        writer.add(intent)
    assert take_back(vault, case, Scope.COPY).unfinished == (intent,)
