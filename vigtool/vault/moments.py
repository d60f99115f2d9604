"""Points in time as the vault writes them: UTC, to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def utc_text(moment: datetime) -> str:
    """A time as the vault writes it, for instance 2026-11-22T09:30:00.000000Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def utc_time(text: str) -> datetime:
    """A time as the vault wrote it.

    Raises:
        ValueError: for any other text.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        message = "a time without its zone"
        raise ValueError(message)
    return found.astimezone(UTC)
