"""One film's page: where it came from, who saw it under which consent, what is out, how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import makers
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.consent import Act, Answer, Scope, Why
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.casework.retention import Lacking, RetentionRule
from vigtool.casework.stray_copy import StrayPlace
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import Cancelled, NoSuchRecord
from vigtool.ids import new_id
from vigtool.practice.consents import give_consent, parents_sign
from vigtool.practice.families import NewFamily, PersonWords, add_family
from vigtool.practice.film_history import film_history, note_played
from vigtool.practice.films import FilmWords, bring_in, open_film, poster
from vigtool.practice.retention import place_hold, set_rule
from vigtool.practice.stray_copies import note_stray, say_gone
from vigtool.timebase import Span
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
FIRST = date(2026, 3, 2)


class Clock:
    """The time, moved on by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Iterator[Vault]:
    with Vault.create(tmp_path / "vault", WORDS, name="Hanna", cost=LEAST_COST, clock=clock) as made:
        yield made


@pytest.fixture
def agreed(vault: Vault) -> NewFamily:
    people = [PersonWords(name="Nadia", role=Role.PARENT), PersonWords(name="Mina", role=Role.BABY, born=FIRST)]
    made = add_family(vault, name="Nadia and Mina", people=people, on=FIRST)
    parents_sign(vault, made.family.id, [Scope.FILM, Scope.THERAPY], on=FIRST)
    return made


@pytest.fixture(scope="session")
def short_film() -> bytes:
    return makers.make(makers.Film(frames=12, gop=6))


@pytest.fixture
def film(vault: Vault, agreed: NewFamily, tmp_path: Path, short_film: bytes) -> Film:
    path = tmp_path / "IMG_0001.mp4"
    path.write_bytes(short_film)
    return bring_in(vault, path, agreed.family.id, FilmWords(title="kitchen"))


def test_who_saw_it_on_which_day_and_what_had_been_said_by_then(
    vault: Vault, agreed: NewFamily, film: Film, clock: Clock
) -> None:
    poster(vault, film.id, 16, 9)
    open_film(vault, film.id)
    open_film(vault, film.id)
    note_played(vault, film.id)
    clock.now += timedelta(days=10)
    nadia, mina = agreed.persons
    give_consent(
        vault,
        SignedForm(
            family=film.family,
            signed_by=nadia.id,
            for_persons=(nadia.id, mina.id),
            answers={Scope.THERAPY: Answer.WITHDRAWN},
            on=date(2026, 3, 8),
        ),
    )
    open_film(vault, film.id)
    later, first = film_history(vault, film.id).seen
    assert (first.user, first.name) == (vault.user_id, "Hanna")
    assert (first.act, first.times, first.at.date()) == ("film play", 2, FIRST)
    assert (first.asked, first.consent.reasons) == (Act.WATCH, ())
    assert (later.act, later.times, later.at.date()) == ("film open", 1, date(2026, 3, 12))
    assert {reason.why for reason in later.consent.reasons} == {Why.WITHDRAWN}


def test_a_film_nobody_opened_was_seen_by_nobody(vault: Vault, film: Film) -> None:
    history = film_history(vault, film.id)
    assert history.seen == ()
    assert history.copies == ()
    assert history.erase_on is None
    assert history.term.lacking == (Lacking.RULE,)
    assert history.held is None


def test_copies_of_it_and_of_reels_that_ever_showed_it(vault: Vault, film: Film) -> None:
    clip = Clip(id=new_id(), mark=None, film=film.id, span=Span(film.start, film.end))
    shows, no_more, never = (
        Reel(id=new_id(), family=film.family, author=vault.user_id, clips=clips) for clips in ((clip,), (clip,), ())
    )
    with vault.transaction("reels") as writer:
        for reel in (shows, no_more, never):
            writer.add(reel)
    with vault.transaction("reel change") as writer:
        writer.change(vault.get(Reel, no_more.id), Reel(id=no_more.id, family=film.family, author=vault.user_id))
    for number, source in enumerate((film.id, shows.id, no_more.id, never.id)):
        copy = Copy(
            id=new_id(), family=film.family, kind=CopyKind.REEL, source=source, target="green.mp4", sha256=b"", size=1,
            made=datetime(2026, 4, 1 + number, tzinfo=UTC), given_by=vault.user_id,
        )  # fmt: skip
        with vault.transaction("reel render", [film.family, source]) as writer:
            writer.add(copy)
    assert [now.copy.source for now in film_history(vault, film.id).copies] == [no_more.id, shows.id, film.id]


def test_strays_rules_and_holds(vault: Vault, agreed: NewFamily, film: Film) -> None:
    stray = note_stray(vault, film.id, StrayPlace.PHONE, "her phone", on=FIRST)
    note_stray(vault, film.id, StrayPlace.CLOUD, on=FIRST)
    say_gone(vault, stray.id, on=date(2026, 3, 5))
    set_rule(vault, RetentionRule(id=new_id(), kind=None, until_age=25))
    hold = place_hold(vault, film.family, reason="asked for by a court", on=FIRST)
    history = film_history(vault, film.id)
    gone = {each.where: each.gone for each in history.strays if not each.source}
    assert gone == {StrayPlace.PHONE: date(2026, 3, 5), StrayPlace.CLOUD: None}
    assert history.erase_on == date(2051, 3, 2)
    assert history.held == hold


def test_a_long_look_is_told_and_can_be_stopped(vault: Vault, film: Film) -> None:
    told: list[tuple[int, int]] = []
    film_history(vault, film.id, report=lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)
    with pytest.raises(Cancelled):
        film_history(vault, film.id, cancelled=lambda: True)
    with pytest.raises(NoSuchRecord):
        film_history(vault, new_id())
