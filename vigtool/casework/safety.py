"""Safety at home: who may not receive a copy, who may not be told, and how the family may be reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAtHome:
    """What holds for one family; there is one such record of each at most. Every handover shows it.

    Attributes:
        not_to: persons of the family who may not receive a copy.
        not_to_words: anybody else who may not receive one.
        not_to_be_told: who may not learn of the work, and of what.
        contact: how and when the family may be reached, and how not.
        copies_safe: whether a copy is safe to have at home; none where nobody has asked yet.
    """

    id: Id
    family: Id
    not_to: tuple[Id, ...] = ()
    not_to_words: str = field(default="", repr=False)
    not_to_be_told: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    copies_safe: bool | None = None
