"""The header of an age file: strict reading, and writing. Source: C2SP age.md, "Header".

    age-encryption.org/v1
    -> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE
    qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E
    --- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s

Reading is strict so that there is one way, and only one, to write what is read: no other base64, no other line ends, no
space too many. A reader that is generous here accepts headers that another reads differently, and then the MAC, which
covers the bytes as they stand, no longer says what both agree on.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from vigtool.crypto.derive import derive
from vigtool.errors import SealBroken

MOST_HEADER_BYTES = 256 * 1024
"""A header is read whole before anything in it is authentic. This is room for 150 post-quantum recipients."""

_INTRO = b"age-encryption.org/"
_VERSION = b"age-encryption.org/v1"
_STANZA = b"-> "
_END = b"---"
_COLUMNS = 64
_BLOCK = 4096
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")
_MAC_SIZE = 32


@dataclass(frozen=True, slots=True)
class Stanza:
    """The file key, wrapped for one recipient.

    Attributes:
        args: what kind it is, and what that kind needs. None is empty; all are visible ASCII.
        body: the wrapped key.
    """

    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was well written. Only `check_mac` shows whether it is authentic.

    Attributes:
        raw: all of its bytes; the payload follows.
        stanzas: at least one.
        covered: what the MAC covers: everything up to the three dashes, and these.
        mac: 32 bytes.
    """

    raw: bytes
    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes


def encode_base64(data: bytes) -> str:
    """Base64 (RFC 4648, section 4) without padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64(text: str) -> bytes:
    """What `encode_base64` wrote, and nothing that it would not have written.

    Raises:
        SealBroken: padding, a foreign character, or bits that are left over and not zero.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise header_broken() from error
    if encode_base64(data) != text:
        raise header_broken()
    return data


def read_header(source: BinaryIO) -> Header:
    """Read the header from the start of `source`. Where `source` stands afterwards is open.

    Raises:
        SealBroken: there is none, or it is not well written.
    """
    source.seek(0)
    data = b""
    while len(data) <= MOST_HEADER_BYTES:
        block = source.read(_BLOCK)
        data += block
        if not data.startswith(_INTRO[: len(data)]):
            break
        dashes = data.find(b"\n" + _END)
        end = data.find(b"\n", dashes + 1) + 1 if dashes >= 0 else 0
        if end:
            return parse_header(data[:end])
        if not block:
            break
    raise header_broken()


def parse_header(raw: bytes) -> Header:
    """Take a header apart.

    Raises:
        SealBroken: it is not exactly as the format asks.
    """
    lines = raw.split(b"\n")
    if len(lines) < 2 or lines.pop() or lines[0] != _VERSION:
        raise header_broken()
    last = lines.pop()
    if not last.startswith(_END + b" "):
        raise header_broken()
    mac = decode_base64(_ascii(last[len(_END) + 1 :]))
    stanzas = _parse_stanzas(lines[1:])
    if not stanzas or len(mac) != _MAC_SIZE:
        raise header_broken()
    return Header(raw, tuple(stanzas), raw[: len(raw) - len(last) - 1] + _END, mac)


def write_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """The bytes of a header around `stanzas`, with its MAC."""
    lines = [_VERSION]
    for stanza in stanzas:
        body = encode_base64(stanza.body).encode("ascii")
        lines.append(_STANZA + " ".join(stanza.args).encode("ascii"))
        # The last line is shorter than a full one, empty if need be: it is how a reader sees the end of a body.
        lines += [body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS)]
    covered = b"\n".join([*lines, _END])
    mac = _mac(file_key, covered).finalize()
    return covered + b" " + encode_base64(mac).encode("ascii") + b"\n"


def check_mac(header: Header, file_key: bytes) -> None:
    """Whether whoever knew `file_key` wrote this header; in constant time.

    Raises:
        SealBroken: it was changed.
    """
    try:
        _mac(file_key, header.covered).verify(header.mac)
    except InvalidSignature as error:
        raise mac_broken() from error


def header_broken() -> SealBroken:
    """The header is not well written."""
    return SealBroken("this is no sealed file, or its beginning was changed", "Bring it back from a copy of the vault.")


def mac_broken() -> SealBroken:
    """The header was changed by somebody who did not know the file key."""
    return SealBroken("the beginning of a sealed file was changed", "Bring it back from a copy of the vault.")


def _mac(file_key: bytes, covered: bytes) -> HMAC:
    mac = HMAC(derive(file_key, b"header"), SHA256())
    mac.update(covered)
    return mac


def _parse_stanzas(lines: list[bytes]) -> list[Stanza]:
    stanzas = []
    rest = iter(lines)
    for line in rest:
        if not line.startswith(_STANZA):
            raise header_broken()
        args = line[len(_STANZA) :].split(b" ")
        if not all(_ARGUMENT.fullmatch(arg) for arg in args):
            raise header_broken()
        stanzas.append(Stanza(tuple(_ascii(arg) for arg in args), _parse_body(rest)))
    return stanzas


def _parse_body(rest: Iterator[bytes]) -> bytes:
    """A body's lines: full ones, then one that is shorter."""
    text = b""
    for line in rest:
        text += line
        if len(line) > _COLUMNS:
            break
        if len(line) < _COLUMNS:
            return decode_base64(_ascii(text))
    raise header_broken()


def _ascii(text: bytes) -> str:
    try:
        return text.decode("ascii")
    except UnicodeDecodeError as error:
        raise header_broken() from error
