"""Known answers: our own frozen vectors, and the public ones of C2SP/CCTV (see tests/vectors/cctv/NOTICE)."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK, chunk_nonce, payload_broken, payload_key
from vigtool.crypto.age.header import header_broken, mac_broken, read_header, write_header
from vigtool.crypto.age.identity import Identity, Passphrase
from vigtool.crypto.age.stanzas import no_match, unwrap
from vigtool.crypto.age.stream import AgeReader, seal_digest
from vigtool.errors import VigtoolError

VECTORS = Path(__file__).parent.parent / "vectors"

LOCKED, KEYED = [Passphrase("")], [Identity.generate()]
WHAT_IT_SAYS = {
    "header failure": {header_broken().message},
    "HMAC failure": {mac_broken().message},
    "payload failure": {payload_broken().message},
    "no match": {
        no_match(LOCKED, passphrase_asked=True).message,
        no_match(KEYED, passphrase_asked=False).message,
    },
}


@dataclass(frozen=True)
class Vector:
    """One file of the vectors."""

    name: str
    expect: str
    payload: str
    openers: tuple[Identity | Passphrase, ...]
    data: bytes


def read(name: str, content: bytes) -> Vector:
    """Read one: `key: value` lines, an empty line, the age file."""
    head, _, data = content.partition(b"\n\n")
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for line in head.decode().splitlines():
        key, _, value = line.partition(": ")
        fields[key].append(value)
    return Vector(
        name=name,
        expect=fields["expect"][0],
        payload="".join(fields["payload"]),
        openers=(*map(Identity.from_text, fields["identity"]), *map(Passphrase, fields["passphrase"])),
        data=zlib.decompress(data) if fields["compressed"] == ["zlib"] else data,
    )


def our_own() -> list[Vector]:
    files = sorted(file for file in (VECTORS / "age").iterdir() if not file.name.startswith("."))
    return [read(f"age-{file.name}", file.read_bytes()) for file in files]


def public() -> list[Vector]:
    with zipfile.ZipFile(VECTORS / "cctv" / "age.zip") as kept:
        return [read(f"cctv-{name}", kept.read(name)) for name in kept.namelist()]


OWN, PUBLIC = our_own(), public()


def released(vector: Vector) -> tuple[bytes, VigtoolError | None]:
    """All the plaintext that comes out of it, chunk by chunk, and how it ended."""
    plain = b""
    try:
        with AgeReader(io.BytesIO(vector.data), vector.openers) as reader:
            while piece := reader.read(CHUNK):
                plain += piece
    except VigtoolError as error:
        return plain, error
    return plain, None


def read_on(vector: Vector) -> bytes:
    """What a reader gives out that takes chunk after chunk until one is wrong; the vectors were made for such."""
    header = read_header(io.BytesIO(vector.data))
    payload = vector.data[len(header.raw) :]
    cipher = ChaCha20Poly1305(payload_key(unwrap(header, vector.openers), payload[:16]))
    plain = b""
    for index, at in enumerate(range(16, len(payload), SEALED_CHUNK)):
        sealed = payload[at : at + SEALED_CHUNK]
        for last in (True,) if len(sealed) < SEALED_CHUNK else (False, True):
            try:
                plain += cipher.decrypt(chunk_nonce(index, last=last), sealed, None)
            except InvalidTag:
                continue
            if last:
                return plain
            break
        else:
            return plain
    return plain


@pytest.mark.parametrize("vector", [*OWN, *PUBLIC], ids=lambda vector: vector.name)
def test_vector(vector: Vector) -> None:
    plain, error = released(vector)
    if vector.expect == "success":
        assert error is None
        assert hashlib.sha256(plain).hexdigest() == vector.payload
        return
    assert error is not None
    expected = WHAT_IT_SAYS[vector.expect]
    if "nonce" in vector.name:
        expected = expected | WHAT_IT_SAYS["payload failure"]  # the nonce is counted to the payload here
    assert error.message in expected
    if vector.expect == "payload failure":
        # We look at the end first and so give out no more, often less, than whoever reads on and on.
        authentic = read_on(vector)
        assert hashlib.sha256(authentic).hexdigest() == vector.payload
        assert authentic.startswith(plain)
    else:
        assert plain == b""


@pytest.mark.parametrize("vector", [*OWN, *PUBLIC], ids=lambda vector: vector.name)
def test_a_header_is_written_as_it_was_read(vector: Vector) -> None:
    """Reading takes only what writing gives: the bytes, and the MAC over them, come out the same."""
    if vector.expect not in {"success", "payload failure"}:
        return
    header = read_header(io.BytesIO(vector.data))
    file_key = unwrap(header, vector.openers)
    assert write_header(header.stanzas, file_key) == header.raw
    nonce = vector.data[len(header.raw) :][:16]
    assert seal_digest(io.BytesIO(vector.data)) == hashlib.sha256(header.raw + nonce).digest()


def test_all_vectors_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert Counter(vector.expect for vector in PUBLIC) == {
        "success": 19, "header failure": 60, "payload failure": 18, "HMAC failure": 1, "no match": 12
    }  # fmt: skip
    kinds = [vector.expect for vector in OWN]
    assert len(kinds) == 85
    assert set(kinds) == {"success", *WHAT_IT_SAYS}
    with capsys.disabled():
        print(f"\nage: {len(PUBLIC)} vectors of CCTV, {len(OWN)} of our own, unexpected 0")
