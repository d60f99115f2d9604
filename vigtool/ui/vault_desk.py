"""The practice as the window calls it: an open vault behind `ui.desk.Desk`, each call one act of `practice`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Consent, Decision
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.session import Session, SessionKind
from vigtool.casework.still import Still
from vigtool.ids import Id
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.practice import (
    colleagues,
    consents,
    copies,
    families,
    film_pairs,
    films,
    marking,
    opening,
    reels,
    seeing,
    stills,
)
from vigtool.practice.families import PersonWords
from vigtool.practice.films import FilmWords
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.records import value, values
from vigtool.practice.ways_in import RecoveryKey
from vigtool.sample.family import VAULT_NAME, WORDS_NAME, make_sample_family
from vigtool.ui.desk import Pixels
from vigtool.ui.vault_consent import VaultConsent
from vigtool.ui.vault_keeping import VaultKeeping
from vigtool.ui.vault_kept import VaultKept
from vigtool.ui.vault_restoring import VaultRestoring
from vigtool.ui.vault_returning import VaultReturning
from vigtool.ui.vault_service import VaultService
from vigtool.ui.vault_ways_in import VaultWaysIn


@dataclass(frozen=True, slots=True)
class FilmOnDesk:
    """A film with all that the Film room needs of it."""

    film: Film
    index: FrameIndex
    opener: Opener
    layer: Layer
    marks: Sequence[Mark]


class VaultDesk(VaultConsent, VaultKeeping, VaultKept, VaultReturning, VaultService, VaultWaysIn):
    """One open vault."""

    def __init__(self, opened: opening.Opened, *, is_sample: bool = False) -> None:
        super().__init__(opened.vault)
        self.unfinished = opened.unfinished
        self.erased_and_back = opened.back_again
        self.told_at_opening = opened.told
        self._is_sample = is_sample
        self._posters: dict[tuple[Id, int, int], Pixels] = {}

    @property
    def folder(self) -> Path:
        """Where the vault lies."""
        return self.vault.folder

    @property
    def is_sample(self) -> bool:
        """Whether this is the drawn sample family and nobody's real records."""
        return self._is_sample

    def close(self) -> None:
        """Close the vault; keys and pictures are dropped."""
        self._posters.clear()
        self.vault.close()

    # Families

    def families(self) -> Sequence[Family]:
        """Every family whose key this user holds."""
        return values(self.vault, Family)

    def persons(self, family: Id | None = None) -> Sequence[Person]:
        """The people of a family, or of all."""
        return values(self.vault, Person, domain=family)

    def consents(self, family: Id) -> Sequence[Consent]:
        """Every answer that was ever signed."""
        return values(self.vault, Consent, domain=family)

    def sessions(self, family: Id | None = None) -> Sequence[Session]:
        """The meetings."""
        return values(self.vault, Session, domain=family)

    def cycles(self, family: Id | None = None) -> Sequence[Cycle]:
        """The cycles."""
        return values(self.vault, Cycle, domain=family)

    def films(self, family: Id | None = None) -> Sequence[Film]:
        """The films."""
        return values(self.vault, Film, domain=family)

    def reels(self, family: Id | None = None) -> Sequence[Reel]:
        """The reels."""
        return values(self.vault, Reel, domain=family)

    def mark_counts(self, family: Id) -> Mapping[Id, int]:
        """How many marks each film has."""
        counts = dict.fromkeys((film.id for film in self.films(family)), 0)
        for mark in values(self.vault, Mark, domain=family):
            counts[mark.film] = counts.get(mark.film, 0) + 1
        return counts

    def poster(self, film: Id, width: int, height: int) -> Pixels:
        """One picture of a film, filling width x height."""
        key = (film, width, height)
        if key in self._posters:
            seeing.require_to_see(self.vault, value(self.vault, Film, film), on=date.today())  # it may have ended since
        else:
            self._posters[key] = films.poster(self.vault, film, width, height)
        return self._posters[key]

    def add_family(self, *, name: str, people: Sequence[PersonWords], place: str, safe_contact: str) -> Family:
        """Begin a family."""
        made = families.add_family(
            self.vault, name=name, people=people, place=place, safe_contact=safe_contact, on=date.today()
        )
        return made.family

    def change_family(self, before: Family, after: Family) -> None:
        """Change what is written of a family."""
        families.change_family(self.vault, before, after)

    def add_person(self, family: Id, words: PersonWords) -> Person:
        """Add somebody to a family."""
        return families.add_person(self.vault, family, words)

    def give_consent(self, form: SignedForm) -> None:
        """Append what somebody signed."""
        consents.give_consent(self.vault, form)

    def add_session(
        self, *, family: Id, on: date, kind: SessionKind, minutes: int | None, place: str, present: tuple[Id, ...]
    ) -> Session:
        """Write down a meeting."""
        return families.add_session(
            self.vault, family=family, on=on, kind=kind, minutes=minutes, place=place, present=present
        )

    def begin_cycle(self, *, family: Id, helping_question: str, planned: int) -> Cycle:
        """Begin the next cycle."""
        return families.begin_cycle(self.vault, family=family, helping_question=helping_question, planned=planned)

    def change_cycle(self, before: Cycle, after: Cycle) -> None:
        """Change a cycle."""
        families.change_cycle(self.vault, before, after)

    def add_film(self, path: Path, family: Id, words: FilmWords, report: Report, cancelled: Cancelled) -> Film:
        """Bring a film in."""
        return films.bring_in(self.vault, path, family, words, report=report, cancelled=cancelled)

    # Film

    def open_film(self, film: Id, report: Report, cancelled: Cancelled) -> FilmOnDesk:
        """Open a film from its sealed bytes."""
        del report, cancelled  # opening reads a few chunks: too short to watch or to stop
        self.note_family_opened(self.vault.domain_of(film))
        opened = films.open_film(self.vault, film)
        layer = marking.begin_layer(self.vault, film)
        return FilmOnDesk(opened.film, opened.index, opened.opener, layer, marking.marks_of(self.vault, film))

    def keep_marks(self, film: Id, before: Sequence[Mark], after: Sequence[Mark]) -> None:
        """Write one step of marks."""
        marking.keep_marks(self.vault, film, before, after)

    # Looking

    def stills(self, film: Id) -> Sequence[Still]:
        """The stills of a film."""
        return stills.stills_of(self.vault, film)

    def keep_still(self, film: Id, tick: int, words: str = "") -> Still:
        """Keep exactly one frame."""
        return stills.keep_still(self.vault, film, tick, words)

    def word_still(self, still: Still, words: str) -> Still:
        """Say something else of a still."""
        return stills.word_still(self.vault, still, words)

    def remove_still(self, still: Still) -> None:
        """Keep a frame no longer."""
        stills.remove_still(self.vault, still)

    def films_beside(self, film: Id) -> Sequence[Film]:
        """The films that can lie beside it."""
        return film_pairs.films_beside(self.vault, film)

    def film_pair(self, one: Id, other: Id) -> FilmPair | None:
        """How two films lie to each other."""
        return film_pairs.pair_between(self.vault, one, other)

    def lay_beside(self, one: Id, other: Id, offset: Fraction, how: PairedBy) -> FilmPair:
        """Say how two films lie to each other."""
        return film_pairs.lay_beside(self.vault, one, other, offset, how)

    # Reel

    def new_reel(self, family: Id, cycle: Id | None, title: str) -> Reel:
        """Begin a reel."""
        return reels.new_reel(self.vault, family=family, cycle=cycle, title=title)

    def change_reel(self, before: Reel, after: Reel) -> None:
        """Write a reel as it now is."""
        reels.change_reel(self.vault, before, after)

    def starred(self, family: Id) -> Sequence[Mark]:
        """The starred marks of a family's films."""
        return reels.starred_marks(self.vault, family)

    def may_copy(self, reel: Id, to: Id | None) -> Decision:
        """What consent says about a copy."""
        return copies.may_copy(self.vault, reel, on=date.today(), to=to)

    def make_copy(
        self, reel: Id, to: Id, target: Path, report: Report, cancelled: Cancelled, safe: bool | None = None
    ) -> copies.Receipt:
        """Make the parent's copy."""
        return copies.make_copy(
            self.vault, reel, target, on=date.today(), to=to, safe=safe, report=report, cancelled=cancelled
        )


class VaultPractice(VaultRestoring):
    """What can be done while no vault is open."""

    def suggest_passphrase(self) -> str:
        """Six fresh words."""
        return opening.suggest_passphrase()

    def check_passphrase(self, text: str) -> None:
        """Refuse what is too short."""
        opening.check_passphrase(text)

    def make_vault(self, folder: Path, passphrase: str, report: Report, cancelled: Cancelled) -> VaultDesk:
        """Make a vault and open it."""
        del report, cancelled  # a second or two, all of it one stretch of the passphrase
        return VaultDesk(opening.make_vault(folder, passphrase))

    def pickable(self, folder: Path) -> Sequence[tuple[Id, str]]:
        """Who uses a closed vault."""
        return colleagues.pickable(folder)

    def open_vault(
        self, folder: Path, key: str | RecoveryKey, report: Report, cancelled: Cancelled, user: Id | None = None
    ) -> VaultDesk:
        """Open a vault."""
        del report, cancelled
        return VaultDesk(opening.open_vault(folder, key, user), is_sample=(folder.parent / WORDS_NAME).is_file())

    def make_sample(self, folder: Path, report: Report, cancelled: Cancelled) -> VaultDesk:
        """Make the sample family and open it."""
        made = make_sample_family(folder, report=report, cancelled=cancelled)
        words = made.passphrase_file.read_text(encoding="utf-8").strip()
        return VaultDesk(opening.open_vault(folder / VAULT_NAME, words), is_sample=True)
