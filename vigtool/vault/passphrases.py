"""Choosing a passphrase, for those who may not know of ciphers: what `crypto.passphrase` says, handed on."""

from __future__ import annotations

from vigtool.crypto import passphrase


def suggest(words: int = 6) -> str:
    """Fresh words, drawn evenly from a list of 2048: six of them are 66 bits."""
    return passphrase.suggest(words)


def check_strength(text: str) -> None:
    """Refuse a passphrase that is too short to stand alone.

    Raises:
        WeakPassphrase: it has fewer than 15 characters.
    """
    passphrase.check_strength(text)
