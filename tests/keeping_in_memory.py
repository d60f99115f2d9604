"""Who can open a family, what lies outside, holds and erasing, of a desk in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from vigtool.casework.copy import Copy, ExitState, Intent
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import HoldStory, LegalHold, stories
from vigtool.casework.member import PERSONS_ROLES, StaffRole
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.errors import CardMismatch, CardUnchecked, FilmsBeyondReach
from vigtool.ids import Id, new_id
from vigtool.ui.desk import Cancelled, Report
from vigtool.ui.desk_keeping import Heard, Sharer
from vigtool.vault.shapes import Finding

T = TypeVar("T")
TODAY = date(2026, 11, 22)
WORDS = ("marsh", "copper", "violin", "lantern", "plum", "otter")
OWN_WORDS = ("spoon", "spoon", "spoon", "spoon", "spoon", "spoon")
CODE = "VIG-CARD:1:" + "0A" * 16 + ":" + "7F" * 32
HANNA = Sharer(user=new_id(), name="Hanna", roles=(StaffRole.PRACTITIONER,), since=date(2026, 9, 24), is_self=True)
RUTH = Sharer(user=new_id(), name="Ruth", roles=(StaffRole.SUPERVISOR, StaffRole.LEAD))


class KeepingInMemory:
    """The part of a desk in memory that answers `ui.desk_keeping`. Without `shares` it belongs to one person alone."""

    records: dict[type, dict[Id, Any]]
    shares: dict[Id, list[Sharer]]
    others: list[Sharer]
    stopped: list[bool]
    certificates_printed: list[Id]
    put_back: list[Erasure]
    told: list[Finding]
    unreadable: frozenset[Id] = frozenset()
    roles: frozenset[StaffRole] = frozenset(PERSONS_ROLES)

    def put(self, record: T) -> T:
        raise NotImplementedError

    def of(self, kind: type[T], family: Id | None) -> list[T]:
        raise NotImplementedError

    def own_roles(self) -> frozenset[StaffRole]:
        return self.roles

    def works_alone(self) -> bool:
        return not self.others and not self.shares

    def shares_of(self, family: Id) -> Sequence[Sharer]:
        return self.shares.get(family, [])

    def may_share_with(self, family: Id) -> Sequence[Sharer]:
        users = {one.user for one in self.shares_of(family)}
        return [one for one in self.others if one.user not in users]

    def hear_card(self, user: Id, said: str) -> Heard:
        heard = tuple(said.lower().split())
        if heard == OWN_WORDS:
            return Heard.OWN
        return Heard.SAME if heard == WORDS or said.strip() == CODE else Heard.OTHER

    def compare_card(self, user: Id, said: str) -> None:
        if self.hear_card(user, said) is not Heard.SAME:
            raise CardMismatch("those are not the words of this card", "compare them once more, word by word")
        self.others = [replace(one, is_checked=True) if one.user == user else one for one in self.others]

    def share_with(self, family: Id, user: Id) -> None:
        who = next(one for one in self.others if one.user == user)
        if not who.is_checked:
            raise CardUnchecked("this colleague's card was not compared yet", "compare its six words first")
        self.shares.setdefault(family, []).append(replace(who, since=TODAY))

    def stop_share(self, family: Id, user: Id, *, deep: bool, report: Report, cancelled: Cancelled) -> None:
        report(1, 2)
        self.stopped.append(deep)
        self.shares[family] = [one for one in self.shares[family] if one.user != user]

    def strays_of(self, family: Id) -> Sequence[StrayCopy]:
        return [stray for stray in self.of(StrayCopy, family) if stray.gone is None]

    def note_stray_copy(self, film: Id, where: StrayPlace, words: str) -> None:
        family = self.records[Film][film].family
        self.put(StrayCopy(id=new_id(), family=family, film=film, where=where, words=words, noted=TODAY))

    def stray_gone(self, stray: Id) -> None:
        self.put(replace(self.records[StrayCopy][stray], gone=TODAY))

    def say_nothing_left(self, intent: Id) -> None:
        known: Intent = self.records[Intent][intent]
        self.put(replace(known, state=ExitState.DONE))
        self.put(
            Copy(
                id=new_id(), family=known.family, kind=known.kind, source=known.source, to_words=known.to_words,
                target=known.target, sha256=b"", size=0, made=known.begun, given_by=HANNA.user, whole=False,
            )
        )  # fmt: skip

    def erase_card(self, film: Id, path: Path, report: Report, cancelled: Cancelled) -> None:
        report(1, 1)
        for stray in self.of(StrayCopy, self.records[Film][film].family):
            if stray.film == film and stray.source:
                self.stray_gone(stray.id)

    def film_kept_until(self, film: Id) -> date | None:
        return None

    def holds_of(self, family: Id) -> Sequence[HoldStory]:
        return stories(self.of(LegalHold, family))

    def close_family(self, family: Id, on: date | None) -> None:
        self.put(replace(self.records[Family][family], closed=on))

    def place_hold(self, family: Id, *, film: Id | None, reason: str) -> None:
        self.put(LegalHold(id=new_id(), family=family, film=film, reason=reason, on=TODAY, by=HANNA.user))

    def lift_hold(self, hold: Id, *, reason: str) -> None:
        before: LegalHold = self.records[LegalHold][hold]
        self.put(replace(before, id=new_id(), reason=reason, lifts=hold))

    def erase_film(
        self, film: Id, *, reason: str, giving_up: Collection[Id] = (), report: Report, cancelled: Cancelled
    ) -> Erasure:
        report(1, 2)
        if self.unreadable - set(giving_up):
            message = "nothing can be read of another film"
            raise FilmsBeyondReach(message, "", tuple(self.unreadable))
        record: Film = self.records[Film].pop(film)
        return _erasure(film, record.family, reason)

    def erase_family(self, family: Id, *, reason: str, report: Report, cancelled: Cancelled) -> Erasure:
        report(1, 2)
        for kind in list(self.records):
            kept = {k: one for k, one in self.records[kind].items() if getattr(one, "family", None) != family}
            self.records[kind] = kept
        self.records[Family].pop(family)
        return _erasure(family, family, reason)

    @property
    def erased_and_back(self) -> Sequence[Erasure]:
        return tuple(self.put_back)

    @property
    def told_at_opening(self) -> Sequence[Finding]:
        return tuple(self.told)

    def erase_again(self, report: Report, cancelled: Cancelled) -> Sequence[Erasure]:
        report(1, 1)
        again = tuple(self.put_back)
        for erasure in self.put_back:
            self.records[Family].pop(erasure.family, None)
        self.put_back.clear()
        return again

    def certificate(self, erasure: Erasure) -> str:
        return f"Certificate of erasure\n\n{erasure.what}\n"

    def note_certificate_print(self, erasure: Erasure) -> None:
        self.certificates_printed.append(erasure.id)


def _erasure(what: Id, family: Id, reason: str) -> Erasure:
    return Erasure(
        id=new_id(), what=what, family=family, reason=reason, on=TODAY, by=HANNA.user, erased=(what,), files=1,
        recoverable_until=date(2027, 2, 20),
    )  # fmt: skip
