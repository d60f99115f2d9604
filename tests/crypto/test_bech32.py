"""The texts of age keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto.age import bech32
from vigtool.crypto.age.identity import Identity, Recipient
from vigtool.crypto.kem import KemKind
from vigtool.errors import UsageError

# C2SP age.md, "Native recipient types".
CLASSIC = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
CLASSIC_PUBLIC = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
HYBRID = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
HYBRID_PUBLIC_START, HYBRID_PUBLIC_END = (
    "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxs",
    "ykx3qheyty7saeq0d3fzv49zc0k",
)


def test_the_keys_of_the_specification() -> None:
    classic, hybrid = Identity.from_text(CLASSIC), Identity.from_text(HYBRID)
    assert (classic.kind, hybrid.kind) == (KemKind.X25519, KemKind.X_WING)
    assert (classic.text(), hybrid.text()) == (CLASSIC, HYBRID)
    assert classic.recipient().text() == CLASSIC_PUBLIC
    public = hybrid.recipient().text()
    assert public.startswith(HYBRID_PUBLIC_START)
    assert public.endswith(HYBRID_PUBLIC_END)
    assert Recipient.from_text(public) == hybrid.recipient()
    assert Recipient.from_text(CLASSIC_PUBLIC) == classic.recipient()


# BIP 173, "Test vectors" (those that are refused for their length alone are left out: age has no limit).
@pytest.mark.parametrize(
    "text",
    [
        "A12UEL5L",
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    ],
)
def test_valid_strings_of_bip_173(text: str) -> None:
    prefix, data = bech32.decode(text)
    assert bech32.encode(prefix, data) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "\x201nwldj5",
        "\x7f1axkwrx",
        "\x801eym55h",
        "pzry9x0s0muk",
        "1pzry9x0s0muk",
        "x1b4n0q5v",
        "li1dgmt3",
        "de1lg7wt\xff",
        "A1G7SGD8",
        "10a06t8",
        "1qzzfhee",
        "a12UEL5L",
        "",
        "1",
    ],
)
def test_invalid_strings_of_bip_173(text: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        bech32.decode(text)


@given(st.binary(max_size=1300))
def test_round_trip(data: bytes) -> None:
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)
    assert bech32.decode(bech32.encode("age", data).upper()) == ("age", data)


def test_any_one_wrong_letter_is_seen() -> None:
    for at in range(len("AGE-SECRET-KEY-1"), len(CLASSIC)):
        for letter in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L":
            if letter != CLASSIC[at]:
                with pytest.raises(UsageError):
                    Identity.from_text(CLASSIC[:at] + letter + CLASSIC[at + 1 :])


@given(st.text())
def test_any_text_is_at_worst_no_key(text: str) -> None:
    with pytest.raises(UsageError):
        Identity.from_text(text)
    with pytest.raises(UsageError):
        Recipient.from_text(text)


@pytest.mark.parametrize("prefix", ["age", "age1pq", "age-secret-key-", "age-secret-key-pq-", "age1tag"])
@pytest.mark.parametrize("size", [0, 31, 33, 1184])
def test_keys_of_the_wrong_length_are_refused(prefix: str, size: int) -> None:
    text = bech32.encode(prefix, bytes(size))
    with pytest.raises(UsageError):
        Identity.from_text(text)
    with pytest.raises(UsageError):
        Recipient.from_text(text)


def test_an_error_shows_nothing_of_the_key() -> None:
    with pytest.raises(UsageError) as raised:
        Identity.from_text(CLASSIC[:-1] + "Q")
    assert raised.value.__cause__ is None
    assert CLASSIC[16:30] not in repr(raised.value)


@pytest.mark.parametrize("loose", [1, 8, 15])
def test_left_over_bits_must_be_zero(loose: int) -> None:
    """Otherwise sixteen texts would stand for one key. The checksum is right; only the spelling is not."""
    prefix, values = "age-secret-key-", bech32._regroup(bytes(32), 8, 5)
    values[-1] |= loose
    assert bech32._regroup(values, 5, 8) == [0] * 32
    check = bech32._polymod([*bech32._expanded(prefix), *values, *[0] * 6]) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    with pytest.raises(UsageError):
        Identity.from_text(prefix + "1" + "".join(bech32._LETTERS[value] for value in values))


def test_a_whole_group_too_many_is_refused() -> None:
    """Thirty-three groups hold twenty bytes and one group that says nothing."""
    prefix, values = "age", [*bech32._regroup(bytes(20), 8, 5), 0]
    check = bech32._polymod([*bech32._expanded(prefix), *values, *[0] * 6]) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    with pytest.raises(ValueError, match="no key"):
        bech32.decode(prefix + "1" + "".join(bech32._LETTERS[value] for value in values))
