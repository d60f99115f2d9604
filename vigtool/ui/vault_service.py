"""What the Service room asks of an open vault; the part of `VaultDesk` that answers `ui.desk_service`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from vigtool.annotate.reel import Reel
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.practice import auditing, film_history, openings
from vigtool.practice.auditing import LogPage, Place, Wanted
from vigtool.practice.doctor.checkup import examine_machine
from vigtool.practice.doctor.finding import Finding as MachineFinding
from vigtool.practice.film_history import FilmHistory, names_of_users
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.records import values
from vigtool.ui.desk_service import KnownNames
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
        return KnownNames(users=names_of_users(self.vault), families=codes, films=films, reels=reels, people=people)

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


class VaultService(VaultAudit):
    """Everything of the Service room."""

    def vault_numbers(self) -> VaultInfo:
        """The vault in numbers."""
        return self.vault.info()

    def examine_machine(self, report: Report, cancelled: Cancelled) -> Sequence[MachineFinding]:
        """What of this computer is in order."""
        return examine_machine(self.vault.folder, report, cancelled)
