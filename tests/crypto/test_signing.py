"""Signatures: known answers of RFC 8032, and that nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto.signing import Signer, verify

# RFC 8032, 7.1: seed, public key, message, signature.
KNOWN = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), KNOWN)
def test_known_answers(seed: str, public: str, message: str, signature: str) -> None:
    signer = Signer(bytes.fromhex(seed))
    assert signer.public.hex() == public
    assert signer.sign(bytes.fromhex(message)).hex() == signature
    assert verify(signer.public, bytes.fromhex(signature), bytes.fromhex(message))


def test_one_bit_anywhere_makes_it_wrong() -> None:
    signer = Signer(bytes(range(32)))
    signature = signer.sign(b"said")
    for at in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[at // 8] ^= 1 << at % 8
        assert not verify(signer.public, bytes(changed), b"said")
    assert not verify(signer.public, signature, b"sald")
    assert not verify(Signer(bytes(32)).public, signature, b"said")


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_bytes_are_at_worst_a_wrong_signature(public: bytes, signature: bytes) -> None:
    assert not verify(public, signature, b"said")


def test_a_signer_shows_nothing_of_its_seed() -> None:
    seed = bytes(range(32))
    assert seed.hex() not in repr(Signer(seed))
    assert not hasattr(Signer(seed), "__dict__")
