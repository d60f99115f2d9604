"""Safety at home in words: the same lines on the family's page and at every handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vigtool.casework.family import Family, Person
from vigtool.casework.safety import SafetyAtHome
from vigtool.ids import Id
from vigtool.ui.parts.words import isolated


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that holds: what it is about, what it says, its icon and its tone."""

    label: str
    words: str
    icon: str
    tone: str = "caution"


def _say(text: str) -> str:
    return QCoreApplication.translate("SafetyWords", text)


def safety_lines(safety: SafetyAtHome | None, family: Family, everyone: Mapping[Id, Person]) -> list[Line]:
    """What holds for a family, the gravest first; nothing where nothing was written."""
    lines = []
    if safety is not None:
        names = [isolated(everyone[one].name) for one in safety.not_to if one in everyone]
        barred = ", ".join([*names, *([isolated(safety.not_to_words)] if safety.not_to_words else [])])
        if barred:
            lines.append(Line(_say("May not receive anything"), barred, "minus"))
        if safety.not_to_be_told:
            lines.append(Line(_say("May not be told"), isolated(safety.not_to_be_told), "cover"))
        if safety.contact:
            lines.append(Line(_say("Reaching them"), isolated(safety.contact), "shield"))
        if safety.copies_safe is not None:
            said = _say("safe, talked about together") if safety.copies_safe else _say("not safe: watch it here")
            lines.append(Line(_say("A copy at home"), said, "home", "quiet" if safety.copies_safe else "caution"))
    if family.safe_contact.strip():
        lines.append(Line(_say("Safe contact"), isolated(family.safe_contact.strip()), "shield"))
    return lines
