"""Another programmer's reader of vaults, written from docs/formats.md alone.

Nothing of the program is imported here: only `cryptography`, SQLite, and the word list of BIP 39.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

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
    """Reads a vault of format 1, or what format 2 has in common with it."""

    def __init__(self, folder: Path, passphrase: str, user: bytes | None = None) -> None:
        self.folder = folder
        self.db = sqlite3.connect(folder / "vault.db")
        self.db.row_factory = sqlite3.Row
        assert self.db.execute("PRAGMA application_id").fetchone()[0] == 0x56494731
        (row,) = self.db.execute("SELECT * FROM vault")
        assert row["format"] in (1, 2)
        self.vault = row["vault"]
        self.cards = {card["user_id"]: card for card in self.db.execute("SELECT * FROM user_card")}
        self._unlock(passphrase, user)
        self.roots = dict(self._grants())

    def _unlock(self, passphrase: str, user: bytes | None) -> None:
        slots = self.db.execute("SELECT * FROM keyslot WHERE kind = 1").fetchall()
        (slot,) = [slot for slot in slots if user in (None, slot["user_id"])]
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
        public.verify(card["signature"], self._statement(card))

    def _statement(self, card: sqlite3.Row) -> bytes:
        head: bytes = b"vig/card/1\0" + self.vault + card["user_id"] + u(card["kem_kind"], 16)
        signed: bytes = head + card["sig_public"] + card["kem_public"]
        return signed

    def card_text(self, user: bytes) -> str:
        """What the QR code of a card holds."""
        digest = hashlib.sha256(b"vig/card-words/1\0" + self._statement(self.cards[user])).digest()
        return f"VIG-CARD:1:{user.hex().upper()}:{digest.hex().upper()}"

    def card_words(self, user: bytes) -> tuple[str, ...]:
        """The six words of a card."""
        bits = f"{int(self.card_text(user).rsplit(':', 1)[1], 16):0256b}"
        listed = Mnemonic("english").wordlist
        return tuple(listed[int(bits[at : at + 11], 2)] for at in range(0, 66, 11))

    def _grants(self) -> Iterator[tuple[tuple[bytes, int], tuple[int, bytes]]]:
        for grant in self.db.execute("SELECT * FROM domain_grant WHERE user_id = ? AND role = 1", (self.user,)):
            info = (
                b"vig/grant/1\0" + self.vault + grant["domain"] + u(grant["epoch"], 32) + grant["user_id"]
                + grant["granter"] + u(grant["role"], 16) + u(self.secret["kem"], 16)
            )  # fmt: skip
            self._key_of(grant["granter"]).verify(grant["signature"], b"vig/grant-sig/1\0" + info + grant["enc"])
            sealed, proof = grant["enc"][:1170], grant["enc"][1170:]  # X-Wing's; an older grant has no proof
            inner = open_hpke(self.secret["kem"], self.secret["kem_seed"], sealed, info)
            assert proof in (b"", hkdf(inner[2:], b"vig/1/grant-proof\0" + info))
            yield (grant["domain"], grant["epoch"]), (int.from_bytes(inner[:2], "big"), inner[2:])

    def _key_of(self, user: bytes) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.cards[user]["sig_public"])

    def open(self, row: sqlite3.Row) -> dict[str, Any]:
        """The statement of one revision."""
        sealed = row["sealed"]
        assert sealed[:2] == b"\1\1"
        epoch, nonce = int.from_bytes(sealed[2:6], "big"), sealed[6:18]
        clear = (
            b"vig/item/1\0" + self.vault + u(row["kind"], 16) + row["domain"] + row["parent"] + row["owner"]
            + row["id"] + u(row["revision"], 64) + row["device"] + row["previous"]
        )  # fmt: skip
        assert len(clear) == 149
        key = hkdf(self.roots[row["domain"], epoch][1], b"vig/1/item")
        padded = AESGCM(key).decrypt(nonce, sealed[18:], clear + sealed[:6])
        statement, signature, *name = cbor(unpad(padded))
        assert row["digest"] == (name[0] if name else hashlib.sha256(sealed).digest())
        said: dict[str, Any] = cbor(statement)
        self._key_of(said["writer"]).verify(signature, b"vig/revision/1\0" + clear + statement)
        return said

    def heads(self) -> Iterator[tuple[sqlite3.Row, dict[str, Any]]]:
        """The newest revisions, worked out without the table of heads."""
        rows = self.db.execute("SELECT * FROM revision").fetchall()
        replaced = {(row["id"], row["previous"]) for row in rows}
        for row in rows:
            held = (row["domain"], int.from_bytes(row["sealed"][2:6], "big")) in self.roots
            if held and (row["id"], row["digest"]) not in replaced:
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
