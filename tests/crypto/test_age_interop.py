"""Other people's age: pyrage (Rust) always, the `age` program where it is installed, typage where it is named."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest

from vigtool.crypto.age.identity import Identity, Passphrase
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.crypto.kem import KemKind

SIZES = [0, 1, 65519, 65520, 65535, 65536, 65537, 65552, 131071, 131072, 131073, 300_000]
"""Around the borders of chunks, with and without their tags."""
PLAIN = os.urandom(SIZES[-1])
CLASSIC, HYBRID = Identity.generate(KemKind.X25519), Identity.generate(KemKind.X_WING)
AGE = shutil.which("age")
TYPAGE = os.environ.get("VIGTOOL_TYPAGE")
SCRIPT = Path(__file__).parents[2] / "tools" / "typage_open.mjs"

needs_age = pytest.mark.skipif(AGE is None, reason="the `age` program is not installed (apt install age)")
needs_typage = pytest.mark.skipif(TYPAGE is None, reason="VIGTOOL_TYPAGE does not name a folder with age-encryption")


def sealed(plain: bytes, identity: Identity) -> bytes:
    out = io.BytesIO()
    with AgeWriter(out, [identity.recipient()]) as writer:
        writer.write(plain)
    return out.getvalue()


def opened(data: bytes, identity: Identity | Passphrase) -> bytes:
    with AgeReader(io.BytesIO(data), [identity]) as reader:
        return reader.read()


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_opens_ours_and_we_open_pyrages(size: int) -> None:
    plain = PLAIN[:size]
    assert pyrage.decrypt(sealed(plain, CLASSIC), [pyrage.x25519.Identity.from_str(CLASSIC.text())]) == plain
    theirs = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(CLASSIC.recipient().text())])
    assert opened(theirs, CLASSIC) == plain


def test_pyrage_opens_our_passphrase() -> None:
    words = Passphrase("six words that do not belong")
    out = io.BytesIO()
    with AgeWriter(out, [words]) as writer:
        writer.write(PLAIN)
    assert pyrage.passphrase.decrypt(out.getvalue(), words.text) == PLAIN


def test_pyrage_reads_our_texts() -> None:
    theirs = pyrage.x25519.Identity.from_str(CLASSIC.text())
    assert str(theirs) == CLASSIC.text()
    assert str(theirs.to_public()) == CLASSIC.recipient().text()


@needs_age
@pytest.mark.parametrize("size", SIZES)
def test_the_age_program_opens_ours_and_we_open_its(size: int, tmp_path: Path) -> None:
    assert AGE is not None
    plain, key, film = PLAIN[:size], tmp_path / "key.txt", tmp_path / "film.age"
    key.write_text(CLASSIC.text() + "\n")
    film.write_bytes(sealed(plain, CLASSIC))
    assert subprocess.run([AGE, "-d", "-i", key, film], capture_output=True, check=True).stdout == plain
    asked = [AGE, "-r", CLASSIC.recipient().text()]
    assert opened(subprocess.run(asked, input=plain, capture_output=True, check=True).stdout, CLASSIC) == plain


@needs_age
def test_the_age_program_refuses_what_we_refuse(tmp_path: Path) -> None:
    """So that the comparison above could fail."""
    assert AGE is not None
    key, film = tmp_path / "key.txt", tmp_path / "film.age"
    key.write_text(CLASSIC.text() + "\n")
    film.write_bytes(sealed(PLAIN, CLASSIC)[:-1])
    assert subprocess.run([AGE, "-d", "-i", key, film], capture_output=True, check=False).returncode != 0


@needs_typage
@pytest.mark.parametrize("identity", [CLASSIC, HYBRID], ids=["classic", "hybrid"])
@pytest.mark.parametrize("size", SIZES)
def test_typage_opens_ours_and_we_open_its(size: int, identity: Identity, tmp_path: Path) -> None:
    """The witness for the post-quantum kind."""
    plain, key, film = PLAIN[:size], tmp_path / "key.txt", tmp_path / "film"
    key.write_text(identity.text() + "\n")
    film.write_bytes(sealed(plain, identity))
    node = ["node", str(SCRIPT)]
    assert subprocess.run([*node, film, key], capture_output=True, check=True).stdout == plain
    film.write_bytes(plain)
    theirs = subprocess.run([*node, "--seal", film, key], capture_output=True, check=True).stdout
    assert opened(theirs, identity) == plain
