"""What the Service room asks of an open vault; the part of `VaultDesk` that answers `ui.desk_service`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from vigtool.annotate.reel import Reel
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.retention import RetentionRule
from vigtool.casework.scrub import Scrub
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ids import Id
from vigtool.practice import (
    auditing,
    backups,
    certified_erasing,
    erasing,
    film_history,
    openings,
    retention,
    scrubbing,
    unfinished_exits,
)
from vigtool.practice.auditing import LogPage, Place, Wanted
from vigtool.practice.backups import Backup, BackupOutlook, Reminder, TriedBackup
from vigtool.practice.certified_erasing import Certified
from vigtool.practice.doctor.checkup import examine_machine
from vigtool.practice.doctor.finding import Finding as MachineFinding
from vigtool.practice.erasing import Outlook
from vigtool.practice.film_history import FilmHistory, copies_now
from vigtool.practice.own_name import names_of_users
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.records import values
from vigtool.ui.desk_service import Keeping, KnownNames, Register, Wholeness
from vigtool.ui.vault_people import VaultPeople
from vigtool.vault.shapes import Finding, VaultInfo
from vigtool.vault.vault import Vault


class VaultAudit:
    """Reading as it is entered, and the log of it."""

    vault: Vault

    @cached_property
    def _opened_families(self) -> set[Id]:
        return set()

    def note_family_opened(self, family: Id) -> None:
        """Enter that a family is opened for work, the first time since unlocking."""
        if family not in self._opened_families:
            openings.note_family_opened(self.vault, family)
            self._opened_families.add(family)

    def note_played(self, film: Id) -> None:
        """Enter that an open film plays."""
        openings.note_played(self.vault, film)

    def film_history(self, film: Id, report: Report, cancelled: Cancelled) -> FilmHistory:
        """Where a film has been."""
        return film_history.film_history(self.vault, film, report=report, cancelled=cancelled)

    def log_size(self) -> int:
        """How many entries the log has."""
        return auditing.log_size(self.vault)

    def log_page(self, wanted: Wanted, place: Place | None, cancelled: Cancelled) -> LogPage:
        """The next entries, the newest first."""
        return auditing.log_page(self.vault, wanted, place, cancelled=cancelled)

    def known_names(self) -> KnownNames:
        """What the ids in the log stand for."""
        codes = {family.id: family.code for family in values(self.vault, Family)}
        films = {
            film.id: " · ".join(word for word in (codes.get(film.family, ""), film.title) if word)
            for film in values(self.vault, Film)
        }
        reels = {
            reel.id: " · ".join(word for word in (codes.get(reel.family, ""), reel.title) if word)
            for reel in values(self.vault, Reel)
        }
        people = {person.id: f"{codes.get(person.family, '')} · {person.name}" for person in values(self.vault, Person)}
        return KnownNames(
            me=self.vault.user_id,
            users=names_of_users(self.vault),
            families=codes,
            films=films,
            reels=reels,
            people=people,
        )

    def check_log(self, report: Report, cancelled: Cancelled) -> Sequence[Finding]:
        """What of the log is not as it was written."""
        return auditing.check_log(self.vault, report=report, cancelled=cancelled)

    def check_log_against(self, notes: str) -> Sequence[Finding]:
        """Whether it still begins with what checkpoints vouch for."""
        return auditing.check_log_against(self.vault, notes)

    def save_checkpoints(self, target: Path) -> None:
        """Write signed notes of where it stands now to a file."""
        auditing.save_checkpoints(self.vault, target)

    def export_log(self, target: Path, wanted: Wanted, cancelled: Cancelled) -> int:
        """Write entries as a table."""
        return auditing.export_log(self.vault, target, wanted, cancelled=cancelled)


class VaultService(VaultAudit, VaultPeople):
    """Everything of the Service room.

    Attributes:
        unfinished: exits that were begun and not ended when the vault was opened.
    """

    unfinished: tuple[unfinished_exits.Unfinished, ...]

    def vault_numbers(self) -> VaultInfo:
        """The vault in numbers."""
        return self.vault.info()

    def examine_machine(self, report: Report, cancelled: Cancelled) -> Sequence[MachineFinding]:
        """What of this computer is in order."""
        return examine_machine(self.vault.folder, report, cancelled)

    # Backups

    def backups(self) -> Sequence[Backup]:
        """The backups that are known and not gone."""
        known = [*backups.backups(self.vault), *backups.unfinished_backups(self.vault)]
        return sorted(known, key=lambda each: each.made, reverse=True)

    def reminders(self) -> Sequence[Reminder]:
        """What there is to do today."""
        return backups.reminders(self.vault, date.today())

    def look_at_backup_place(self, to: Path) -> BackupOutlook:
        """What a backup into a folder would find there."""
        return backups.look_at_place(self.vault, to, on=date.today())

    def back_up(self, to: Path, *, keep_days: int, into_cloud: bool, report: Report, cancelled: Cancelled) -> Backup:
        """Make a backup and read it back."""
        return backups.back_up(
            self.vault, to, keep_days=keep_days, into_cloud=into_cloud, report=report, cancelled=cancelled
        )

    def try_backup(self, backup: Backup, passphrase: str, report: Report, cancelled: Cancelled) -> TriedBackup:
        """A trial restore that writes nothing."""
        return backups.check_backup(
            Path(backup.target), passphrase, vault=self.vault, user=self.vault.user_id, report=report,
            cancelled=cancelled,
        )  # fmt: skip

    def backup_gone(self, backup: Id) -> None:
        """Write down that a backup is gone."""
        backups.say_backup_gone(self.vault, backup, date.today())

    # Films

    def wholeness(self) -> Wholeness:
        """What is known of whether the films are whole."""
        return Wholeness(
            last=scrubbing.last_scrub(self.vault),
            unfinished=scrubbing.unfinished_scrub(self.vault),
            damaged=tuple(scrubbing.damaged_films(self.vault)),
        )

    def scrub(self, report: Report, cancelled: Cancelled) -> Scrub:
        """Open every sealed byte of every film."""
        return scrubbing.scrub(self.vault, report, cancelled)

    def mend_film(self, film: Id, backup: Path, report: Report, cancelled: Cancelled) -> Scrub:
        """Put a damaged film back from a backup."""
        return scrubbing.mend_film(self.vault, film, backup, report=report, cancelled=cancelled)

    # Copies, and how long things are kept

    def register(self) -> Register:
        """Everything readable outside the vault."""
        strays = sorted(values(self.vault, StrayCopy), key=lambda stray: stray.noted, reverse=True)
        persons = {person.id: person for person in values(self.vault, Person)}
        # One that is being made just now is begun as well, and none of those.
        before = {one.intent.id for one in self.unfinished}
        cut_off = (one for one in unfinished_exits.unfinished_exits(self.vault) if one.id in before)
        return Register(
            copies=tuple(copies_now(self.vault)), strays=tuple(strays), cut_off=tuple(cut_off), persons=persons
        )

    def say_nothing_left(self, intent: Id) -> None:
        """Write down that the place of a handover that was cut off is lost."""
        unfinished_exits.say_nothing_left(self.vault, intent, date.today())

    def keeping(self) -> Keeping:
        """How long things are kept."""
        return Keeping(
            rules=tuple(retention.rules(self.vault)),
            due=tuple(retention.due(self.vault, date.today())),
            undated=tuple(retention.undated(self.vault)),
            holds=tuple(retention.hold_history(self.vault)),
            erasures=tuple(reversed(erasing.erasures(self.vault))),
        )

    def set_rule(self, rule: RetentionRule) -> None:
        """Set a rule."""
        retention.set_rule(self.vault, rule)

    def remove_rule(self, rule: Id) -> None:
        """Take a rule away."""
        retention.remove_rule(self.vault, rule)

    def erase_outlook(self, what: Id) -> Outlook:
        """What erasing would take away."""
        return erasing.outlook(self.vault, what)

    def look_into_certificates(self, text: str) -> Sequence[Certified]:
        """What certificates of erasure name."""
        return certified_erasing.look_into(self.vault, text)

    def erase_certified(
        self, given: Sequence[Certified], words: Sequence[str], report: Report, cancelled: Cancelled
    ) -> Sequence[Erasure]:
        """Erase what they name."""
        return certified_erasing.erase_certified(
            self.vault, given, words=words, on=date.today(), report=report, cancelled=cancelled
        )

    def save_certificate(self, erasure: Erasure, target: Path) -> None:
        """Write the certificate of an erasure to a file."""
        text = erasing.certificate(self.vault, erasure)
        auditing.save_certificate(self.vault, target, text, erasure=erasure.id)
