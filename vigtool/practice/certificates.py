"""Certificates of erasure, read back from the text that `casework.erasure.certificate_text` makes.

A certificate is not signed: what it says is believed by nobody but the person who holds it. So it is read strictly, and
names at most what a person may then have erased; see `certified_erasing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from vigtool.errors import InvalidRecord
from vigtool.ids import Id, is_id
from vigtool.vault.regular import open_regular

LONGEST: Final = 1 << 20
"""So many letters at most are looked at."""

_TITLE: Final = "certificate of erasure"
_LABELS: Final = (
    "certificate", "vault", "erased", "of family", "on", "by", "why", "records", "sealed files", "keys",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What one certificate says.

    Attributes:
        id: of the certificate itself.
        vault: from which vault it was erased.
        what: the film, or the family.
        family: the family; the same as `what` where all of it went.
        on: the day.
        by: the user who did it.
        reason: why.
        records, files, keys: how many went.
    """

    id: Id
    vault: Id
    what: Id
    family: Id
    on: date
    by: Id
    reason: str = field(repr=False)
    records: int
    files: int
    keys: int

    @property
    def of_family(self) -> bool:
        """Whether a whole family went."""
        return self.what == self.family


def read_certificates(text: str) -> tuple[Certificate, ...]:
    """What one certificate says, or several one after the other; each begins with its title.

    The facts are read, each on its line and all of them in their order; the sentences below them are for people, and
    may have been left out where it was typed. Line ends, blanks around and between, and blank lines do not matter; a
    reason may go over several lines.

    Args:
        text: as it was pasted, typed or read from a file.

    Raises:
        InvalidRecord: it is none, something comes before it, or one of its facts is missing or cannot be right.
    """
    lines = (
        [" ".join(line.split()) for line in text.removeprefix("\ufeff").splitlines()] if len(text) <= LONGEST else []
    )
    filled = [line for line in lines if line]
    if not filled or filled[0].casefold() != _TITLE:
        message = "this is no certificate of erasure"
        raise InvalidRecord(message, "paste all of it: it begins with the line “Certificate of erasure”")
    starts = [place for place, line in enumerate(filled) if line.casefold() == _TITLE]
    ends = [*starts[1:], len(filled)]
    return tuple(_certificate(filled[start + 1 : end]) for start, end in zip(starts, ends, strict=True))


def text_of_file(path: Path) -> str:
    """The text of a file that may hold certificates.

    Raises:
        InvalidRecord: it cannot be read, is longer than any certificate, or is no text.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LONGEST + 1)
        if len(data) <= LONGEST:
            return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        pass
    message = "that file is no text, or cannot be read"
    raise InvalidRecord(message, "choose the file of the certificate as it was saved, or paste its text")


def _certificate(lines: list[str]) -> Certificate:
    """One certificate, from the lines below its title."""
    said, rest = {}, iter(lines)
    line = next(rest, "")
    for place, label in enumerate(_LABELS):
        said[label] = _fact(line, label)
        line = next(rest, "")
        if label == "why":
            said[label], line = _to_its_end(said[label], line, rest, _LABELS[place + 1])
    kind, what = _two(said["erased"], "erased", ("film", "family"))
    _, by = _two(said["by"], "by", ("user",))
    family = _id(said["of family"], "of family")
    if (kind == "family") != (what == family):
        raise _wrong("erased")
    return Certificate(
        id=_id(said["certificate"], "certificate"),
        vault=_id(said["vault"], "vault"),
        what=what,
        family=family,
        on=_day(said["on"]),
        by=by,
        reason=said["why"],
        records=_number(said["records"], "records"),
        files=_number(said["sealed files"], "sealed files"),
        keys=_number(said["keys"], "keys"),
    )


def _fact(line: str, label: str) -> str:
    if not line.casefold().startswith(f"{label} "):
        raise _wrong(label)
    return line[len(label) :].strip()


def _to_its_end(begun: str, line: str, rest: Iterator[str], following: str) -> tuple[str, str]:
    """A reason with the lines that it was broken into, and the line that follows it."""
    parts = [begun]
    while line and not re.fullmatch(rf"{following} \d+", line, re.IGNORECASE | re.ASCII):
        parts.append(line)
        line = next(rest, "")
    return " ".join(parts), line


def _two(said: str, label: str, kinds: tuple[str, ...]) -> tuple[str, Id]:
    kind, _, name = said.casefold().partition(" ")
    if kind not in kinds:
        raise _wrong(label)
    return kind, _id(name, label)


def _id(said: str, label: str) -> Id:
    name = said.casefold()
    if not is_id(name):
        raise _wrong(label)
    return name


def _day(said: str) -> date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII) is None:
        raise _wrong("on")
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _wrong("on") from None


def _number(said: str, label: str) -> int:
    if re.fullmatch(r"\d{1,9}", said, re.ASCII) is None:
        raise _wrong(label)
    return int(said)


def _wrong(label: str) -> InvalidRecord:
    message = f"the line “{label}” of the certificate is missing, or something in it cannot be right"
    return InvalidRecord(message, "compare it with the paper, letter by letter; nothing was erased")
