"""Make the small age files, good and bad, that stand under tests/vectors/age.

    python tools/make_age_vectors.py FOLDER

They are frozen: tests read what was committed and never run this. A new run makes other bytes (keys and salts are
fresh) with the same meaning. The form is that of the public C2SP/CCTV vectors, so that one reader serves both: lines
`key: value` (expect, payload, identity, passphrase, compressed, comment), an empty line, the file. `payload` is the
SHA-256 of the plaintext, or for a bad payload of what a reader gives out that takes one chunk after the other.

Every good file that pyrage (an independent age) can open is opened with it before it is written.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from vigtool.crypto.age.chunks import CHUNK, chunk_nonce, payload_key
from vigtool.crypto.age.header import Stanza, encode_base64, write_header
from vigtool.crypto.age.identity import Identity, Passphrase
from vigtool.crypto.age.stanzas import wrap_for
from vigtool.crypto.derive import derive
from vigtool.crypto.kem import KemKind

SUCCESS, NO_MATCH, BAD_HEADER = "success", "no match", "header failure"
BAD_MAC, BAD_PAYLOAD = "HMAC failure", "payload failure"

CLASSIC, HYBRID = Identity.generate(KemKind.X25519), Identity.generate(KemKind.X_WING)
STRANGER, HYBRID_STRANGER = Identity.generate(KemKind.X25519), Identity.generate(KemKind.X_WING)
WORDS = Passphrase("six words that do not belong")
KEY, NONCE = secrets.token_bytes(16), secrets.token_bytes(16)
GREASE = Stanza(("grease.example/1", "!~"), secrets.token_bytes(48))
TEXT = b"Look, how she waits.\n"


@dataclass
class Vector:
    """One file and what must come of it."""

    name: str
    expect: str
    data: bytes
    comment: str
    plain: bytes = b""
    opener: Identity | Passphrase = CLASSIC


def stanza(recipient: Identity | Passphrase, key: bytes = KEY) -> Stanza:
    """The wrap for one recipient."""
    return wrap_for([recipient.recipient() if isinstance(recipient, Identity) else recipient], key)[0]


def chunk(index: int, plain: bytes, *, last: bool) -> bytes:
    """One sealed chunk of the file key all these files share."""
    return ChaCha20Poly1305(payload_key(KEY, NONCE)).encrypt(chunk_nonce(index, last=last), plain, None)


def zeros_inside(index: int, size: int, *, last: bool) -> bytes:
    """The plaintext whose ciphertext is zeros, so that a vector of many chunks stays small when compressed.

    It is the keystream itself: ChaCha20-Poly1305 encrypts from block 1 on (RFC 8439, 2.8).
    """
    nonce = (1).to_bytes(4, "little") + chunk_nonce(index, last=last)
    return Cipher(ChaCha20(payload_key(KEY, NONCE), nonce), None).encryptor().update(bytes(size))


def header(*stanzas: Stanza, key: bytes = KEY) -> bytes:
    """A header and the payload's nonce."""
    return write_header(stanzas, key) + NONCE


def remade(raw: bytes, old: bytes, new: bytes) -> bytes:
    """The header of `raw` with something exchanged and a MAC that is right for the bytes as they stand."""
    assert raw.count(old) == 1
    covered = raw[: raw.rindex(b"\n--- ")].replace(old, new) + b"\n---"
    mac = hmac.digest(derive(KEY, b"header"), covered, "sha256")
    return covered + b" " + encode_base64(mac).encode() + b"\n" + NONCE


def good() -> Iterator[Vector]:
    """Files that open."""
    small = chunk(0, TEXT, last=True)
    yield Vector("x25519", SUCCESS, header(stanza(CLASSIC)) + small, "one classic recipient", TEXT)
    yield Vector("hybrid", SUCCESS, header(stanza(HYBRID)) + small, "one post-quantum recipient", TEXT, HYBRID)
    yield Vector("scrypt", SUCCESS, header(stanza(WORDS)) + small, "a passphrase", TEXT, WORDS)
    several = header(stanza(STRANGER), GREASE, stanza(CLASSIC))
    yield Vector("second_recipient", SUCCESS, several + small, "not the first stanza, and one of an unknown kind", TEXT)
    several = header(stanza(HYBRID_STRANGER), stanza(HYBRID))
    yield Vector("hybrid_second", SUCCESS, several + small, "not the first stanza", TEXT, HYBRID)
    empty_body = header(Stanza(("grease.example/2",), b""), stanza(CLASSIC))
    yield Vector("empty_body", SUCCESS, empty_body + small, "an unknown stanza without a body", TEXT)
    yield Vector("empty", SUCCESS, header(stanza(CLASSIC)) + chunk(0, b"", last=True), "no plaintext at all")
    for name, sizes in {
        "chunk_less_one": [CHUNK - 1],
        "chunk": [CHUNK],
        "chunk_and_one": [CHUNK, 1],
        "two_chunks": [CHUNK, CHUNK],
        "many_chunks": [CHUNK] * 258 + [7],
    }.items():
        plain, sealed = b"", b""
        for index, size in enumerate(sizes):
            part = zeros_inside(index, size, last=index == len(sizes) - 1)
            plain += part
            sealed += chunk(index, part, last=index == len(sizes) - 1)
        yield Vector(name, SUCCESS, header(stanza(CLASSIC)) + sealed, f"{len(plain)} bytes", plain)


def bad_payloads() -> Iterator[Vector]:
    """Files whose chunks are not as they must be."""
    head = header(stanza(CLASSIC))
    first_plain = zeros_inside(0, CHUNK, last=False)
    ending = zeros_inside(0, CHUNK, last=True)
    first, second = chunk(0, first_plain, last=False), chunk(1, TEXT, last=True)
    flipped = bytes([second[0] ^ 1]) + second[1:]
    cases: dict[str, tuple[bytes, bytes, str]] = {
        "no_chunk": (b"", b"", "the payload ends after its nonce"),
        "short_tag": (chunk(0, TEXT, last=True)[:10], b"", "less than a tag"),
        "cut_in_chunk": (chunk(0, TEXT, last=True)[:-1], b"", "the last byte is gone"),
        "cut_between_chunks": (
            first,
            first_plain,
            "the last chunk is gone, and the first does not say that it is the last",
        ),
        "not_last": (chunk(0, TEXT, last=False), b"", "one chunk that does not say that it is the last"),
        "empty_last": (
            first + chunk(1, b"", last=True),
            first_plain,
            "a last chunk that is empty and not the only one",
        ),
        "byte_behind": (chunk(0, TEXT, last=True) + b"\x00", b"", "a byte behind the last chunk"),
        "chunk_behind": (
            chunk(0, ending, last=True) + second,
            ending,
            "a chunk behind the last chunk",
        ),
        "exchanged": (
            chunk(1, zeros_inside(1, CHUNK, last=False), last=False) + first + chunk(2, TEXT, last=True),
            b"",
            "chunks in another order",
        ),
        "repeated": (first + first + chunk(2, TEXT, last=True), first_plain, "a chunk twice"),
        "flipped_first": (bytes([first[0] ^ 1]) + first[1:] + second, b"", "one bit in the first chunk"),
        "flipped_last": (first + flipped, first_plain, "one bit in the last chunk"),
        "foreign_nonce": (
            ChaCha20Poly1305(payload_key(KEY, bytes(16))).encrypt(bytes(11) + b"\x01", TEXT, None),
            b"",
            "of another file",
        ),
    }
    for name, (payload, plain, comment) in cases.items():
        yield Vector("payload_" + name, BAD_PAYLOAD, head + payload, comment, plain)
    yield Vector("payload_short_nonce", BAD_HEADER, head[:-1], "the payload's nonce is cut")
    yield Vector("payload_no_nonce", BAD_HEADER, head[:-16], "nothing behind the header")


def bad_headers() -> Iterator[Vector]:
    """Headers that must be refused, each with a MAC that is right for its bytes."""
    good_stanza = stanza(CLASSIC)
    raw, tail = header(good_stanza), chunk(0, TEXT, last=True)
    share, body = good_stanza.args[1].encode(), encode_base64(good_stanza.body).encode()
    loose = body[:-1] + bytes([body[-1] + 1])
    exchanges: dict[str, tuple[bytes, bytes, str]] = {
        "version": (b"org/v1\n", b"org/v2\n", "a version to come"),
        "intro": (b"age-encryption", b"Age-encryption", "not the word"),
        "carriage_returns": (b"org/v1\n", b"org/v1\r\n", "another line end"),
        "two_spaces": (b"-> X25519 ", b"-> X25519  ", "an empty argument"),
        "trailing_space": (share + b"\n", share + b" \n", "an empty last argument"),
        "control_character": (b"-> X25519 ", b"-> X25519\x7f ", "an argument that cannot be seen"),
        "high_character": (b"-> X25519 ", b"-> X25519\xe9 ", "an argument that is not ASCII"),
        "no_arrow": (b"-> X25519", b"=> X25519", "no stanza begins so"),
        "long_line": (body, body + b"A" * 40, "a body line of more than 64 columns"),
        "full_line_last": (body, (body * 2)[:64], "a body that ends with a full line"),
        "two_short_lines": (body, body[:20] + b"\n" + body[20:], "a body line that is short before the last"),
        "loose_bits": (body, loose, "left-over bits that are not zero"),
        "padding": (body, body + b"=", "base64 with padding"),
        "foreign_letter": (body, b"_" + body[1:], "the other base64 alphabet"),
        "loose_share": (share, share[:-1] + bytes([share[-1] + 1]), "left-over bits in the share"),
        "short_share": (share, share[:-3], "a share of fewer bytes"),
        "low_order_share": (share, encode_base64(bytes(32)).encode(), "a share that leads nowhere"),
        "third_argument": (share + b"\n", share + b" more\n", "an argument too many"),
        "no_share": (b" " + share, b"", "an argument too few"),
    }
    for name, (old, new, comment) in exchanges.items():
        yield Vector("header_" + name, BAD_HEADER, remade(raw, old, new) + tail, comment)
    long_body = ChaCha20Poly1305(bytes(32)).encrypt(bytes(12), bytes(32), None)
    yield Vector("header_long_file_key", BAD_HEADER, header(Stanza(good_stanza.args, long_body)) + tail, "48 bytes")
    yield Vector("header_no_stanza", BAD_HEADER, write_header([], KEY) + NONCE + tail, "nobody can open it")
    yield Vector("header_empty_file", BAD_HEADER, b"", "no byte at all")
    yield Vector("header_cut", BAD_HEADER, raw[:40], "cut within the share")
    yield from bad_macs(raw, tail)


def bad_macs(raw: bytes, tail: bytes) -> Iterator[Vector]:
    """Last lines that are wrong."""
    mac = raw[raw.rindex(b"--- ") + 4 : -17]
    at = raw.index(mac)
    for name, new, comment in (
        ("cut", mac[:-1], "a letter too few"),
        ("loose_bits", mac[:-1] + bytes([mac[-1] + 1]), "left-over bits that are not zero"),
        ("padding", mac + b"=", "base64 with padding"),
        ("space_before", b" " + mac, "a space too many"),
        ("space_behind", mac + b" ", "a space too many"),
        ("empty", b"", "nothing"),
    ):
        yield Vector("mac_" + name, BAD_HEADER, raw[:at] + new + raw[at + len(mac) :] + tail, comment)
    other = encode_base64(bytes(32)).encode()
    yield Vector("mac_wrong", BAD_MAC, raw[:at] + other + raw[at + len(mac) :] + tail, "not the MAC of this header")
    added = raw.replace(b"\n--- ", b"\n-> grease\n\n--- ")
    yield Vector("mac_stanza_added", BAD_MAC, added + tail, "a stanza put in by somebody who has not the file key")


def bad_recipients() -> Iterator[Vector]:
    """Stanzas of the other kinds, and keys that do not fit."""
    tail = chunk(0, TEXT, last=True)
    yield Vector("no_match", NO_MATCH, header(stanza(STRANGER)) + tail, "for somebody else")
    strange = header(stanza(HYBRID_STRANGER)) + tail
    yield Vector("hybrid_no_match", NO_MATCH, strange, "for somebody else", opener=HYBRID)
    yield Vector("other_kind", NO_MATCH, header(stanza(HYBRID)) + tail, "a classic key, a post-quantum file")
    other = Passphrase("another passphrase altogether")
    yield Vector("scrypt_no_match", NO_MATCH, header(stanza(WORDS)) + tail, "another passphrase", opener=other)
    yield Vector(
        "lower_case", NO_MATCH, remade(header(stanza(CLASSIC)), b"X25519", b"x25519") + tail, "an unknown kind"
    )

    hybrid = stanza(HYBRID)
    enc = base64.b64decode(hybrid.args[1] + "==")
    for name, args, body, expect in (
        ("short_enc", (encode_base64(enc[:-1]),), hybrid.body, BAD_HEADER),
        ("long_enc", (encode_base64(enc + b"\x00"),), hybrid.body, BAD_HEADER),
        ("no_enc", (), hybrid.body, BAD_HEADER),
        ("third_argument", (hybrid.args[1], "more"), hybrid.body, BAD_HEADER),
        ("long_file_key", hybrid.args[1:], hybrid.body + bytes(16), BAD_HEADER),
        ("low_order", (encode_base64(enc[:-32] + bytes(32)),), hybrid.body, BAD_HEADER),
        ("changed_mlkem", (encode_base64(bytes([enc[0] ^ 1]) + enc[1:]),), hybrid.body, NO_MATCH),
        ("changed_x25519", (encode_base64(enc[:-32] + bytes([enc[-32] ^ 1]) + enc[-31:]),), hybrid.body, NO_MATCH),
        ("changed_body", hybrid.args[1:], bytes([hybrid.body[0] ^ 1]) + hybrid.body[1:], NO_MATCH),
    ):
        made = header(Stanza((hybrid.args[0], *args), body)) + tail
        yield Vector("hybrid_" + name, expect, made, "-", opener=HYBRID)

    locked = stanza(WORDS)
    salt = locked.args[1]
    for name, args in {
        "costly": (salt, "19"),
        "costlier": (salt, "63"),
        "endless": (salt, "9" * 40),
        "leading_zero": (salt, "016"),
        "plus": (salt, "+16"),
        "hex": (salt, "0x10"),
        "zero": (salt, "0"),
        "no_cost": (salt,),
        "short_salt": (encode_base64(bytes(15)), "16"),
        "long_salt": (encode_base64(bytes(17)), "16"),
        "third_argument": (salt, "16", "more"),
    }.items():
        made = header(Stanza(("scrypt", *args), locked.body)) + tail
        yield Vector("scrypt_" + name, BAD_HEADER, made, "-", opener=WORDS)
    beside = header(locked, stanza(CLASSIC)) + tail
    yield Vector("scrypt_beside_a_key", BAD_HEADER, beside, "opened with the key")
    yield Vector("scrypt_beside_a_key_2", BAD_HEADER, beside, "opened with the passphrase", opener=WORDS)


def checked(vector: Vector) -> Vector:
    """A good vector, held against pyrage where that knows the kind."""
    if vector.expect == SUCCESS and isinstance(vector.opener, Passphrase):
        assert pyrage.passphrase.decrypt(vector.data, vector.opener.text) == vector.plain, vector.name
    elif vector.expect == SUCCESS and vector.opener is CLASSIC:
        keys = [pyrage.x25519.Identity.from_str(CLASSIC.text())]
        assert pyrage.decrypt(vector.data, keys) == vector.plain, vector.name
    return vector


def written(vector: Vector) -> bytes:
    """The vector as a file."""
    packed = zlib.compress(vector.data, 9)
    lines = [f"expect: {vector.expect}", f"payload: {hashlib.sha256(vector.plain).hexdigest()}"]
    if isinstance(vector.opener, Passphrase):
        lines.append(f"passphrase: {vector.opener.text}")
    else:
        lines.append(f"identity: {vector.opener.text()}")
    if vector.comment != "-":
        lines.append(f"comment: {vector.comment}")
    if small := len(packed) < len(vector.data) // 2:
        lines.append("compressed: zlib")
    return "\n".join(lines).encode() + b"\n\n" + (packed if small else vector.data)


def main() -> None:
    """Write them all."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for group in (good, bad_payloads, bad_headers, bad_recipients):
        for vector in map(checked, group()):
            (folder / vector.name).write_bytes(written(vector))
            count += 1
    print(f"{count} vectors")


if __name__ == "__main__":
    main()
