"""One program holds a vault.

The operating system's own file lock says so, and forgets it when the program dies, however it dies. Beside it stands
a small file for people: which process holds the vault and since when. It is never what decides.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from typing import Any

from filelock import FileLock, Timeout

from vigtool.errors import VaultHeld
from vigtool.vault.folder import VaultFolder
from vigtool.vault.moments import utc_text, utc_time
from vigtool.vault.storage import naming_disk_errors


class VaultLock:
    """The hold of this program on one vault folder."""

    def __init__(self, folder: VaultFolder, since: datetime) -> None:
        """Take hold.

        Raises:
            VaultHeld: where another program (or this one, elsewhere) has hold of it.
            StorageFailed: where the folder cannot be written.
        """
        self._folder = folder
        self._lock = FileLock(folder.lock, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
        with naming_disk_errors():
            try:
                self._lock.acquire()
            except Timeout:
                raise _held(folder) from None
            try:
                self._say_who(since)
            except BaseException:
                self._lock.release()
                raise

    def release(self) -> None:
        """Let go. Letting go twice does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._folder.holder.unlink()
            self._lock.release()

    def _say_who(self, since: datetime) -> None:
        words = {"process": os.getpid(), "since": utc_text(since), "computer": computer()}
        self._folder.holder.unlink(missing_ok=True)  # left behind by a run that was cut off, or a link to elsewhere
        handle = os.open(self._folder.holder, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(words, out)


def computer() -> str:
    """Eight digits that tell this computer from another; its name, which may be a person's, is not in them."""
    return hashlib.sha256(b"vig/computer/1\0" + socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]


def _held(folder: VaultFolder) -> VaultHeld:
    """What to say of the one who holds it, as far as that can be read."""
    found: dict[str, Any] = {}
    with suppress(OSError, ValueError, TypeError):
        found = dict(json.loads(folder.holder.read_text(encoding="utf-8")))
    message = "another program holds the vault"
    with suppress(KeyError, TypeError, ValueError):
        since = utc_time(found["since"])
        place = "on this computer" if found["computer"] == computer() else "on another computer"
        message = (
            f"another program {place} holds the vault since {since:%d %B %Y %H:%M} UTC (process {found['process']:d})"
        )
    return VaultHeld(message, "close it there and try again")
