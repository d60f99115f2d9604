"""The manifest of one backup: what belongs to it, byte for byte, signed by whoever made it.

It is a signed note, whose text has one fact a line:

    vigtool/backup/1
    vault <id>
    backup <id>
    made <time>
    keep <day>                        the last day on which it is to be kept
    records <size> <SHA-256>          of vault.db
    film <file> <size> <SHA-256>      of each sealed file that belongs to it, in the order of their names
    damaged <file>                    of those: was not whole in the vault already
    missing <file>                    was gone from the vault already, and is not here
    checkpoint <Base64>               a checkpoint of each copy's audit log, as it stands in vault.db
    erasures <Base64>                 what was erased from the vault and must not come back
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from vigtool.crypto.signing import Signer
from vigtool.errors import BackupDamaged
from vigtool.ids import Id, is_id
from vigtool.vault.moments import utc_text, utc_time
from vigtool.vault.signed_note import SignedNote, parse_note, sign_note

FIRST_LINE = "vigtool/backup/1"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: its size in bytes, and the SHA-256 of them, 32 bytes."""

    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What belongs to one backup.

    Attributes:
        films: sealed files by name.
        damaged: those of them that were not whole in the vault already.
        missing: sealed files that were gone from the vault already.
        checkpoints: signed notes, one for each copy of the vault.
        erasures: the signed list of what was erased, as `tombstones` writes it; may be empty.
    """

    vault: Id
    backup: Id
    made: datetime
    keep_until: date
    records: Part
    films: dict[Id, Part] = field(default_factory=dict, repr=False)
    damaged: tuple[Id, ...] = ()
    missing: tuple[Id, ...] = ()
    checkpoints: tuple[str, ...] = field(default=(), repr=False)
    erasures: bytes = field(default=b"", repr=False)

    @property
    def size(self) -> int:
        """Bytes of all that belongs to it."""
        return self.records.size + sum(part.size for part in self.films.values())

    def text(self) -> str:
        """What is signed."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield FIRST_LINE
        yield f"vault {self.vault}"
        yield f"backup {self.backup}"
        yield f"made {utc_text(self.made)}"
        yield f"keep {self.keep_until.isoformat()}"
        yield f"records {_part(self.records)}"
        yield from (f"film {file} {_part(part)}" for file, part in sorted(self.films.items()))
        yield from (f"damaged {file}" for file in sorted(self.damaged))
        yield from (f"missing {file}" for file in sorted(self.missing))
        yield from (f"checkpoint {base64.b64encode(note.encode()).decode()}" for note in self.checkpoints)
        if self.erasures:
            yield f"erasures {base64.b64encode(self.erasures).decode()}"

    def signed(self, user: Id, signer: Signer) -> str:
        """The manifest as it lies in its file."""
        return sign_note(self.text(), user, signer)


def parse_manifest(text: str) -> tuple[Manifest, SignedNote]:
    """What a manifest says, and its signature, which nobody has checked yet.

    Raises:
        BackupDamaged: it is none, or was changed so that it no longer reads as one.
    """
    note = parse_note(text)
    if note is None:
        raise _broken()
    try:
        manifest = _parsed(note.text)
    except (KeyError, ValueError, IndexError):
        raise _broken() from None
    if manifest.text() != note.text:
        raise _broken()
    return manifest, note


def _parsed(text: str) -> Manifest:
    first, *lines = text.splitlines()
    if first != FIRST_LINE:
        raise ValueError
    said: dict[str, list[list[str]]] = {}
    for line in lines:
        name, *words = line.split(" ")
        said.setdefault(name, []).append(words)
    return Manifest(
        vault=_id(said["vault"][0][0]),
        backup=_id(said["backup"][0][0]),
        made=utc_time(said["made"][0][0]),
        keep_until=date.fromisoformat(said["keep"][0][0]),
        records=_read_part(said["records"][0]),
        films={_id(words[0]): _read_part(words[1:]) for words in said.get("film", ())},
        damaged=tuple(_id(words[0]) for words in said.get("damaged", ())),
        missing=tuple(_id(words[0]) for words in said.get("missing", ())),
        checkpoints=tuple(_decoded(words[0]).decode() for words in said.get("checkpoint", ())),
        erasures=_decoded(said["erasures"][0][0]) if "erasures" in said else b"",
    )


def _part(part: Part) -> str:
    return f"{part.size} {part.sha256.hex()}"


def _read_part(words: list[str]) -> Part:
    size, sha256 = words
    if not _SIZE.fullmatch(size) or not _SHA256.fullmatch(sha256):
        raise ValueError
    return Part(int(size), bytes.fromhex(sha256))


def _id(word: str) -> Id:
    if not is_id(word):
        raise ValueError
    return word


def _decoded(word: str) -> bytes:
    try:
        return base64.b64decode(word, validate=True)
    except binascii.Error as error:
        raise ValueError from error


def _broken() -> BackupDamaged:
    message = "the manifest of this backup is not what was written"
    return BackupDamaged(message, "take another of the backups in the same place")
