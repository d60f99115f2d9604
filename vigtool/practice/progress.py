"""How long work says how far it is, and hears that it shall stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Report: TypeAlias = Callable[[int, int], None]
"""Called with (done, total), in any unit, now and then."""

Cancelled: TypeAlias = Callable[[], bool]
"""Asked now and then; true once the work shall stop."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""


def never() -> bool:
    """Nobody stops it."""
    return False


def share(report: Report, first: int, last: int) -> Report:
    """A reporter for one part of the work, which goes from `first` to `last` hundredths of the whole."""
    return lambda done, total: report(first * total + (last - first) * done, 100 * max(total, 1))
