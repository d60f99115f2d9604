"""Bech32 (BIP 173) without its limit on length: how age writes keys.

The checksum is there for the eye and the hand: it catches what goes wrong in copying. It is no authentication.
"""

from __future__ import annotations

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIZE = 6


def encode(prefix: str, data: bytes) -> str:
    """`data` in small letters behind a lower-case `prefix`."""
    values = _regroup(data, 8, 5)
    check = _polymod(_expanded(prefix) + values + [0] * _CHECKSUM_SIZE) ^ 1
    values += [(check >> 5 * (_CHECKSUM_SIZE - 1 - i)) & 31 for i in range(_CHECKSUM_SIZE)]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)


def decode(text: str) -> tuple[str, bytes]:
    """The prefix, in small letters, and the data.

    Raises:
        ValueError: anything at all is wrong with it. Says nothing of the text, which may be a secret key.
    """
    lowered = text.lower()
    prefix, one, rest = lowered.rpartition("1")
    if text not in (lowered, text.upper()) or not one or not prefix or len(rest) < _CHECKSUM_SIZE:
        raise _malformed()
    if any(not "!" <= letter <= "~" for letter in prefix) or any(letter not in _VALUES for letter in rest):
        raise _malformed()
    values = [_VALUES[letter] for letter in rest]
    if _polymod(_expanded(prefix) + values) != 1:
        raise _malformed()
    payload = values[:-_CHECKSUM_SIZE]
    data = bytes(_regroup(payload, 5, 8))
    if _regroup(data, 8, 5) != payload:  # left-over bits must be fewer than five and zero: one text for one key
        raise _malformed()
    return prefix, data


def _malformed() -> ValueError:
    return ValueError("this is no key of the age format")


def _expanded(prefix: str) -> list[int]:
    codes = [ord(letter) for letter in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: list[int]) -> int:
    """The remainder of BIP 173's BCH code."""
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            if top >> bit & 1:
                state ^= term
    return state


def _regroup(values: bytes | list[int], width: int, new_width: int) -> list[int]:
    """The same bits in groups of another width.

    Towards smaller groups the last one is filled up with zeros; towards larger ones, bits that fill none are dropped.
    """
    grouped, bits, held = [], 0, 0
    for value in values:
        held = (held << width | value) & 0xFFFF
        bits += width
        while bits >= new_width:
            bits -= new_width
            grouped.append(held >> bits & ((1 << new_width) - 1))
    if bits and new_width < width:
        grouped.append(held << (new_width - bits) & ((1 << new_width) - 1))
    return grouped
