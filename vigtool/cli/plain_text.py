"""Text for a terminal in which nothing commands the terminal.

Names of families and of a stranger's films may hold any sign. Written out as they are, control signs could clear the
screen, change what was said before or type for the person (ECMA-48), and signs for the direction of writing could show
a line in another order than it has (Unicode, UAX 9).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates. Marks such as U+200E and U+200F turn nothing but themselves, and stay."""

_BREAKS: Final = frozenset("\u2028\u2029")


def for_terminal(line: str) -> str:
    """One line as it may be printed: what would command the terminal, or end the line, is shown as its escape."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(_shown(sign) for sign in line)


def for_json(document: str) -> str:
    """A JSON document that says the same, its telling signs escaped: JSON escapes those below U+0020 by itself."""
    if document.isascii():
        return document.replace("\x7f", "\\u007f")
    return "".join(f"\\u{ord(sign):04x}" if _commands(sign) and sign != "\n" else sign for sign in document)


def _shown(sign: str) -> str:
    if not _commands(sign):
        return sign
    return f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}"


def _commands(sign: str) -> bool:
    return sign in _TURNING or sign in _BREAKS or unicodedata.category(sign) == "Cc"
