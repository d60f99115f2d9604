"""What a vault needs of the database its records lie in. There are two: SQLite in the vault's folder, and PostgreSQL.

The tables and every statement are the same on both. What differs is how a connection is made, how it is told to keep
what it took, what its errors are called, and how what was deleted is made to be gone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection

if TYPE_CHECKING:
    from vigtool.vault.folder import VaultFolder


Between = Callable[[int, int], None]
"""Called between two parts of long work: done and total, in any unit."""


class Engine(Protocol):
    """One database, not yet opened."""

    @property
    def version(self) -> str:
        """Its name and version, for people."""
        ...

    @property
    def errors(self) -> type[Exception]:
        """What its library raises when it is used without SQLAlchemy."""
        ...

    def found(self) -> bool:
        """Whether there is a database of a vault (or of anything else) to be opened.

        Raises:
            StorageFailed: it cannot be reached.
        """
        ...

    def check_mark(self) -> None:
        """Look whether it is a vault's, before anything is written.

        Raises:
            VaultDamaged: it is empty, or overwritten. NotAVault: it belongs to something else.
        """
        ...

    def make(self) -> None:
        """Begin an empty one, with the mark of a vault still missing.

        Raises:
            VaultExists: there is something in it already. StorageFailed.
        """
        ...

    def mark(self, connection: Connection) -> None:
        """Write into it what program it belongs to."""
        ...

    def unmake(self) -> None:
        """Take away what `make` and all that followed had left: the vault did not come to be."""
        ...

    def connect(self) -> Connection:
        """A connection for one thread at a time, with exact control over where a transaction begins.

        What it takes is on the disk when a commit returns, and nothing of it is spilled where it could be read.

        Raises:
            StorageFailed: it cannot be had like that. VaultHeld: another program holds it.
        """
        ...

    def ask(self, connection: Connection, what: str) -> list[Any]:
        """What the database answers to one question of its own language: a PRAGMA, or a SHOW."""
        ...

    def complaints(self, connection: Connection) -> list[str]:
        """What the database finds wrong with itself."""
        ...

    def size(self, connection: Connection) -> int:
        """About how many bytes `copy_to` will write."""
        ...

    def copy_to(self, connection: Connection, file: Path, between: Between) -> None:
        """All tables as they stand at one moment, into a new SQLite file, which other programs do not look into yet.

        Args:
            connection: as `connect` gave it, outside transactions.
            file: an empty file that is there; it is not forced to the disk.
            between: called after each part with how much is done and how much there is, in any unit; the connection
                may be used by others while it runs.

        Raises:
            StorageFailed: the file's disk did not take it. Whatever `between` raises.
        """
        ...

    def forget(self, connection: Connection) -> None:
        """Make what was deleted and committed be gone from the files, not merely marked as free. Outside transactions.

        Raises:
            StorageFailed: something still holds on to it.
        """
        ...

    def name_error(self, error: BaseException | None) -> Exception:
        """One of the vault's errors for one of the database's, without paths and values; else the error itself."""
        ...

    def end(self, connection: Connection) -> None:
        """Bring everything to its place and let go."""
        ...


Records = Callable[["VaultFolder"], Engine]
"""Says where the records of the vault in a folder are."""
