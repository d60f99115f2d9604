"""How the Service room says days, times, sizes and stretches of a film."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from vigtool.ids import Id
from vigtool.ui.parts.days import length


def user_words(user: Id, name: str, me: Id) -> str:
    """A user by name; by who they are to whoever looks, or by their id, where they have none."""
    if name:
        return name
    say = QCoreApplication.translate
    return say("ServiceRoom", "you") if user == me else say("ServiceRoom", "user {0}").format(user[:8])


def day_words(day: date) -> str:
    """A day with its year: "12 Nov 2026"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def moment_words(at: datetime) -> str:
    """A moment by the clock on this wall, to the second: "12 Nov 2026 14:06:31"."""
    here = at.astimezone()
    moment = QDateTime(QDate(here.year, here.month, here.day), QTime(here.hour, here.minute, here.second))
    return QLocale().toString(moment, "d MMM yyyy HH:mm:ss")


def minute_words(at: datetime) -> str:
    """A time of day: "14:06"."""
    here = at.astimezone()
    return QLocale().toString(QTime(here.hour, here.minute), "HH:mm")


def size_words(size: int) -> str:
    """So many bytes, as a person says it: "7.3 GB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def number_words(number: int) -> str:
    """A whole number with its groups apart: "100,000"."""
    return QLocale().toString(number)


def stretches_words(spans: Iterable[tuple[Fraction, Fraction]]) -> str:
    """Stretches of a film by its clock: "0:12 to 0:15, 3:40 to 3:41"."""
    say = QCoreApplication.translate("ServiceRoom", "{0} to {1}")
    return ", ".join(say.format(length(start), length(end)) for start, end in spans)
