"""How lengths, days and films are said in this room."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from vigtool.casework.film import TitleParts


def seconds_words(seconds: Fraction) -> str:
    """A length with one decimal: "7.4 s"."""
    return QCoreApplication.translate("Reel", "{0} s").format(QLocale().toString(float(seconds), "f", 1))


def whole_seconds(seconds: Fraction) -> str:
    """A length on a card, rounded: "18 s"; never 0."""
    return QCoreApplication.translate("Reel", "{0} s").format(max(1, round(seconds)))


def length_words(clips: int, seconds: Fraction) -> str:
    """A reel's length: "4 clips · 39 seconds", with minutes from two on."""
    say = QCoreApplication.translate
    many = say("Reel", "1 clip") if clips == 1 else say("Reel", "{0} clips").format(clips)
    whole = max(1, round(seconds)) if clips else 0
    if whole < 120:
        long = say("Reel", "1 second") if whole == 1 else say("Reel", "{0} seconds").format(whole)
    else:
        long = say("Reel", "{0} min {1} s").format(*divmod(whole, 60))
    return f"{many} · {long}" if clips else many


def day_words(day: date) -> str:
    """A day without its year: "12 Nov"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM")


def film_words(parts: TitleParts) -> str:
    """What a film is called: "12 Nov, kitchen"."""
    day = day_words(parts.on) if parts.on else ""
    return ", ".join(part for part in (day, parts.words) if part) or QCoreApplication.translate("Reel", "a film")


def megabytes(size: int, *, decimals: int = 1) -> str:
    """A size in megabytes: "8.4 MB"."""
    least = max(size / 1_000_000, 0.1 if decimals else 1.0)
    return QCoreApplication.translate("Reel", "{0} MB").format(QLocale().toString(least, "f", decimals))


def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "”")) else text + "."
