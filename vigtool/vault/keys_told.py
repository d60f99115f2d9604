"""What the audit log is told of keys: who was given which, from whom they were taken, and which ways in changed.

An act that does something with keys has in its entry's `details`, besides `epochs` (the epochs that it began), words
with blanks between them, in the order in which things were done:

    keys   +<domain>:<user>:<role>:<epoch>,<epoch>   a user was given these keys of a domain, in a role
           -<domain>:<user>                          every key of a domain was taken from a user
           -<domain>:*  or  -<domain>:*:<epoch>      from everybody; or only those of the epochs before that one
    ways   +<user>:<kind>:<slot>                     a way in, in the place of the user's of that kind
           -<user>                                   every way in of a user was taken away

The entry in which a session begins (`unlock`) has `others`: how long the logs of the other copies were, as
<device>:<number>. So it is known which acts came after which, also where the clock of a computer was wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from vigtool.ids import Id, is_id

Told: TypeAlias = Mapping[str, str | int]
"""The details of an entry."""

KEYS, WAYS, EPOCHS, OTHERS = "keys", "ways", "epochs", "others"

EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Given:
    """Keys of a domain were given to a user."""

    domain: Id
    user: Id
    role: int
    epochs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys of a domain were taken.

    Attributes:
        user: from whom; EVERYBODY's.
        before: only those of the epochs before this one; 0 for all.
    """

    domain: Id
    user: str
    before: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way in was put in the place of what a user had; all were taken away where `slot` is empty."""

    user: Id
    kind: int = 0
    slot: str = ""


@dataclass(slots=True)
class KeysTold:
    """What the transaction that is open has done with keys so far."""

    begun: dict[Id, int] = field(default_factory=dict)
    keys: list[Given | Taken] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)

    def begin(self, domain: Id, epoch: int) -> None:
        """An epoch was begun."""
        self.begun[domain] = epoch

    def give(self, domain: Id, user: Id, role: int, epochs: Sequence[int]) -> None:
        """A user was given keys of a domain."""
        self.keys.append(Given(domain, user, role, tuple(epochs)))

    def take(self, domain: Id, user: Id = EVERYBODY, before: int = 0) -> None:
        """Keys of a domain were taken from a user, or from everybody."""
        self.keys.append(Taken(domain, user, before))

    def way(self, user: Id, kind: int = 0, slot: str = "") -> None:
        """A user has another way in, or none any more."""
        self.ways.append(Way(user, kind, slot))

    def take_over(self, other: KeysTold) -> None:
        """Tell also what was done in the name of a user who was entered in this very transaction."""
        self.begun.update(other.begun)
        self.keys += other.keys
        self.ways += other.ways
        other.clear()

    def clear(self) -> None:
        """The transaction is over."""
        self.begun.clear()
        self.keys.clear()
        self.ways.clear()

    def words(self) -> dict[str, str]:
        """As the entry's details have it; empty where nothing was done with keys."""
        begun = " ".join(f"{domain}:{epoch}" for domain, epoch in sorted(self.begun.items()))
        said = {
            EPOCHS: begun,
            KEYS: " ".join(map(_key_words, self.keys)),
            WAYS: " ".join(f"+{way.user}:{way.kind}:{way.slot}" if way.slot else f"-{way.user}" for way in self.ways),
        }
        return {name: words for name, words in said.items() if words}


def epochs_told(details: Told) -> Iterator[tuple[Id, int]]:
    """The epochs that an act began, by their domains."""
    yield from _pairs(details, EPOCHS)


def others_told(details: Told) -> dict[Id, int]:
    """How long the logs of the other copies were."""
    return dict(_pairs(details, OTHERS))


def others_words(lengths: Mapping[Id, int]) -> str:
    """The same as the details have it."""
    return " ".join(f"{device}:{length}" for device, length in sorted(lengths.items()))


def keys_told(details: Told) -> Iterator[Given | Taken]:
    """What an act did with keys, in its order. What is no such word is passed over."""
    for word in str(details.get(KEYS, "")).split():
        domain, *rest = word[1:].split(":")
        if not is_id(domain):
            continue
        if word[0] == "+" and len(rest) == 3 and is_id(rest[0]) and rest[1].isdecimal():
            epochs = tuple(int(each) for each in rest[2].split(",") if each.isdecimal())
            yield Given(domain, rest[0], int(rest[1]), epochs)
        elif word[0] == "-" and len(rest) == 1 and (is_id(rest[0]) or rest[0] == EVERYBODY):
            yield Taken(domain, rest[0])
        elif word[0] == "-" and len(rest) == 2 and rest[0] == EVERYBODY and rest[1].isdecimal():
            yield Taken(domain, EVERYBODY, int(rest[1]))


def ways_told(details: Told) -> Iterator[Way]:
    """What an act did with ways in, in its order."""
    for word in str(details.get(WAYS, "")).split():
        user, *rest = word[1:].split(":")
        if word[0] == "-" and is_id(user) and not rest:
            yield Way(user)
        elif word[0] == "+" and is_id(user) and len(rest) == 2 and rest[0].isdecimal() and is_id(rest[1]):
            yield Way(user, int(rest[0]), rest[1])


def _key_words(each: Given | Taken) -> str:
    if isinstance(each, Given):
        return f"+{each.domain}:{each.user}:{each.role}:{','.join(map(str, each.epochs))}"
    return f"-{each.domain}:{each.user}" + (f":{each.before}" if each.before else "")


def _pairs(details: Told, name: str) -> Iterator[tuple[Id, int]]:
    for part in str(details.get(name, "")).split():
        one, _, number = part.partition(":")
        if is_id(one) and number.isdecimal():
            yield one, int(number)
