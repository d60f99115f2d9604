"""Age files for tests: sealed in memory under a key of their own."""

from __future__ import annotations

import io
import os

from vigtool.crypto.age.chunks import CHUNK
from vigtool.crypto.age.header import read_header
from vigtool.crypto.age.identity import Identity, Passphrase
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.crypto.kem import KemKind

BOTH = [KemKind.X25519, KemKind.X_WING]
MINE = Identity.generate(KemKind.X25519)
FILM = os.urandom(3 * CHUNK + 777)


def sealed(plain: bytes, identity: Identity | Passphrase = MINE) -> bytes:
    out = io.BytesIO()
    with AgeWriter(out, [identity.recipient() if isinstance(identity, Identity) else identity]) as writer:
        writer.write(plain)
    return out.getvalue()


def opened(data: bytes, identity: Identity | Passphrase = MINE) -> AgeReader:
    return AgeReader(io.BytesIO(data), [identity])


SEALED_FILM = sealed(FILM)
HEADER_SIZE = len(read_header(io.BytesIO(SEALED_FILM)).raw)
