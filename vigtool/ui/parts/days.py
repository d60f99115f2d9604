"""Days and lengths as people here write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from vigtool.casework.family import age_in_months


def _written(day: date, form: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def short_day(day: date) -> str:
    """A day of this work: "12 Nov"."""
    return _written(day, "d MMM")


def full_day(day: date) -> str:
    """A day with its year, where years matter: "12 Nov 2026"."""
    return _written(day, "d MMM yyyy")


def week_day(day: date) -> str:
    """A day to come: "Thu 26 Nov"."""
    return _written(day, "ddd d MMM")


def month(day: date) -> str:
    """A month: "Jan"."""
    return _written(day, "MMM")


def length(seconds: Fraction) -> str:
    """How long a film is, to the second: "10:24", with hours where there are some."""
    whole = int(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def age(born: date, on: date) -> str:
    """How old a baby is: "7 months", in weeks before that, and before birth when it is due."""
    say = QCoreApplication.translate
    months = age_in_months(born, on)
    if months is None:
        return say("Days", "due {0}").format(month(born))
    if months == 0:
        return say("Days", "%n weeks", "", (on - born).days // 7)
    if months >= 24:
        return say("Days", "%n years", "", months // 12)
    return say("Days", "%n months", "", months)
