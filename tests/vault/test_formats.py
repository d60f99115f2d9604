"""Another programmer's reader, written from docs/formats.md alone, reads the vault that is kept as a vector.

Nothing of the program is imported in the first part of this file: only `cryptography` and SQLite.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ROOT = Path(__file__).parent.parent
VECTOR = ROOT / "vectors" / "vault-1"
X_WING = 0x647A


def cbor(data: bytes) -> Any:
    """One CBOR item of the few sorts that the format uses."""
    value, rest = _cbor(data)
    assert rest == b""
    return value


def _cbor(data: bytes) -> tuple[Any, bytes]:
    major, small = data[0] >> 5, data[0] & 31
    data = data[1:]
    number = small
    if 24 <= small <= 27 and major != 7:
        width = 1 << small - 24
        number, data = int.from_bytes(data[:width], "big"), data[width:]
    if major in (0, 1):
        return (number if major == 0 else -1 - number), data
    if major in (2, 3):
        part, data = data[:number], data[number:]
        return (part if major == 2 else part.decode("utf-8")), data
    if major == 4:
        items = []
        for _ in range(number):
            item, data = _cbor(data)
            items.append(item)
        return items, data
    if major == 5:
        pairs = {}
        for _ in range(number):
            key, data = _cbor(data)
            pairs[key], data = _cbor(data)
        return pairs, data
    if major == 6:
        value, data = _cbor(data)
        assert number in (2, 3), "bignums"
        whole = int.from_bytes(value, "big")
        return (whole if number == 2 else -1 - whole), data
    return {20: False, 21: True, 22: None}[small], data


def hkdf(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def open_hpke(kind: int, seed: bytes, sealed: bytes, info: bytes) -> bytes:
    if kind == X_WING:
        expanded = hashlib.shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        key: Any = hpke.MLKEM768X25519PrivateKey(mlkem, X25519PrivateKey.from_private_bytes(expanded[64:]))
        kem = hpke.KEM.MLKEM768_X25519
    else:
        key, kem = X25519PrivateKey.from_private_bytes(seed), hpke.KEM.X25519
    suite = hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    return suite.decrypt(sealed, key, info=info)


def u(value: int, width: int) -> bytes:
    return value.to_bytes(width // 8, "big")


class Reader:
    """Reads a vault of format 1."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder = folder
        self.db = sqlite3.connect(folder / "vault.db")
        self.db.row_factory = sqlite3.Row
        assert self.db.execute("PRAGMA application_id").fetchone()[0] == 0x56494731
        (row,) = self.db.execute("SELECT * FROM vault")
        assert row["format"] == 1
        self.vault = row["vault"]
        self.cards = {card["user_id"]: card for card in self.db.execute("SELECT * FROM user_card")}
        self._unlock(passphrase)
        self.roots = dict(self._grants())

    def _unlock(self, passphrase: str) -> None:
        (slot,) = self.db.execute("SELECT * FROM keyslot WHERE kind = 1")
        kdf = cbor(slot["kdf"])
        assert kdf["alg"] == "argon2id-13"
        stretched = Argon2id(
            salt=kdf["salt"], length=64, iterations=kdf["t"], lanes=kdf["p"], memory_cost=kdf["m"]
        ).derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))
        assert stretched[32:] == slot["commitment"], "wrong passphrase"
        bound = b"vig/slot/1\0" + self.vault + slot["user_id"] + slot["slot"] + u(slot["kind"], 16) + slot["kdf"]
        nonce, sealed, check = slot["wrapped"][:12], slot["wrapped"][12:-8], slot["wrapped"][-8:]
        summed = b"vig/slot-sum/1\0" + bound + slot["commitment"] + nonce + sealed
        assert hashlib.sha256(summed).digest()[:8] == check
        self.secret = cbor(AESGCM(stretched[:32]).decrypt(nonce, sealed, bound))
        self.user = slot["user_id"]
        card = self.cards[self.user]
        public = Ed25519PrivateKey.from_private_bytes(self.secret["sig_seed"]).public_key()
        assert public.public_bytes_raw() == card["sig_public"]
        statement = b"vig/card/1\0" + self.vault + self.user + u(card["kem_kind"], 16)
        public.verify(card["signature"], statement + card["sig_public"] + card["kem_public"])

    def _grants(self) -> Iterator[tuple[tuple[bytes, int], tuple[int, bytes]]]:
        for grant in self.db.execute("SELECT * FROM domain_grant WHERE user_id = ?", (self.user,)):
            info = (
                b"vig/grant/1\0" + self.vault + grant["domain"] + u(grant["epoch"], 32) + grant["user_id"]
                + grant["granter"] + u(grant["role"], 16) + u(self.secret["kem"], 16)
            )  # fmt: skip
            self._key_of(grant["granter"]).verify(grant["signature"], b"vig/grant-sig/1\0" + info + grant["enc"])
            inner = open_hpke(self.secret["kem"], self.secret["kem_seed"], grant["enc"], info)
            yield (grant["domain"], grant["epoch"]), (int.from_bytes(inner[:2], "big"), inner[2:])

    def _key_of(self, user: bytes) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.cards[user]["sig_public"])

    def open(self, row: sqlite3.Row) -> dict[str, Any]:
        """The statement of one revision."""
        sealed = row["sealed"]
        assert hashlib.sha256(sealed).digest() == row["digest"]
        assert sealed[:2] == b"\1\1"
        epoch, nonce = int.from_bytes(sealed[2:6], "big"), sealed[6:18]
        clear = (
            b"vig/item/1\0" + self.vault + u(row["kind"], 16) + row["domain"] + row["parent"] + row["owner"]
            + row["id"] + u(row["revision"], 64) + row["device"] + row["previous"]
        )  # fmt: skip
        assert len(clear) == 149
        key = hkdf(self.roots[row["domain"], epoch][1], b"vig/1/item")
        padded = AESGCM(key).decrypt(nonce, sealed[18:], clear + sealed[:6])
        statement, signature = cbor(unpad(padded))
        said: dict[str, Any] = cbor(statement)
        self._key_of(said["writer"]).verify(signature, b"vig/revision/1\0" + clear + statement)
        return said

    def heads(self) -> Iterator[tuple[sqlite3.Row, dict[str, Any]]]:
        """The newest revisions, worked out without the table of heads."""
        rows = self.db.execute("SELECT * FROM revision").fetchall()
        replaced = {(row["id"], row["previous"]) for row in rows}
        for row in rows:
            if (row["id"], row["digest"]) not in replaced:
                yield row, self.open(row)

    def film(self, family: bytes, footage: dict[str, Any]) -> bytes:
        """The bytes of a film."""
        name = footage["file"].hex()
        data = (self.folder / "footage" / name[:2] / f"{name}.age").read_bytes()
        assert len(data) == footage["sealed_size"]
        (row,) = self.db.execute("SELECT * FROM footage WHERE file = ?", (footage["file"],))
        assert (row["domain"], row["state"], row["sealed_size"]) == (family, 2, len(data))
        kind, root = self.roots[family, row["epoch"]]
        assert kind == X_WING
        header_end = data.index(b"\n", data.index(b"\n--- ") + 1) + 1
        assert hashlib.sha256(data[: header_end + 16]).digest() == footage["seal_digest"]
        return open_age(data, header_end, hkdf(root, b"vig/1/media-age"))


def unpad(padded: bytes) -> bytes:
    body = padded.rstrip(b"\0")
    assert body[-1:] == b"\x80"
    length = len(body)
    if length <= 1024:
        assert len(padded) == -(-length // 64) * 64
    else:
        e = length.bit_length() - 1
        zero = e - (e.bit_length())
        assert len(padded) == -(-length // (1 << zero)) * (1 << zero)
    return body[:-1]


def open_age(data: bytes, header_end: int, seed: bytes) -> bytes:
    """An age file with one mlkem768x25519 stanza, as C2SP age.md has it."""
    lines = data[:header_end].split(b"\n")
    assert lines[0] == b"age-encryption.org/v1"
    arrow, kind, enc = lines[1].split(b" ")
    assert (arrow, kind) == (b"->", b"mlkem768x25519")
    body, end = base64_of(lines[2]), lines[3]
    file_key = open_hpke(X_WING, seed, base64_of(enc) + body, b"age-encryption.org/mlkem768x25519")
    mac = hmac.HMAC(hkdf(file_key, b"header"), hashes.SHA256())
    mac.update(data[: data.index(b"\n--- ") + 4])
    mac.verify(base64_of(end.removeprefix(b"--- ")))
    nonce, payload = data[header_end : header_end + 16], data[header_end + 16 :]
    cipher = ChaCha20Poly1305(hkdf(file_key, b"payload", nonce))
    chunks = [payload[at : at + 65552] for at in range(0, len(payload), 65552)]
    return b"".join(
        cipher.decrypt(index.to_bytes(11, "big") + bytes([index == len(chunks) - 1]), chunk, None)
        for index, chunk in enumerate(chunks)
    )


def base64_of(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def plain(value: Any) -> Any:
    """As the expectation says it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def has_ml_kem() -> bool:
    try:
        MLKEM768PrivateKey.generate()
    except UnsupportedAlgorithm:
        return False
    return True


needs_ml_kem = pytest.mark.skipif(not has_ml_kem(), reason="the vector is sealed with X-Wing")
expected = json.loads((VECTOR / "expected.json").read_text(encoding="ascii"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the vector."""
    return Path(shutil.copytree(VECTOR / "vault", tmp_path / "vault"))


@needs_ml_kem
def test_a_reader_written_from_the_page_reads_the_vector(kept: Path) -> None:
    reader = Reader(kept, expected["passphrase"])
    assert reader.vault.hex() == expected["vault"]
    assert reader.user.hex() == expected["user"]
    found, removed = {}, []
    for row, said in reader.heads():
        if said["removed"]:
            removed.append(row["id"].hex())
            continue
        found[row["id"].hex()] = {
            "kind": row["kind"],
            "revision": row["revision"],
            "domain": row["domain"].hex(),
            "parent": row["parent"].hex(),
            "owner": row["owner"].hex(),
            "created": said["created"],
            "edited": said["edited"],
            "record": plain(said["record"]),
        }
    assert removed == expected["removed"]
    assert found == expected["heads"]
    hint = {row["n"] for row in reader.db.execute("SELECT n FROM head")}
    assert hint == {row["n"] for row, _ in reader.heads()}
    reader.db.close()


@needs_ml_kem
def test_a_reader_written_from_the_page_opens_the_film(kept: Path) -> None:
    reader = Reader(kept, expected["passphrase"])
    (film,) = [(row, said["record"]) for row, said in reader.heads() if row["kind"] == 6]
    data = reader.film(film[0]["domain"], film[1]["footage"])
    assert hashlib.sha256(data).hexdigest() == expected["film_sha256"] == film[1]["footage"]["sha256"].hex()
    assert len(data) == film[1]["footage"]["size"]
    reader.db.close()


@needs_ml_kem
def test_the_program_reads_the_vector(kept: Path) -> None:
    from vigtool.casework.film import Film
    from vigtool.vault import footage, payload
    from vigtool.vault.kinds import KINDS
    from vigtool.vault.moments import utc_text
    from vigtool.vault.vault import Vault
    from vigtool.vault.verify import verify

    with Vault.open(kept, expected["passphrase"]) as vault:
        assert (vault.vault_id, vault.user_id, vault.upgraded) == (expected["vault"], expected["user"], True)
        found = {}
        for kind in KINDS:
            stored_of_kind: list[Any] = vault.all(kind.cls)
            # The vector is never made again: what was added to the format since is not in it.
            assert stored_of_kind or kind.number > 14, f"the vector has a {kind.cls.__name__}"
            for stored in stored_of_kind:
                found[stored.id] = {
                    "kind": stored.kind,
                    "revision": stored.revision,
                    "domain": stored.domain,
                    "parent": stored.parent,
                    "owner": stored.owner,
                    "created": utc_text(stored.created),
                    "edited": utc_text(stored.edited),
                    "record": plain(payload.to_map(stored.value, kind.schema)),
                }
        # What was added to a kind since has the value that says nothing; the vector does not know it.
        for identity, head in expected["heads"].items():
            record = found[identity]["record"]
            added = {name: record.pop(name) for name in record.keys() - head["record"].keys()}
            assert all(value in ("", 0, None, []) for value in added.values()), identity
            record["schema"] = head["record"]["schema"]
        assert found == expected["heads"]
        (film,) = vault.all(Film)
        with footage.opener(vault, film.value.footage, film.domain)() as opened:
            assert hashlib.sha256(opened.read()).hexdigest() == expected["film_sha256"]
        assert footage.footage_identity(vault, film.domain) == expected["film_identity"]
        assert verify(vault, lambda *_: None, lambda: False) == []


def test_the_vector_is_small() -> None:
    assert sum(file.stat().st_size for file in VECTOR.rglob("*") if file.is_file()) < 300_000


PAGE = (ROOT.parent / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_page_names_every_field_of_every_kind() -> None:
    from dataclasses import fields

    from vigtool.annotate.reel import Caption, Clip
    from vigtool.casework.film import FilmSound, SealedFootage
    from vigtool.vault.kinds import KINDS

    sections = dict(re.findall(r"^\*\*(\d+) [a-z ]+\*\* – (.*?)(?=^\*\*\d+ |^## )", PAGE, re.DOTALL | re.MULTILINE))
    assert {int(number) for number in sections} == {kind.number for kind in KINDS}
    inside = {6: (SealedFootage, FilmSound), 9: (Clip, Caption)}
    for kind in KINDS:
        told = set(re.findall(r"`([a-z_0-9]+)`", sections[str(kind.number)]))
        known = {field.name for cls in (kind.cls, *inside.get(kind.number, ())) for field in fields(cls)}
        assert known <= told, kind.cls.__name__
        assert told - known <= {"footage", "sound"}, kind.cls.__name__


def test_the_page_names_every_word_of_every_list() -> None:
    from vigtool.annotate.mark import Lane
    from vigtool.casework.consent import Answer, Scope
    from vigtool.casework.copy import CopyKind, CopyOutcome, ExitState
    from vigtool.casework.disclosure import Basis
    from vigtool.casework.family import Role
    from vigtool.casework.film import FilmKind
    from vigtool.casework.film_pair import PairedBy
    from vigtool.casework.session import SessionKind

    flat = " ".join(PAGE.split())
    for words in (Lane, Answer, Scope, CopyKind, ExitState, Role, FilmKind, SessionKind, PairedBy, Basis, CopyOutcome):
        assert ", ".join(member.value for member in words) in flat, words


def test_the_page_names_every_table_and_column() -> None:
    from vigtool.vault.schema import metadata

    for table in metadata.tables.values():
        section = PAGE.split(f"**{table.name}** –", 1)[1].split("\n**", 1)[0]
        for column in table.columns:
            assert re.search(rf"\b{column.name}\b", section), f"{table.name}.{column.name}"
            width = getattr(column.type, "length", None)
            assert width is None or str(width) in section
