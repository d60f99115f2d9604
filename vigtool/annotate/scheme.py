"""Coding schemes: the behaviours a mark can name, in groups, each with a key, a lane and plain words for a parent.

A scheme is data. The built-in one can be set aside by a service that holds a licence for another wording; a layer
keeps the identity and version of the scheme that its marks were made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from vigtool.annotate.mark import Lane
from vigtool.errors import SchemeError

BABY = "{baby}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One behaviour.

    Attributes:
        id: its identity in the scheme, beginning with its group's: "b.voice".
        group: identity of its group.
        letter: the key that puts it, after the group's digit; one capital, once in a group.
        label: a few words for buttons, bars and lists.
        help: what is seen or heard.
        caption: plain words to begin a caption with; `{baby}` stands for the baby's name.
        lane: who shows it.
        parent_safe: whether a parent may be shown a moment with this code.
    """

    id: str
    group: str
    letter: str
    label: str
    help: str
    caption: str
    lane: Lane
    parent_safe: bool = True

    def caption_for(self, baby: str = "") -> str:
        """The caption with the baby's name in it; "your baby" where there is no name."""
        text = self.caption.replace(BABY, baby.strip() or "your baby")
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Codes that belong together.

    Attributes:
        digit: the key that opens it, 0 to 9.
        name: a word or two for its button.
        title: its heading in full.
        lane: whose sign it wears; a code of it may belong to another lane.
    """

    id: str
    digit: int
    name: str
    title: str
    lane: Lane
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Which codes are answered by which: the ids of initiatives, and of what receives them."""

    initiative: frozenset[str]
    reception: frozenset[str]


# No slots: the look-up tables below are computed once and kept.
@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A whole scheme in one version.

    Attributes:
        id, version: what a layer remembers of it.
        language: of its words, a BCP 47 tag.
        credit: where it comes from; shown wherever the scheme is named in full.
    """

    id: str
    version: int
    title: str
    language: str
    credit: str
    groups: tuple[Group, ...]
    pairings: tuple[Pairing, ...] = ()

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """All codes in the order of their groups."""
        return tuple(code for group in self.groups for code in group.codes)

    @cached_property
    def _by_id(self) -> Mapping[str, Code]:
        return MappingProxyType({code.id: code for code in self.codes})

    @cached_property
    def _by_keys(self) -> Mapping[tuple[int, str], Code]:
        return MappingProxyType({(group.digit, code.letter): code for group in self.groups for code in group.codes})

    def has(self, code_id: str) -> bool:
        """Whether there is such a code."""
        return code_id in self._by_id

    def code(self, code_id: str) -> Code:
        """The code of that identity.

        Raises:
            SchemeError: where the scheme has none.
        """
        found = self._by_id.get(code_id)
        if found is None:
            raise SchemeError("the coding scheme has no such code", "choose one of its codes, or none")
        return found

    def group(self, digit: int) -> Group | None:
        """The group that a digit opens."""
        return next((group for group in self.groups if group.digit == digit), None)

    def by_keys(self, digit: int, letter: str) -> Code | None:
        """The code put by a digit and then a letter, in either case."""
        return self._by_keys.get((digit, letter.upper()))

    def answers(self, first: str | None, second: str | None) -> bool:
        """Whether code `second` receives what code `first` began."""
        return any(first in pair.initiative and second in pair.reception for pair in self.pairings)
