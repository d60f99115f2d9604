"""Which exits are being made just now, so that nobody puts one in order, or gives it up, that is still at work.

One program holds a vault at a time, so whatever is being made of it is made in this process and known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakKeyDictionary

from vigtool.ids import Id
from vigtool.vault.vault import Vault

_lock = Lock()
_running: WeakKeyDictionary[Vault, set[Id]] = WeakKeyDictionary()


@contextmanager
def running(vault: Vault, intent: Id) -> Iterator[None]:
    """While the block lasts, this exit is at work. It begins before the intent can be seen by anybody."""
    with _lock:
        _running.setdefault(vault, set()).add(intent)
    try:
        yield
    finally:
        with _lock:
            _running.get(vault, set()).discard(intent)


def is_running(vault: Vault, intent: Id) -> bool:
    """Whether an exit is at work."""
    with _lock:
        return intent in _running.get(vault, ())
