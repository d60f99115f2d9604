"""Where somebody was when the vault was locked, so that unlocking leads back to the same picture.

What is kept are ids and numbers, in one setting of the vault for each user, sealed as all records are. What stood half
typed on an open form is a record of its own in the family's key domain, and goes when its writer has seen it again.
What is about no family that is open, such as one that is just being begun, is sealed under its writer's own key: the
vault's own key is every colleague's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from vigtool.casework.draft import Draft
from vigtool.errors import NoSuchRecord
from vigtool.ids import Id, is_id, new_id
from vigtool.practice.records import values
from vigtool.vault.shapes import Setting, Stored
from vigtool.vault.vault import Vault

_NAME: Final = "place of {0}"
_LONGEST_ROOM: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Ids and numbers that say what was on the screen.

    Attributes:
        room: the room's name in code; empty for the first one.
        family, cycle, film, reel, clip: what was open.
        tick: where in the film, or within the clip's film, the picture stood.
    """

    room: str = ""
    family: Id | None = None
    cycle: Id | None = None
    film: Id | None = None
    reel: Id | None = None
    clip: Id | None = None
    tick: int | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """One field that was being typed into: what it is called, and what stands in it.

    Attributes:
        about_another: whether it is not about the family that is open: one that is just being begun, or a colleague.
    """

    words: str
    text: str
    about_another: bool = False


def keep_place(vault: Vault, place: Place, typed: Sequence[Typing] = ()) -> None:
    """Keep where this user is, in the place of what was kept before, and what is half typed.

    Raises:
        StorageFailed: nothing was changed.
    """
    stored, now = _stored(vault), datetime.now(UTC)
    text = json.dumps({name: value for name, value in asdict(place).items() if value not in (None, "")})
    family = place.family if place.family is not None and vault.has_key(place.family) else None
    with vault.transaction("place keep") as writer:
        if typed:
            writer.keys.open_own_domain()
        if stored is None:
            writer.add(Setting(id=new_id(), name=_NAME.format(vault.user_id), value=text))
        elif stored.value.value != text:
            writer.change(stored, Setting(id=stored.value.id, name=stored.value.name, value=text))
        for order, field in enumerate(typed):
            at = now + timedelta(microseconds=order)
            home = vault.user_id if family is None or field.about_another else family
            writer.add(Draft(id=new_id(), user=vault.user_id, family=home, words=field.words, text=field.text, kept=at))


def take_place(vault: Vault) -> Place | None:
    """Where this user was when the vault was locked; asked once, it is kept no longer.

    Raises:
        StorageFailed.
    """
    stored = _stored(vault)
    if stored is None or not stored.value.value:
        return None
    with vault.transaction("place take") as writer:
        writer.change(stored, Setting(id=stored.value.id, name=stored.value.name, value=""))
    return _read(stored.value.value)


def drafts(vault: Vault) -> list[Draft]:
    """What this user had half typed when the vault was locked, oldest first."""
    mine = [draft for draft in values(vault, Draft) if draft.user == vault.user_id]
    return sorted(mine, key=lambda draft: (draft.kept, draft.id))


def forget_drafts(vault: Vault, seen: Sequence[Draft]) -> None:
    """Keep these no longer: their writer has seen them again.

    Raises:
        StorageFailed: all of them are still kept.
    """
    if not seen:
        return
    with vault.transaction("drafts forget") as writer:
        for draft in seen:
            with suppress(NoSuchRecord):  # gone with its family
                writer.remove(vault.get(Draft, draft.id))


def _stored(vault: Vault) -> Stored[Setting] | None:
    name = _NAME.format(vault.user_id)
    return next((stored for stored in vault.all(Setting) if stored.value.name == name), None)


def _read(text: str) -> Place | None:
    """What was kept, strictly; None where it is not what this program writes."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not set(found) <= {field.name for field in fields(Place)}:
        return None
    for name, value in found.items():
        right = (
            isinstance(value, int) and not isinstance(value, bool)
            if name == "tick"
            else isinstance(value, str) and (len(value) <= _LONGEST_ROOM if name == "room" else is_id(value))
        )
        if not right:
            return None
    return Place(**found)
