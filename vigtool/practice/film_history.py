"""One film's whole story, for one page.

Where it came from, who saw it and what people had agreed to on that day, which copies of it exist, who can open it now,
when it will be erased.

Who saw it is read from the audit log, and what was agreed to from the consents as they were signed. Nothing of it is
kept twice: the page is worked out anew whenever somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Act, Consent, Decision, decide
from vigtool.casework.consent_answers import as_of
from vigtool.casework.copy import Copy, CopyOutcome, CopySettled
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.origin import Origin
from vigtool.casework.retention import Term
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ids import Id
from vigtool.practice import roles
from vigtool.practice.openings import FILM_OPEN, FILM_PLAY, note_played
from vigtool.practice.own_name import names_of_users
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import people_of, value, values
from vigtool.practice.retention import held, term_of
from vigtool.practice.seeing import shown_as
from vigtool.practice.sharing import Share, ShareRole, shared_with
from vigtool.practice.stray_copies import stray_copies_of
from vigtool.vault import log_book
from vigtool.vault.audit import Entry
from vigtool.vault.vault import Vault

__all__ = ["CopyNow", "FilmHistory", "Seen", "copies_now", "film_history", "note_played"]

SHOWING: Final = (FILM_OPEN, FILM_PLAY)
"""The acts in which somebody saw a film on a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One who saw a film, on one day.

    Attributes:
        user: who; their name is as they are entered now, empty where nobody knows them any more.
        act: the act that shows most: "film play" where it was played, else "film open".
        at: when first on that day, UTC.
        last: when last.
        times: how often it was opened on that day.
        asked: which act of consent it was: watching by those who work with the family, or showing to a supervisor.
        consent: what those in the film had said by that day.
    """

    user: Id
    name: str = field(repr=False)
    act: str
    at: datetime
    last: datetime
    times: int
    asked: Act
    consent: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNow:
    """One copy that was handed over, and what is known of it.

    Attributes:
        outcome: what became of it; none where nobody has said.
        on: the day of that.
    """

    copy: Copy
    outcome: CopyOutcome | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmHistory:
    """Everything that is known of where a film has been.

    Attributes:
        persons: everybody of its family, by id, so that reasons and recipients can be named.
        seen: who saw it, the newest day first.
        copies: what was handed over of it, reels with moments of it among them, the newest first.
        strays: copies that no handover made, those that are gone included.
        access: who has a key of its family, whoever asks first; nobody where they work alone.
        term: until when the rules keep it, or why no day can be said.
        held: the legal hold that keeps it whatever the rules say.
    """

    film: Film
    family: Family
    persons: Mapping[Id, Person] = field(repr=False)
    origin: Origin | None
    seen: tuple[Seen, ...]
    copies: tuple[CopyNow, ...]
    strays: tuple[StrayCopy, ...]
    access: tuple[Share, ...] = ()
    term: Term
    held: LegalHold | None

    @property
    def erase_on(self) -> date | None:
        """The first day on which the rules let it go; none where no day can be said."""
        return self.term.on


def film_history(vault: Vault, film: Id, *, report: Report = silent, cancelled: Cancelled = never) -> FilmHistory:
    """The page of one film.

    Raises:
        NoSuchRecord, NoKey, VaultDamaged, errors.Cancelled.
    """
    record = value(vault, Film, film)
    persons = people_of(vault, record.family)
    consents = values(vault, Consent, domain=record.family)
    decisions = values(vault, LeadDecision, domain=record.family)

    def agreed(act: Act, on: date) -> Decision:
        return decide(
            act,
            record.persons,
            someone_else=record.someone_else,
            everyone=persons,
            consents=as_of(consents, on),
            on=on,
            decisions=[decision for decision in decisions if decision.on <= on],
        )

    return FilmHistory(
        film=record,
        family=value(vault, Family, record.family),
        persons=persons,
        origin=next(iter(values(vault, Origin, parent=film)), None),
        seen=_seen(vault, record.family, _showings(vault, film, report, cancelled), agreed),
        copies=_copies(vault, record),
        strays=tuple(stray_copies_of(vault, film)),
        access=_access(vault, record.family),
        term=term_of(vault, film),
        held=held(vault, record.family, film),
    )


def _access(vault: Vault, family: Id) -> tuple[Share, ...]:
    if roles.is_alone(vault):
        return ()
    own = names_of_users(vault).get(vault.user_id, "")
    oneself = Share(user=vault.user_id, name=own, role=ShareRole.OPENS, since=None)
    return (oneself, *shared_with(vault, family))


def _showings(vault: Vault, film: Id, report: Report, cancelled: Cancelled) -> list[Entry]:
    """The entries of the log in which somebody saw the film, the oldest first."""
    about = log_book.about(vault, film, report, cancelled)
    found = [entry for entries in about.values() for entry in entries if entry.act in SHOWING]
    return sorted(found, key=lambda entry: entry.at)


def _seen(
    vault: Vault, family: Id, showings: Iterable[Entry], agreed: Callable[[Act, date], Decision]
) -> tuple[Seen, ...]:
    names = names_of_users(vault)
    days: dict[tuple[date, Id], list[Entry]] = {}
    for entry in showings:
        if entry.by is not None:
            days.setdefault((entry.at.date(), entry.by), []).append(entry)
    found = []
    for (day, user), entries in days.items():
        asked = shown_as(vault, family, user) or Act.WATCH
        acts = [entry.act for entry in entries]
        found.append(
            Seen(
                user=user,
                name=names.get(user, ""),
                act=FILM_PLAY if FILM_PLAY in acts else FILM_OPEN,
                at=entries[0].at,
                last=entries[-1].at,
                times=max(acts.count(FILM_OPEN), 1),
                asked=asked,
                consent=agreed(asked, day),
            )
        )
    return tuple(sorted(found, key=lambda seen: seen.at, reverse=True))


def copies_now(vault: Vault, family: Id | None = None) -> list[CopyNow]:
    """Everything that was handed over, of one family or of all that can be opened, the newest first."""
    settled = values(vault, CopySettled, domain=family)
    found = [_copy_now(copy, settled) for copy in values(vault, Copy, domain=family)]
    return sorted(found, key=lambda now: now.copy.made, reverse=True)


def _copies(vault: Vault, film: Film) -> tuple[CopyNow, ...]:
    """What was handed over of a film: of itself, or of a reel in which it is, or ever was."""
    sources = {film.id} | _reels_of(vault, film)
    return tuple(now for now in copies_now(vault, film.family) if now.copy.source in sources)


def _reels_of(vault: Vault, film: Film) -> set[Id]:
    """The reels that have, or had at any time, a moment of the film: a copy may be of an earlier wording."""
    found = set()
    for reel in values(vault, Reel, domain=film.family):
        wordings = [reel, *(stored.value for stored in vault.history(reel.id))]
        if any(clip.film == film.id for wording in wordings for clip in wording.clips):
            found.add(reel.id)
    return found


def _copy_now(copy: Copy, settled: Sequence[CopySettled]) -> CopyNow:
    own = [each for each in settled if each.copy == copy.id]
    last = max(own, key=lambda each: each.entered, default=None)
    return CopyNow(copy=copy) if last is None else CopyNow(copy=copy, outcome=last.outcome, on=last.on)
