from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from vigtool.annotate import reel_edits
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Reel
from vigtool.annotate.scheme_file import built_in
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import Copy, CopyKind, ExitState, Intent
from vigtool.casework.family import Role
from vigtool.casework.film import Film, FilmKind
from vigtool.errors import Cancelled, CannotWrite, ConsentMissing, InvalidRecord, TargetExists, UsageError
from vigtool.export.part_file import part_of
from vigtool.ids import new_id
from vigtool.practice import exits
from vigtool.practice.consents import give_consent, parents_sign
from vigtool.practice.copies import export_marks, make_copy, mark_rows, may_copy
from vigtool.practice.exits import Leaving, copies_of, hand_out
from vigtool.practice.families import NewFamily, PersonWords, add_person
from vigtool.practice.films import FilmWords, bring_in, open_film
from vigtool.practice.marking import begin_layer, keep_marks
from vigtool.practice.records import values
from vigtool.practice.reels import bounds, change_reel, new_reel
from vigtool.practice.unfinished_exits import tidy_exits
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def mark_frames(vault: Vault, film: Film, first: int, last: int) -> Mark:
    layer = begin_layer(vault, film.id)
    span = open_film(vault, film.id).index.span(first, last)
    mark = Mark(id=new_id(), layer=layer.id, film=film.id, span=span, lane=Lane.BABY, code="b.voice", star=True)
    keep_marks(vault, film.id, [], [mark])
    return mark


@pytest.fixture
def reel(vault: Vault, film: Film) -> Reel:
    began = new_reel(vault, family=film.family)
    after = reel_edits.add_mark(began, mark_frames(vault, film, 31, 45), bounds(film), built_in(), new_id()).after
    change_reel(vault, began, after)
    return after


def test_a_copy_is_refused_with_a_reason_for_each_who_has_not_agreed(
    vault: Vault, family: NewFamily, reel: Reel, tmp_path: Path
) -> None:
    with pytest.raises(ConsentMissing) as refused:
        make_copy(vault, reel.id, tmp_path / "out.mp4", on=TODAY)
    assert len(refused.value.reasons) == 4  # each of the two: being filmed, and a copy
    assert not (tmp_path / "out.mp4").exists()
    assert values(vault, Copy) == []
    assert values(vault, Intent) == []


def test_a_copy_is_entered_in_the_register_with_its_fingerprint(
    vault: Vault, agreed: NewFamily, reel: Reel, tmp_path: Path
) -> None:
    target = tmp_path / "moments.mp4"
    nadia = agreed.persons[0]
    receipt = make_copy(vault, reel.id, target, on=TODAY, to=nadia.id)
    (entry,) = copies_of(vault, agreed.family.id)
    assert entry == receipt.copy
    assert (entry.kind, entry.to, entry.source, entry.target) == (CopyKind.REEL, nadia.id, reel.id, str(target))
    assert entry.sha256 == hashlib.sha256(target.read_bytes()).digest()
    assert entry.size == target.stat().st_size
    assert set(entry.persons) == {person.id for person in agreed.persons}
    assert receipt.number == 1
    (intent,) = values(vault, Intent)
    assert intent.state is ExitState.DONE
    (clip,) = receipt.rendered.clips
    assert (clip.start_frame, clip.end_frame) == (31, 46)


def test_the_other_parent_is_a_new_consent(vault: Vault, agreed: NewFamily, reel: Reel) -> None:
    father = add_person(vault, agreed.family.id, PersonWords(name="Tomas", role=Role.PARENT))
    assert may_copy(vault, reel.id, on=TODAY, to=agreed.persons[0].id).allowed
    assert not may_copy(vault, reel.id, on=TODAY, to=father.id).allowed


def test_withdrawing_stops_the_next_copy(vault: Vault, agreed: NewFamily, reel: Reel, tmp_path: Path) -> None:
    nadia, mina = agreed.persons
    give_consent(
        vault,
        SignedForm(
            family=agreed.family.id,
            signed_by=nadia.id,
            for_persons=(nadia.id, mina.id),
            answers={Scope.COPY: Answer.WITHDRAWN},
            on=TODAY,
        ),
    )
    with pytest.raises(ConsentMissing):
        make_copy(vault, reel.id, tmp_path / "out.mp4", on=TODAY)


def test_a_stranger_in_the_film_keeps_it_in(vault: Vault, agreed: NewFamily, film_file: Path, tmp_path: Path) -> None:
    film = bring_in(vault, film_file, agreed.family.id, FilmWords(someone_else=True))
    began = new_reel(vault, family=film.family)
    after = reel_edits.add_mark(began, mark_frames(vault, film, 0, 5), bounds(film), built_in(), new_id()).after
    change_reel(vault, began, after)
    with pytest.raises(ConsentMissing):
        make_copy(vault, began.id, tmp_path / "out.mp4", on=TODAY)


def test_a_shared_review_never_goes_into_a_reel(vault: Vault, agreed: NewFamily, film_file: Path) -> None:
    film = bring_in(vault, film_file, agreed.family.id, FilmWords(kind=FilmKind.SHARED_REVIEW))
    mark = mark_frames(vault, film, 0, 5)
    began = new_reel(vault, family=film.family)
    with pytest.raises(InvalidRecord):
        reel_edits.add_mark(began, mark, bounds(film), built_in(), new_id())
    pretending = replace(bounds(film), for_parents=True)
    after = reel_edits.add_mark(began, mark, pretending, built_in(), new_id()).after
    with pytest.raises(InvalidRecord):
        change_reel(vault, began, after)


def test_an_empty_reel_makes_no_copy(vault: Vault, agreed: NewFamily, tmp_path: Path) -> None:
    began = new_reel(vault, family=agreed.family.id)
    with pytest.raises(InvalidRecord):
        make_copy(vault, began.id, tmp_path / "out.mp4", on=TODAY)


@pytest.mark.parametrize("name", ["Nadia.mp4", "F-0001.mp4", "vigtool.mp4", "our VIG film.mp4"])
def test_a_name_that_tells_is_refused(vault: Vault, agreed: NewFamily, reel: Reel, tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite):
        make_copy(vault, reel.id, tmp_path / name, on=TODAY)
    assert values(vault, Copy) == []


def test_what_is_there_already_is_left_as_it_is(vault: Vault, agreed: NewFamily, reel: Reel, tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    target.write_bytes(b"mine")
    with pytest.raises(TargetExists):
        make_copy(vault, reel.id, target, on=TODAY)
    assert target.read_bytes() == b"mine"
    assert values(vault, Intent) == []


def test_stopping_a_render_leaves_nothing(vault: Vault, agreed: NewFamily, reel: Reel, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(Cancelled):
        make_copy(vault, reel.id, folder / "out.mp4", on=TODAY, cancelled=lambda: True)
    assert list(folder.iterdir()) == []
    assert values(vault, Copy) == []


def interrupted(vault: Vault, film: Film, target: Path, monkeypatch: pytest.MonkeyPatch, *, at: str) -> None:
    """Do an exit and stop dead in it: nothing after the stop is run, as if the power had gone."""

    class PowerGone(BaseException):
        pass

    def gone(*_: object, **__: object) -> None:
        raise PowerGone

    def half_written(path: Path, _produce: object, token: str, **_: object) -> None:
        part_of(path, token).write_bytes(b"half")
        raise PowerGone

    with monkeypatch.context() as patch:
        if at == "writing":
            patch.setattr(exits, "write_out", half_written)
        else:
            patch.setattr(exits, "entry", gone)
        patch.setattr(exits, "_stop", gone)  # the clean-up of a failure does not run either
        leaving = Leaving(act="test", family=film.family, source=film.id, kind=CopyKind.STILL, persons=film.persons)
        with pytest.raises(PowerGone):
            hand_out(vault, leaving, target, lambda out: out.write(b"whole"), allow=lambda: None)


def test_an_exit_cut_off_while_writing_is_cleaned_up(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    interrupted(vault, film, folder / "out.png", monkeypatch, at="writing")
    assert list(folder.iterdir()) != []
    (found,) = tidy_exits(vault)
    assert found.entered is None
    assert list(folder.iterdir()) == []
    assert tidy_exits(vault) == ()


def test_a_whole_copy_that_was_not_entered_yet_is_entered_later(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.png"
    interrupted(vault, film, target, monkeypatch, at="entering")
    (found,) = tidy_exits(vault)
    assert found.entered is not None
    assert found.entered.sha256 == hashlib.sha256(b"whole").digest()
    assert not found.entered.whole
    assert found.entered.persons == film.persons
    assert target.read_bytes() == b"whole"
    assert values(vault, Copy) == [found.entered]


def test_an_exit_to_a_stick_that_is_away_is_looked_at_again_later(
    vault: Vault, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    interrupted(vault, film, folder / "out.png", monkeypatch, at="writing")
    folder.rename(tmp_path / "away")
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.BEGUN]
    (tmp_path / "away").rename(folder)
    assert [found.intent.state for found in tidy_exits(vault)] == [ExitState.STOPPED]
    assert list(folder.iterdir()) == []


def test_marks_leave_as_tables_for_a_purpose_that_was_agreed_to(
    vault: Vault, family: NewFamily, film: Film, tmp_path: Path
) -> None:
    mark = mark_frames(vault, film, 31, 45)
    target = tmp_path / "marks.json"
    with pytest.raises(ConsentMissing):
        export_marks(vault, film.id, target, form="json", to="Dr Ruth", purpose="supervision", on=TODAY)
    parents_sign(vault, family.family.id, [Scope.FILM, Scope.SUPERVISION], on=TODAY)
    copy = export_marks(vault, film.id, target, form="json", to="Dr Ruth", purpose="supervision", on=TODAY)
    assert (copy.to_words, copy.purpose, copy.kind) == ("Dr Ruth", "supervision", CopyKind.MARKS)
    (row,) = json.loads(target.read_text(encoding="utf-8-sig"))
    assert (row["mark"], row["start_frame"], row["end_frame"], row["lane"]) == (mark.id, 31, 46, "baby")
    assert (row["start"], row["end"]) == (mark.span.start, mark.span.end)


@pytest.mark.parametrize(("form", "purpose"), [("xlsx", "supervision"), ("csv", "curiosity")])
def test_unknown_forms_and_purposes_are_refused(
    vault: Vault, film: Film, tmp_path: Path, form: str, purpose: str
) -> None:
    with pytest.raises(UsageError):
        export_marks(vault, film.id, tmp_path / "x", form=form, to="x", purpose=purpose, on=TODAY)


def test_rows_are_in_the_order_of_time(vault: Vault, film: Film) -> None:
    for first in (60, 10, 30):
        mark_frames(vault, film, first, first + 3)
    assert [row.start_frame for row in mark_rows(vault, film.id)] == [10, 30, 60]
