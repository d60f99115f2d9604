"""age identities (secret), recipients (public), and their texts. Source: C2SP age.md, "Native recipient types"."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from vigtool.crypto import kem
from vigtool.crypto.age import bech32
from vigtool.crypto.kem import KemKind
from vigtool.errors import UsageError

_IDENTITY_PREFIX = {KemKind.X_WING: "age-secret-key-pq-", KemKind.X25519: "age-secret-key-"}
_RECIPIENT_PREFIX = {KemKind.X_WING: "age1pq", KemKind.X25519: "age"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a file is sealed to.

    Attributes:
        kind: of key.
        public: 32 bytes for X25519, 1216 for X-Wing.
    """

    kind: KemKind
    public: bytes

    def text(self) -> str:
        """`age1…` or `age1pq1…`."""
        return bech32.encode(_RECIPIENT_PREFIX[self.kind], self.public)

    @classmethod
    def from_text(cls, text: str) -> Recipient:
        """Read what `text` writes.

        Raises:
            UsageError: it is no recipient of these two kinds.
        """
        kind, public = _read(text, _RECIPIENT_PREFIX)
        if len(public) != kem.public_size(kind):
            raise _not_a_key()
        return cls(kind, public)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who can open a file.

    Attributes:
        kind: of key.
        seed: 32 bytes.
    """

    kind: KemKind
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, kind: KemKind | None = None) -> Identity:
        """A new identity; of the best kind this machine has, unless told."""
        return cls(kind or kem.best_kind(), secrets.token_bytes(kem.SEED_SIZE))

    def recipient(self) -> Recipient:
        """The public half."""
        return Recipient(self.kind, kem.public_key(self.kind, self.seed))

    def text(self) -> str:
        """`AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`: what a standard age program takes with `-i`."""
        return bech32.encode(_IDENTITY_PREFIX[self.kind], self.seed).upper()

    @classmethod
    def from_text(cls, text: str) -> Identity:
        """Read what `text` writes.

        Raises:
            UsageError: it is no identity of these two kinds. The error holds nothing of it.
        """
        kind, seed = _read(text, _IDENTITY_PREFIX)
        if len(seed) != kem.SEED_SIZE:
            raise _not_a_key()
        return cls(kind, seed)


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase in the place of a key: who a file is sealed to, and who can open it, at once.

    Attributes:
        text: the passphrase.
    """

    text: str = field(repr=False)


def _read(text: str, prefixes: dict[KemKind, str]) -> tuple[KemKind, bytes]:
    try:
        prefix, data = bech32.decode(text)
    except ValueError:
        raise _not_a_key() from None
    for kind, known in prefixes.items():
        if prefix == known:
            return kind, data
    raise _not_a_key()


def _not_a_key() -> UsageError:
    return UsageError(
        "this is not an age key that the program knows", "Copy the whole line, from AGE or age1 to its end."
    )
