"""The adversarial vectors of Wycheproof, through the vault's own functions; see tests/vectors/wycheproof/NOTICE."""

from __future__ import annotations

import hmac
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vigtool.crypto import aead, kem
from vigtool.crypto.age.header import Header, Stanza, encode_base64, read_header, write_header
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stanzas import unwrap
from vigtool.crypto.derive import DERIVED_SIZE, derive
from vigtool.crypto.kem import KemKind
from vigtool.crypto.signing import verify
from vigtool.errors import SealBroken

FOLDER = Path(__file__).parent.parent / "vectors" / "wycheproof"
FILE_KEY = bytes(range(16))


@dataclass(frozen=True)
class Case:
    """One vector."""

    id: int
    result: str
    comment: str
    fields: dict[str, Any]

    def __getitem__(self, name: str) -> bytes:
        return bytes.fromhex(self.fields[name])


def load(name: str) -> list[Case]:
    first, *lines = (FOLDER / f"{name}.jsonl").read_text(encoding="ascii").splitlines()
    names = json.loads(first)[3:]
    tests = [json.loads(line) for line in lines]
    return [Case(test[0], test[1], test[2], dict(zip(names, test[3:], strict=True))) for test in tests]


def told(name: str, counts: Counter[str], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nWycheproof {name}: {dict(counts)}, unexpected 0")


def test_aes_gcm(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for test in load("aes_gcm"):
        asked = (test["key"], test["iv"])
        sealed = test["ct"] + test["tag"]
        if (len(asked[0]), len(asked[1])) != (32, 12):
            with pytest.raises(ValueError, match="a key has 32 bytes and a nonce 12"):
                aead.open_aes(*asked, sealed, test["aad"])
            with pytest.raises(ValueError, match="a key has 32 bytes and a nonce 12"):
                aead.seal_aes(*asked, test["msg"], test["aad"])
            counts["another length: refused"] += 1
        elif test.result == "valid":
            assert aead.open_aes(*asked, sealed, test["aad"]) == test["msg"], test
            assert aead.seal_aes(*asked, test["msg"], test["aad"]) == sealed, test
            counts["opened and sealed"] += 1
        else:
            with pytest.raises(aead.InvalidTag):
                aead.open_aes(*asked, sealed, test["aad"])
            counts["refused"] += 1
    assert counts == {"opened and sealed": 39, "refused": 27, "another length: refused": 44}
    told("AES-256-GCM", counts, capsys)


def test_chacha20_poly1305(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for test in load("chacha20_poly1305"):
        cipher, sealed = aead.ChaCha(test["key"]), test["ct"] + test["tag"]
        if len(test["iv"]) != 12:
            with pytest.raises(ValueError, match="12 bytes"):
                cipher.open(test["iv"], sealed, test["aad"])
            counts["another length: refused"] += 1
        elif test.result == "valid":
            assert cipher.open(test["iv"], sealed, test["aad"]) == test["msg"], test
            assert cipher.seal(test["iv"], test["msg"], test["aad"]) == sealed, test
            counts["opened and sealed"] += 1
        else:
            with pytest.raises(aead.InvalidTag):
                cipher.open(test["iv"], sealed, test["aad"])
            counts["refused"] += 1
    assert counts == {"opened and sealed": 256, "refused": 60, "another length: refused": 9}
    told("ChaCha20-Poly1305", counts, capsys)


def test_hkdf_sha256(capsys: pytest.CaptureFixture[str]) -> None:
    """Each output of HKDF is a beginning of the longer ones, so those of any length say what 32 bytes must be."""
    counts: Counter[str] = Counter()
    for test in load("hkdf_sha256"):
        size = test.fields["size"]
        if test.result == "invalid":
            assert size > 255 * 32, "more than HKDF has; 32 bytes are all that is ever asked of it here"
            counts["too long to be asked"] += 1
            continue
        made = derive(test["ikm"], test["info"], test["salt"])
        assert len(made) == DERIVED_SIZE
        shared = min(size, DERIVED_SIZE)
        assert made[:shared] == test["okm"][:shared], test
        counts["derived"] += 1
    assert counts == {"derived": 83, "too long to be asked": 3}
    told("HKDF-SHA256", counts, capsys)


def test_ed25519(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for test in load("ed25519"):
        assert verify(test["publicKey"], test["sig"], test["msg"]) == (test.result == "valid"), test
        counts["accepted" if test.result == "valid" else "refused"] += 1
    assert counts == {"accepted": 88, "refused": 63}
    told("Ed25519", counts, capsys)


def test_x25519(capsys: pytest.CaptureFixture[str]) -> None:
    """Age's stanza and HPKE's grant, built here from the vector's shared secret, are opened by what opens ours."""
    counts: Counter[str] = Counter()
    for test in load("x25519"):
        private, share, shared = test["private"], test["public"], test["shared"]
        header = header_of(private, share, shared)
        sealed = share + hpke_sealed(private, share, shared)
        if not any(shared):
            assert kem.leads_nowhere(KemKind.X25519, private, share)
            with pytest.raises(SealBroken):
                opened(header, private)
            with pytest.raises(SealBroken):
                granted(sealed, private)
            counts["leads nowhere: refused"] += 1
            continue
        assert not kem.leads_nowhere(KemKind.X25519, private, share)
        assert opened(header, private) == FILE_KEY, test
        assert granted(sealed, private) == b"a root key", test
        counts["opened"] += 1
    assert counts == {"opened": 487, "leads nowhere: refused": 31}
    told("X25519 (stanza and HPKE)", counts, capsys)


def opened(header: Header, private: bytes) -> bytes:
    return unwrap(header, [Identity(KemKind.X25519, private)])


def granted(sealed: bytes, private: bytes) -> bytes:
    return kem.unseal(KemKind.X25519, private, sealed, b"vig/test")


def header_of(private: bytes, share: bytes, shared: bytes) -> Header:
    """Age's header with one X25519 stanza, made from the shared secret."""
    salt = share + public_of(private)
    prk = hmac.digest(salt, shared, "sha256")
    wrap = hmac.digest(prk, b"age-encryption.org/v1/X25519\x01", "sha256")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), FILE_KEY, None)
    return read_header(io.BytesIO(write_header([Stanza(("X25519", encode_base64(share)), body)], FILE_KEY)))


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def hpke_sealed(private: bytes, share: bytes, shared: bytes) -> bytes:
    """RFC 9180, base mode, from the Diffie-Hellman secret on: 4.1 (ExtractAndExpand), 5.1 (key schedule)."""
    suite = b"HPKE\x00\x20\x00\x01\x00\x03"
    prk = extract(b"KEM\x00\x20", b"", b"eae_prk", shared)
    secret = expand(b"KEM\x00\x20", prk, b"shared_secret", share + public_of(private), 32)
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", b"vig/test")
    scheduled = extract(suite, secret, b"secret", b"")
    key, nonce = (expand(suite, scheduled, label, context, size) for label, size in ((b"key", 32), (b"base_nonce", 12)))
    return ChaCha20Poly1305(key).encrypt(nonce, b"a root key", None)


def extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, size: int) -> bytes:
    return hmac.digest(prk, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\1", "sha256")[:size]


def test_the_licence_goes_with_them() -> None:
    assert b"Apache License" in (FOLDER / "LICENSE").read_bytes()
    assert "Apache License" in (FOLDER / "NOTICE").read_text(encoding="ascii")
