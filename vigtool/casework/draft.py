"""What somebody was typing on a form when the vault was locked: kept, so that nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of one field of a form that was still open.

    Attributes:
        user: who typed it; nobody else is shown it, and nobody else may take it away.
        family: whose key it lies under: the family that was open, or where it was about none, the user's own. None in
            what earlier versions kept; that lies under the vault's.
        words: what the field is called on the screen.
        text: what stood in it.
        kept: when, UTC.
    """

    id: Id
    user: Id
    family: Id | None = None
    words: str = field(default="", repr=False)
    text: str = field(repr=False)
    kept: datetime
