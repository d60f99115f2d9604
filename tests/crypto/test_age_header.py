"""The header of an age file, and the wraps in it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto.age import stanzas
from vigtool.crypto.age.header import (
    MOST_HEADER_BYTES,
    Stanza,
    check_mac,
    decode_base64,
    encode_base64,
    parse_header,
    read_header,
    write_header,
)
from vigtool.crypto.age.identity import Identity, Passphrase, Recipient
from vigtool.crypto.age.stanzas import unwrap, wrap_for
from vigtool.crypto.kem import KemKind
from vigtool.errors import SealBroken, WrongPassphrase

KEY = bytes(range(16))
BOTH = [KemKind.X25519, KemKind.X_WING]
ARGUMENTS = st.lists(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1), min_size=1, max_size=4)
STANZAS = st.lists(st.builds(Stanza, ARGUMENTS.map(tuple), st.binary(max_size=200)), min_size=1, max_size=4)


def test_the_header_of_the_specification_is_read() -> None:
    """C2SP age.md, "Header"."""
    header = parse_header(
        b"age-encryption.org/v1\n"
        b"-> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE\n"
        b"qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E\n"
        b"--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n"
    )
    assert [stanza.args for stanza in header.stanzas] == [("X25519", "XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE")]
    assert len(header.stanzas[0].body) == 32
    assert header.covered.endswith(b"C1E\n---")


@pytest.mark.parametrize("width", [60, 63, 65, 68, 128])
def test_a_body_in_lines_of_another_width_is_refused(width: int) -> None:
    text = encode_base64(bytes(150))
    lines = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    right = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    raw = write_header([Stanza(("some.example/kind",), bytes(150))], KEY).decode()
    assert right in raw
    parse_header(raw.encode())
    with pytest.raises(SealBroken):
        parse_header(raw.replace(right, lines).encode())


@given(STANZAS)
def test_round_trip(written: list[Stanza]) -> None:
    raw = write_header(written, KEY)
    header = read_header(io.BytesIO(raw + b"payload\n--- more\n"))
    assert header.raw == raw
    assert list(header.stanzas) == written
    check_mac(header, KEY)
    with pytest.raises(SealBroken):
        check_mac(header, bytes(16))


@given(st.binary(max_size=300))
def test_base64_has_one_spelling(data: bytes) -> None:
    assert decode_base64(encode_base64(data)) == data


@given(st.text(max_size=12))
def test_any_text_is_base64_only_if_it_would_be_written_so(text: str) -> None:
    try:
        data = decode_base64(text)
    except SealBroken:
        return
    assert encode_base64(data) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_at_worst_no_header(data: bytes) -> None:
    for start in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
        with pytest.raises(SealBroken):
            read_header(io.BytesIO(start + data))


class Counting(io.BytesIO):
    """A source that says how much was read from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def test_a_header_without_end_is_given_up() -> None:
    endless = Counting(b"age-encryption.org/v1\n-> " + b"x" * 10_000_000)
    with pytest.raises(SealBroken):
        read_header(endless)
    assert endless.taken <= MOST_HEADER_BYTES + 4096


def test_a_film_is_not_read_in_search_of_a_header() -> None:
    film = Counting(b"\x00\x00\x00\x18ftypmp42" + bytes(1_000_000))
    with pytest.raises(SealBroken):
        read_header(film)
    assert film.taken <= 4096


@pytest.mark.parametrize("kind", BOTH)
def test_a_file_key_reaches_whom_it_is_for(kind: KemKind) -> None:
    mine, other, stranger = (Identity.generate(kind) for _ in range(3))
    header = parse_header(write_header(wrap_for([other.recipient(), mine.recipient()], KEY), KEY))
    assert unwrap(header, [mine]) == unwrap(header, [stranger, other]) == KEY
    with pytest.raises(SealBroken, match="not for this key"):
        unwrap(header, [stranger])
    with pytest.raises(SealBroken, match="not for this key"):
        unwrap(header, [Identity.generate(next(each for each in BOTH if each is not kind))])
    with pytest.raises(SealBroken, match="not for this key"):
        unwrap(header, [Passphrase("a passphrase")])


def test_a_passphrase_opens_and_another_is_wrong() -> None:
    header = parse_header(write_header(wrap_for([Passphrase("Zo\u00eb")], KEY), KEY))
    assert header.stanzas[0].args[2] == "16"
    assert unwrap(header, [Passphrase("Zoe\u0308")]) == KEY
    with pytest.raises(WrongPassphrase):
        unwrap(header, [Passphrase("Zoe")])


def test_recipients_that_weaken_each_other_are_refused() -> None:
    classic, hybrid = (Identity.generate(kind).recipient() for kind in BOTH)
    words = Passphrase("a passphrase")
    mixed: list[list[Recipient | Passphrase]] = [
        [],
        [classic, hybrid],
        [words, classic],
        [hybrid, words],
        [words, words],
    ]
    for together in mixed:
        with pytest.raises(ValueError, match="one passphrase, or to keys of one kind"):
            wrap_for(together, KEY)


@pytest.mark.parametrize("kind", BOTH)
def test_a_recipient_that_is_no_key_is_refused(kind: KemKind) -> None:
    for public in (bytes(32), bytes(31), b"\xff" * 1216):
        with pytest.raises(SealBroken):
            wrap_for([Recipient(kind, public)], KEY)


def test_a_costly_scrypt_is_refused_before_it_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_: object) -> None:
        pytest.fail("memory would have been taken")

    monkeypatch.setattr(stanzas, "Scrypt", never)
    for cost in ("19", "20", "63", "0", "016", "999", "1" * 5000, "+16", "1_6", "\u0661\u0666"):
        header = parse_header(write_header([Stanza(("scrypt", encode_base64(bytes(16)), "16"), bytes(32))], KEY))
        forged = Stanza(("scrypt", encode_base64(bytes(16)), cost), bytes(32))
        with pytest.raises(SealBroken):
            unwrap(type(header)(header.raw, (forged,), header.covered, header.mac), [Passphrase("x")])


@pytest.mark.parametrize("kind", BOTH)
def test_every_wrap_is_fresh(kind: KemKind) -> None:
    """The nonce of a wrap is fixed: what makes that safe is that the share never comes twice."""
    recipient = Identity.generate(kind).recipient()
    made = [wrap_for([recipient], KEY)[0] for _ in range(50)]
    assert len({stanza.args[1] for stanza in made}) == 50
    assert len({stanza.body for stanza in made}) == 50


def test_nothing_secret_is_shown() -> None:
    identity = Identity.generate()
    assert identity.seed.hex() not in repr(identity)
    assert repr(identity.seed) not in repr(identity)
    assert "words" not in repr(Passphrase("words"))
