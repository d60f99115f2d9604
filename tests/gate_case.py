"""The table of what may be done with a film: acts x scopes x how the people in it stand, and one vault to try it on.

`NEEDS` is written down here by hand, from what people are told when they sign; the program has its own table. In each
cell everybody has agreed to everything, but for one scope in one state, and one act is tried by the very function that
the window and the command line call.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any

import makers
from vigtool.annotate import reel_edits
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Reel
from vigtool.annotate.scheme_file import built_in
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import Copy
from vigtool.casework.disclosure import Basis
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import ConsentMissing
from vigtool.ids import Id, new_id
from vigtool.practice import colleagues, copies, disclosure, film_exports, films, sharing
from vigtool.practice.consents import give_consent
from vigtool.practice.families import PersonWords, add_family
from vigtool.practice.films import FilmWords
from vigtool.practice.marking import begin_layer, keep_marks
from vigtool.practice.records import value, values
from vigtool.practice.reels import bounds, change_reel, new_reel
from vigtool.practice.withdrawal import withdraw
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)
BEFORE = TODAY - timedelta(days=30)
SIGNED = TODAY - timedelta(days=2)
WORDS = {
    "sam": "six words that Sam would say here",
    "ruth": "six words that Ruth would say",
    "kim": "words of Kim's own",
}


class State(Enum):
    """How those in the film stand to one scope."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISAGREEING = "disagreeing"
    EXPIRED = "expired"
    NEVER_ASKED = "never asked"
    OTHER_RECIPIENT = "other recipient"


FILM = Scope.FILM
PURPOSES = {scope.value: scope for scope in list(Scope)[1:6]}

NEEDS: dict[str, set[Scope]] = {
    "bring in": set(),
    "watch": set(),
    "share with supervisor": {FILM, Scope.SUPERVISION},
    "share with peer": {FILM, Scope.INTERVISION},
    "watch as supervisor": {FILM, Scope.SUPERVISION},
    "watch as peer": {FILM, Scope.INTERVISION},
    "parent's copy": {FILM, Scope.COPY},
    "still": {FILM, Scope.PHOTOGRAPHS},
    "film for a parent": {FILM, Scope.COPY},
    "marks for a parent": {FILM, Scope.COPY, Scope.THERAPY},
    **{f"film for {purpose}": {FILM, scope} for purpose, scope in PURPOSES.items()},
    **{f"marks for {purpose}": {FILM, scope} for purpose, scope in PURPOSES.items()},
    "disclosure of a film": set(),
    "disclosure of marks": set(),
}
"""What must stand for each act."""

NAMES_RECIPIENTS = {Scope.COPY, Scope.PHOTOGRAPHS}
BY_SOMEBODY_ELSE = {"watch as supervisor": "ruth", "watch as peer": "kim"}
SCOPES, STATES, ACTS = tuple(Scope), tuple(State), tuple(NEEDS)


def expected(act: str, scope: Scope, state: State) -> bool:
    """Whether the act may be done."""
    if scope not in NEEDS[act] or state is State.GIVEN:
        return True
    return state is State.OTHER_RECIPIENT and scope not in NAMES_RECIPIENTS


@dataclass(frozen=True, slots=True)
class Case:
    """What is in the vault: a mother, a father and their baby in one film, who agreed to everything."""

    folder: Path
    source: Path
    family: Id
    nadia: Id
    tomas: Id
    mina: Id
    film: Id
    reel: Id
    users: dict[str, Id]
    looked_at: tuple[Any, Any]
    unasked: dict[Scope, Id] = field(default_factory=dict)


def build(folder: Path) -> Case:
    """Make it, closed."""
    source = folder / "IMG_0001.mp4"
    source.write_bytes(makers.make(makers.Film(frames=12, gop=6)))
    with Vault.create(folder / "vault", WORDS["sam"], name="Sam", cost=LEAST_COST) as vault:
        users = {"sam": vault.user_id}
        for name, role in (("ruth", StaffRole.SUPERVISOR), ("kim", StaffRole.PRACTITIONER)):
            users[name] = colleagues.add_colleague(
                vault, name=name.title(), roles=[role], passphrase=WORDS[name], on=BEFORE, cost=LEAST_COST
            ).user
        people = [
            PersonWords(name="Nadia", role=Role.PARENT),
            PersonWords(name="Tomas", role=Role.PARENT),
            PersonWords(name="Mina", role=Role.BABY),
            *(PersonWords(name=f"Aunt {scope.value}", role=Role.OTHER) for scope in Scope),
        ]
        made = add_family(vault, name="The family", people=people, on=BEFORE)
        nadia, tomas, mina, *aunts = (person.id for person in made.persons)
        words = FilmWords(persons=(nadia, mina))
        film = films.bring_in(vault, source, made.family.id, words)
        seen = films.film_within(vault, film.id)
        case = Case(
            folder / "vault", source, made.family.id, nadia, tomas, mina, film.id, _reel(vault, film), users,
            (seen.facts, seen.index),
            dict(zip(Scope, aunts, strict=True)),
        )  # fmt: skip
        for scope, aunt in case.unasked.items():
            _signs(vault, case, aunt, (aunt,), {one: Answer.YES for one in Scope if one is not scope}, BEFORE)
        for scope in Scope:
            restore(vault, case, scope, on=BEFORE)
        for name in ("ruth", "kim"):
            sharing.share_family(vault, case.family, users[name], on=BEFORE)
    return case


def _reel(vault: Vault, film: Film) -> Id:
    layer = begin_layer(vault, film.id)
    span = films.film_within(vault, film.id).index.span(2, 8)
    mark = Mark(id=new_id(), layer=layer.id, film=film.id, span=span, lane=Lane.BABY, code="b.voice", star=True)
    keep_marks(vault, film.id, [], [mark])
    began: Reel = new_reel(vault, family=film.family)
    change_reel(vault, began, reel_edits.add_mark(began, mark, bounds(film), built_in(), new_id()).after)
    return began.id


def _signs(
    vault: Vault,
    case: Case,
    signer: Id,
    whom: tuple[Id, ...],
    answers: dict[Scope, Answer],
    on: date = SIGNED,
    *,
    to: Id | None = None,
    review: date | None = None,
) -> None:
    give_consent(
        vault,
        SignedForm(
            family=case.family,
            signed_by=signer,
            for_persons=whom,
            answers=answers,
            on=on,
            recipients=(to or case.nadia,),
            review=review,
        ),
    )


def restore(vault: Vault, case: Case, scope: Scope, *, on: date = SIGNED) -> None:
    """Both parents agree to a scope, copies and photographs for the mother."""
    _signs(vault, case, case.nadia, (case.nadia, case.mina), {scope: Answer.YES}, on)
    _signs(vault, case, case.tomas, (case.tomas, case.mina), {scope: Answer.YES}, on)


@contextmanager
def standing(vault: Vault, case: Case, scope: Scope, state: State) -> Iterator[None]:
    """Bring a scope into a state, and back."""
    before = value(vault, Film, case.film)
    if state is State.NEVER_ASKED:
        _put(vault, replace(before, persons=(*before.persons, case.unasked[scope])))
    elif state is State.WITHDRAWN:
        both = (case.nadia, case.mina)
        withdraw(vault, family=case.family, signed_by=case.nadia, for_persons=both, scopes=[scope], on=SIGNED)
    elif state is State.DISAGREEING:
        _signs(vault, case, case.tomas, (case.mina,), {scope: Answer.NO})
    elif state is not State.GIVEN:
        answer = Answer.NO if state is State.REFUSED else Answer.YES
        review = SIGNED + timedelta(days=1) if state is State.EXPIRED else None
        to = case.tomas if state is State.OTHER_RECIPIENT else None
        for parent in (case.nadia, case.tomas):
            _signs(vault, case, parent, (parent, case.mina), {scope: answer}, to=to, review=review)
    yield
    if state is State.NEVER_ASKED:
        _put(vault, before)
    elif state is not State.GIVEN:
        restore(vault, case, scope)


def _put(vault: Vault, film: Film) -> None:
    with vault.transaction("film change") as writer:
        writer.change(vault.get(Film, film.id), film)


class Trying:
    """Tries acts in one open vault; what they write goes into a folder of its own."""

    def __init__(self, vault: Vault, case: Case, out: Path) -> None:
        self.vault, self.case, self.out = vault, case, out
        self._numbers = count()
        out.mkdir(parents=True, exist_ok=True)

    def allowed(self, act: str) -> bool:
        """Whether the act was done; where it was refused, nothing is left of it."""
        target = self.out / f"{next(self._numbers)}"
        before = self._made()
        try:
            self._act(act, target)
        except ConsentMissing as refused:
            left = self._made()
            if not refused.reasons or left != before:
                message = f"a refusal without a reason, or something was left of it: {act}"
                raise AssertionError(message) from refused
            return False
        return True

    def _made(self) -> tuple[int, int]:
        """How many copies the register has, and how many files there are."""
        return len(values(self.vault, Copy)), len(list(self.out.iterdir()))

    def _act(self, act: str, target: Path) -> object:
        vault, case = self.vault, self.case
        to_whom, _, purpose = act.partition(" for ")
        plain: dict[str, Callable[[], object]] = {
            "bring in": lambda: films.bring_in(vault, case.source, case.family, FilmWords(persons=(case.nadia,))),
            "watch": lambda: films.open_film(vault, case.film),
            "watch as supervisor": lambda: films.open_film(vault, case.film),
            "watch as peer": lambda: films.open_film(vault, case.film),
            "share with supervisor": lambda: sharing.share_family(vault, case.family, case.users["ruth"], on=TODAY),
            "share with peer": lambda: sharing.share_family(vault, case.family, case.users["kim"], on=TODAY),
            "parent's copy": lambda: copies.make_copy(vault, case.reel, target, on=TODAY, to=case.nadia),
            "still": lambda: film_exports.take_still(vault, case.film, 3, target, on=TODAY, to=case.nadia),
            "film for a parent": lambda: film_exports.export_film(vault, case.film, target, to=case.nadia, on=TODAY),
            "marks for a parent": lambda: _marks(vault, case, target, "Nadia", "therapy"),
            "disclosure of a film": lambda: disclosure.disclose_film(vault, case.film, target, **_GROUND),
            "disclosure of marks": lambda: disclosure.disclose_marks(vault, case.film, target, **_GROUND),
        }
        if act in plain:
            return plain[act]()
        if to_whom == "marks":
            return _marks(vault, case, target, "Dr Lee", purpose)
        return film_exports.export_film(vault, case.film, target, to_words="Dr Lee", purpose=purpose, on=TODAY)


_GROUND: dict[str, Any] = {
    "basis": Basis.COURT, "recipient": "the court", "reason": "it ordered it", "on": TODAY, "hold": False,
}  # fmt: skip


def _marks(vault: Vault, case: Case, target: Path, to: str, purpose: str) -> object:
    return copies.export_marks(vault, case.film, target, form="csv", to=to, purpose=purpose, on=TODAY)


@contextmanager
def opened(case: Case, folder: Path, who: str = "sam") -> Iterator[Trying]:
    """A copy of the vault, opened by one of its users."""
    shutil.copytree(case.folder, folder / "vault", copy_function=shutil.copy2)
    with Vault.open(folder / "vault", WORDS[who], case.users[who]) as vault:
        yield Trying(vault, case, folder / "out")


def wrong_cells(trying: Trying, acts: Iterable[str], scope: Scope) -> list[tuple[str, State]]:
    """The cells of one scope in which something else happened than the table says."""
    found = []
    for state in STATES:
        with standing(trying.vault, trying.case, scope, state):
            found += [(act, state) for act in acts if trying.allowed(act) is not expected(act, scope, state)]
    return found
