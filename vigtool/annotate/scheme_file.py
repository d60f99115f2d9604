"""Reading a coding scheme from its TOML file, strictly: what is not understood is refused, never passed over.

format = 1                      # of this file
id = "attuned"                  # remembered by every layer, together with the version
version = 1
title = "Attuned moments"
language = "en"
credit = "..."

[[pairing]]                     # which codes answer which; ids of groups or of codes
initiative = ["b"]
reception = ["rec"]

[[group]]
id = "b"
digit = 0                       # the key that opens the group
name = "Baby starts"            # on its button
title = "Baby's initiatives"
who = "baby"                    # baby, parent or together: the lane of its codes

[[group.code]]
id = "b.look"
letter = "L"                    # the key within the group
label = "looks at the face"
help = "..."
caption = "{baby} looked at you."
# who = "..."                   # where it differs from the group's
# parent_safe = false           # where a parent is not to be shown it
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from vigtool import resources
from vigtool.annotate.mark import Lane
from vigtool.annotate.scheme import BABY, Code, Group, Pairing, Scheme
from vigtool.errors import SchemeError

FORMAT = 1
LONGEST_LABEL = 24
_LANES = {lane.value: lane for lane in (Lane.BABY, Lane.PARENT, Lane.TOGETHER)}
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_LETTER = re.compile(r"[A-Z]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_HINT = "correct the file of the scheme at that place"

T = TypeVar("T")


def load(text: str) -> Scheme:
    """A scheme from the text of its file.

    Raises:
        SchemeError: where it cannot be used; the message begins with the place.
    """
    try:
        table = _Table("the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"the file is no TOML: {error}", _HINT) from None
    if table.take("format", int) != FORMAT:
        raise SchemeError("the file is of a format that this program does not know", "bring the program up to date")
    groups = tuple(
        _group(_Table(f"group {number}", value)) for number, value in enumerate(table.take("group", list), 1)
    )
    _once("the file", "group id", (group.id for group in groups))
    _once("the file", "digit", (group.digit for group in groups))
    scheme = Scheme(
        id=table.shaped("id", _WORD),
        version=table.number("version", least=1),
        title=table.words("title"),
        language=table.shaped("language", _LANGUAGE),
        credit=table.words("credit"),
        groups=groups,
        pairings=tuple(
            _pairing(_Table(f"pairing {number}", value), groups)
            for number, value in enumerate(table.take("pairing", list, []), 1)
        ),
    )
    table.finish()
    return scheme


@cache
def built_in() -> Scheme:
    """The scheme that travels with the program: "attuned", version 1."""
    return load(resources.read_text("schemes", "attuned-v1.toml"))


def find(scheme_id: str, version: int) -> Scheme:
    """The scheme that a layer was begun with.

    Raises:
        SchemeError: where this program does not have it.
    """
    scheme = built_in()
    if (scheme.id, scheme.version) != (scheme_id, version):
        raise SchemeError(
            "these marks were made with a coding scheme that is not here", "bring in the file of that scheme"
        )
    return scheme


class _Table:
    """One table of the file, which knows where it stands and what of it was not read."""

    def __init__(self, place: str, values: object) -> None:
        self.place = place
        if not isinstance(values, dict):
            raise self.fault("a table is expected here")
        self._left: dict[str, object] = dict(values)

    def fault(self, what: str) -> SchemeError:
        return SchemeError(f"{self.place}: {what}", _HINT)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`, of exactly that kind; the default where it is missing and there is one."""
        if key not in self._left:
            if default is None:
                raise self.fault(f"{key} is missing")
            return default
        value = self._left.pop(key)
        if type(value) is not kind:  # a bool is an int to isinstance
            raise self.fault(f"{key} is not of the right kind")
        return value

    def words(self, key: str, longest: int = 1000) -> str:
        value = self.take(key, str)
        if not value.strip() or len(value) > longest or not value.isprintable():
            raise self.fault(f"{key} must be one line of 1 to {longest} characters")
        return value

    def shaped(self, key: str, shape: re.Pattern[str]) -> str:
        value = self.take(key, str)
        if not shape.fullmatch(value):
            raise self.fault(f"{key} does not have the right form")
        return value

    def number(self, key: str, least: int, most: int | None = None) -> int:
        value = self.take(key, int)
        if value < least or (most is not None and value > most):
            raise self.fault(f"{key} is out of range")
        return value

    def lane(self, default: str | None = None) -> Lane:
        value = self.take("who", str, default)
        if value not in _LANES:
            raise self.fault("who must be baby, parent or together")
        return _LANES[value]

    def finish(self) -> None:
        """Refuse what nobody asked for: most likely a word misspelt."""
        if self._left:
            raise self.fault(f"{min(self._left)} is not known")


def _group(table: _Table) -> Group:
    group_id = table.shaped("id", _WORD)
    table.place += f" ({group_id})"
    lane = table.lane()
    codes = tuple(
        _code(_Table(f"{table.place}, code {number}", value), group_id, lane)
        for number, value in enumerate(table.take("code", list), 1)
    )
    if not codes:
        raise table.fault("there is no code in it")
    _once(table.place, "code id", (code.id for code in codes))
    _once(table.place, "letter", (code.letter for code in codes))
    group = Group(
        id=group_id,
        digit=table.number("digit", 0, 9),
        name=table.words("name", LONGEST_LABEL),
        title=table.words("title"),
        lane=lane,
        codes=codes,
    )
    table.finish()
    return group


def _code(table: _Table, group: str, lane: Lane) -> Code:
    code_id = table.shaped("id", re.compile(rf"{re.escape(group)}\.{_WORD.pattern}"))
    table.place += f" ({code_id})"
    code = Code(
        id=code_id,
        group=group,
        letter=table.shaped("letter", _LETTER),
        label=table.words("label", LONGEST_LABEL),
        help=table.words("help"),
        caption=table.words("caption"),
        lane=table.lane(lane.value),
        parent_safe=table.take("parent_safe", bool, default=True),
    )
    if set("{}") & set(code.caption.replace(BABY, "")):
        raise table.fault(f"caption may hold no braces but {BABY}")
    table.finish()
    return code


def _pairing(table: _Table, groups: Iterable[Group]) -> Pairing:
    named = {group.id: {code.id for code in group.codes} for group in groups}
    named |= {code.id: {code.id} for group in groups for code in group.codes}

    def side(key: str) -> frozenset[str]:
        ids = table.take(key, list)
        if not ids or not all(isinstance(one, str) and one in named for one in ids):
            raise table.fault(f"{key} must name groups or codes of this file")
        return frozenset().union(*(named[one] for one in ids))

    pairing = Pairing(initiative=side("initiative"), reception=side("reception"))
    table.finish()
    return pairing


def _once(place: str, what: str, values: Iterable[object]) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise SchemeError(f"{place}: the {what} {value} is used twice", _HINT)
        seen.add(value)
