"""What the Service room needs of an open vault, and what is entered when somebody reads; see `ui.desk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from vigtool.casework.copy import Intent
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Person
from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.member import StaffRole
from vigtool.casework.retention import Due, RetentionRule, Undated
from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ids import Id
from vigtool.practice.auditing import LogPage, Place, Wanted
from vigtool.practice.backups import Backup, BackupOutlook, Reminder, TriedBackup
from vigtool.practice.certified_erasing import Certified
from vigtool.practice.colleagues import Colleague, OrganisationKey
from vigtool.practice.doctor.finding import Finding as MachineFinding
from vigtool.practice.erasing import Outlook
from vigtool.practice.film_history import CopyNow, FilmHistory
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.sharing import FamilyInCare
from vigtool.practice.ways_in import RecoveryKey
from vigtool.vault.shapes import Finding, VaultInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What ids of the audit log stand for, as far as this user can open it. None of it is kept with the log.

    Attributes:
        me: whoever opened it.
        users: everybody who ever used the vault; a name may be empty.
        families: codes of families.
        films: what films are called, with their family's code before it.
        reels, people: the same for reels and people.
    """

    me: Id = ""
    users: Mapping[Id, str] = field(default_factory=dict, repr=False)
    families: Mapping[Id, str] = field(default_factory=dict, repr=False)
    films: Mapping[Id, str] = field(default_factory=dict, repr=False)
    reels: Mapping[Id, str] = field(default_factory=dict, repr=False)
    people: Mapping[Id, str] = field(default_factory=dict, repr=False)


class AuditDesk(Protocol):
    """What was read and done, and by whom."""

    def note_family_opened(self, family: Id) -> None:
        """Enter that a family is opened for work, before its records are shown: the first time since unlocking."""
        ...

    def note_played(self, film: Id) -> None:
        """Enter that an open film plays; called once for each opening."""
        ...

    def film_history(self, film: Id, report: Report, cancelled: Cancelled) -> FilmHistory:
        """Where a film has been: one page. Looking through a long log takes seconds."""
        ...

    def log_size(self) -> int:
        """How many entries the log has."""
        ...

    def log_page(self, wanted: Wanted, place: Place | None, cancelled: Cancelled) -> LogPage:
        """The next entries, the newest first."""
        ...

    def known_names(self) -> KnownNames:
        """What the ids in it stand for."""
        ...

    def check_log(self, report: Report, cancelled: Cancelled) -> Sequence[Finding]:
        """What of it is not as it was written; the first broken entry first. Takes long, off the vault thread."""
        ...

    def check_log_against(self, notes: str) -> Sequence[Finding]:
        """Whether it still begins with what checkpoints vouch for; `InvalidRecord` where there is none in `notes`."""
        ...

    def save_checkpoints(self, target: Path) -> None:
        """Write signed notes of where it stands now to a file."""
        ...

    def export_log(self, target: Path, wanted: Wanted, cancelled: Cancelled) -> int:
        """Write entries as a table, ids alone; how many they were."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wholeness:
    """What is known of whether the films are whole.

    Attributes:
        last: when they were all read through last; none where they never were.
        unfinished: a reading that was stopped, and can be gone on with.
        damaged: the films that are known not to be whole.
    """

    last: Scrub | None = None
    unfinished: Scrub | None = None
    damaged: tuple[DamagedFilm, ...] = ()


class VaultPageDesk(Protocol):
    """The vault itself, its backups and the machine it lies on."""

    def vault_numbers(self) -> VaultInfo:
        """The vault in numbers."""
        ...

    def examine_machine(self, report: Report, cancelled: Cancelled) -> Sequence[MachineFinding]:
        """What of this computer is in order for families' films, and what to do if not."""
        ...

    def backups(self) -> Sequence[Backup]:
        """The backups that are known and not gone, the newest first; also those nobody knows to be whole."""
        ...

    def reminders(self) -> Sequence[Reminder]:
        """What there is to do today."""
        ...

    def look_at_backup_place(self, to: Path) -> BackupOutlook:
        """What a backup into a folder would find there. Nothing is written; `UnfitPlace` where none can go."""
        ...

    def back_up(self, to: Path, *, keep_days: int, into_cloud: bool, report: Report, cancelled: Cancelled) -> Backup:
        """Make a backup and read it back."""
        ...

    def try_backup(self, backup: Backup, passphrase: str, report: Report, cancelled: Cancelled) -> TriedBackup:
        """A trial restore that writes nothing. Takes long, off the vault thread."""
        ...

    def backup_gone(self, backup: Id) -> None:
        """Write down that a backup is gone."""
        ...

    def wholeness(self) -> Wholeness:
        """What is known of whether the films are whole."""
        ...

    def scrub(self, report: Report, cancelled: Cancelled) -> Scrub:
        """Open every sealed byte of every film; goes on with one that was stopped. Takes long, in the background."""
        ...

    def mend_film(self, film: Id, backup: Path, report: Report, cancelled: Cancelled) -> Scrub:
        """Put a damaged film back from a backup, where it is whole there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything readable outside the vault, of all families that this user can open.

    Attributes:
        copies: what was handed over, the newest first.
        strays: what lies elsewhere, the newest first; those that are gone included.
        cut_off: handovers that were cut off, and whose place could not be reached when the vault was opened.
        persons: everybody of these families, by id.
    """

    copies: tuple[CopyNow, ...] = ()
    strays: tuple[StrayCopy, ...] = ()
    cut_off: tuple[Intent, ...] = ()
    persons: Mapping[Id, Person] = field(default_factory=dict, repr=False)


class CopiesDesk(Protocol):
    """The register of copies."""

    def register(self) -> Register:
        """All of it."""
        ...

    def say_nothing_left(self, intent: Id) -> None:
        """Write down that the place of a handover that was cut off is lost: a copy of which nobody knows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long things are kept, of all families that this user can open.

    Attributes:
        rules: what the service has set.
        due: what may go today, the longest overdue first.
        undated: of what no day can be said.
        holds: every legal hold that was ever placed.
        erasures: what was erased, the newest first.
    """

    rules: tuple[RetentionRule, ...] = ()
    due: tuple[Due, ...] = ()
    undated: tuple[Undated, ...] = ()
    holds: tuple[HoldStory, ...] = ()
    erasures: tuple[Erasure, ...] = ()


class RetentionDesk(Protocol):
    """How long things are kept."""

    def keeping(self) -> Keeping:
        """All of it."""
        ...

    def set_rule(self, rule: RetentionRule) -> None:
        """Set a rule, or change the one with its id; `NotAllowed`, `InvalidRecord`."""
        ...

    def remove_rule(self, rule: Id) -> None:
        """Take a rule away."""
        ...

    def erase_outlook(self, what: Id) -> Outlook:
        """What erasing a film or a family would take away, and what it would not reach."""
        ...

    def look_into_certificates(self, text: str) -> Sequence[Certified]:
        """What certificates of erasure name, as it stands here; `InvalidRecord` where one of them is none."""
        ...

    def erase_certified(
        self, given: Sequence[Certified], words: Sequence[str], report: Report, cancelled: Cancelled
    ) -> Sequence[Erasure]:
        """Erase what they name, once the word of each was typed; see `practice.certified_erasing`."""
        ...

    def save_certificate(self, erasure: Erasure, target: Path) -> None:
        """Write the certificate of an erasure to a file; it holds ids and days, no names."""
        ...


class PeopleDesk(Protocol):
    """Those who have a key."""

    def begins_in_service(self) -> bool:
        """Whether whoever opened the vault keeps keys for others, and can open no family."""
        ...

    def colleagues(self) -> Sequence[Colleague]:
        """Everybody who is entered; just oneself where nobody was ever added."""
        ...

    def call_oneself(self, name: str) -> None:
        """Write down one's own name, as colleagues are to see it; `InvalidRecord` where another is called that."""
        ...

    def add_colleague(self, *, name: str, roles: Sequence[StaffRole], passphrase: str, label: str) -> Colleague:
        """Make keys for a colleague who sits here and chooses a passphrase."""
        ...

    def change_roles(self, user: Id, roles: Sequence[StaffRole]) -> None:
        """Enter somebody for other roles."""
        ...

    def remove_colleague(self, user: Id) -> None:
        """Take every way in and every key from somebody who leaves."""
        ...

    def own_card(self) -> tuple[tuple[str, ...], str]:
        """The six words of one's own card, and what its QR code holds."""
        ...

    def families_in_care(self) -> Sequence[FamilyInCare]:
        """The families one keeps a key of for others; none for whoever does not."""
        ...

    def reassign_family(self, family: Id, to: Id, reason: str) -> None:
        """Give a family to a colleague because whoever works with it cannot."""
        ...

    def organisation_key(self) -> OrganisationKey:
        """Whether the organisation holds a key, chose not to, or was not asked yet."""
        ...

    def new_organisation_key(self) -> RecoveryKey:
        """A key to be put on paper; it opens nothing yet."""
        ...

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        """Let the key, which is on paper now, be the organisation's."""
        ...

    def refuse_organisation_key(self) -> None:
        """Write down that the organisation holds none."""
        ...


class ServiceDesk(AuditDesk, VaultPageDesk, CopiesDesk, RetentionDesk, PeopleDesk, Protocol):
    """Everything of the Service room."""
