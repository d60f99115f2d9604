"""What the Service room needs of an open vault, and what is entered when somebody reads; see `ui.desk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from vigtool.ids import Id
from vigtool.practice.auditing import LogPage, Place, Wanted
from vigtool.practice.doctor.finding import Finding as MachineFinding
from vigtool.practice.film_history import FilmHistory
from vigtool.practice.progress import Cancelled, Report
from vigtool.vault.shapes import Finding, VaultInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What ids of the audit log stand for, as far as this user can open it. None of it is kept with the log.

    Attributes:
        users: everybody who ever used the vault.
        families: codes of families.
        films: what films are called, with their family's code before it.
        reels, people: the same for reels and people.
    """

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


class VaultPageDesk(Protocol):
    """The vault itself and the machine it lies on."""

    def vault_numbers(self) -> VaultInfo:
        """The vault in numbers."""
        ...

    def examine_machine(self, report: Report, cancelled: Cancelled) -> Sequence[MachineFinding]:
        """What of this computer is in order for families' films, and what to do if not."""
        ...


class ServiceDesk(AuditDesk, VaultPageDesk, Protocol):
    """Everything of the Service room."""
