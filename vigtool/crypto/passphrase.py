"""From words a person remembers to bytes an attacker cannot guess.

Stretching is Argon2id, version 1.3 (RFC 9106). It takes time and, more to the point, memory: memory is what a machine
built for guessing cannot make cheap. How much of each was taken stands in the clear beside what it protects, where an
attacker may have changed it, so it is checked before anything is spent on it. The upper bounds keep a changed number
from taking the whole machine; the lower ones keep it from making a guess cheap (the parameters are also bound to the
keyslot's seal, but by then the passphrase would have gone through a weak stretch).
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from mnemonic import Mnemonic

from vigtool.errors import UsageError, VaultDamaged, VaultError, WeakPassphrase

SALT_SIZE = 16
STRETCHED_SIZE = 64
LEAST_LENGTH = 15

_MIB = 1024
_LEAST_MEMORY, _MOST_MEMORY = 64 * _MIB, 2048 * _MIB
_MOST_CALIBRATED = 1024 * _MIB
_MOST_PASSES = _MOST_LANES = 16


@dataclass(frozen=True, slots=True)
class StretchCost:
    """What one guess at a passphrase costs.

    Attributes:
        memory_kib: memory, in KiB (m of RFC 9106).
        passes: how often that memory is gone through (t).
        lanes: how many threads may share the work (p).
    """

    memory_kib: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Refuse a cost that nobody would have chosen.

        Raises:
            VaultDamaged: it is outside 64 MiB to 2 GiB, 1 to 16 passes, 1 to 16 lanes.
        """
        if not (
            _LEAST_MEMORY <= self.memory_kib <= _MOST_MEMORY
            and 1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        ):
            raise VaultDamaged(
                "the vault asks for a way of checking the passphrase that no vault has",
                "It was damaged or changed. Bring back the last good copy of the vault.",
            )


DEFAULT_COST = StretchCost(256 * _MIB, 3, 4)
"""About a second where it was measured, with four times the memory of RFC 9106's second recommended option."""

LEAST_COST = StretchCost(_LEAST_MEMORY, 1, 4)
"""The least that is accepted. For tests: they open hundreds of vaults."""


def calibrate(seconds: float = 1.0, clock: Callable[[], float] = time.perf_counter) -> StretchCost:
    """The cost that takes about `seconds` on this machine: 64 MiB to 1 GiB, three passes, four lanes.

    Time is proportional to memory (RFC 9106, 3.1.2), so the least memory is measured, twice because the first run also
    pays for fetching fresh pages, and the rest is a rule of three. Rounded down to whole 64 MiB: how fast a machine is
    need not be written into a vault more finely than that.
    """
    trial = StretchCost(_LEAST_MEMORY, DEFAULT_COST.passes, DEFAULT_COST.lanes)
    times = []
    for _ in range(2):
        begun = clock()
        stretch(b"how fast is this machine", bytes(SALT_SIZE), trial)
        times.append(max(clock() - begun, 1e-6))
    steps = int(seconds / min(times))
    memory = min(max(steps, 1) * _LEAST_MEMORY, _MOST_CALIBRATED)
    return StretchCost(memory, trial.passes, trial.lanes)


def normalise(text: str) -> bytes:
    """The passphrase as bytes: NFC, then UTF-8.

    Keyboards differ in whether "é" is one character or two; NFC makes them one. NFKC would also make "²" a "2" and so
    take away differences that a person meant. Nothing is stripped or folded.

    Raises:
        UsageError: it holds half a character (a lone surrogate), which no keyboard gives.
    """
    try:
        return unicodedata.normalize("NFC", text).encode("utf-8")
    except UnicodeEncodeError:
        # Without the cause: it carries the whole passphrase.
        raise UsageError(
            "the passphrase holds something that is not a character", "Type it again, or save its file as UTF-8."
        ) from None


def check_strength(text: str) -> None:
    """Refuse a passphrase that is too short to stand alone.

    Fifteen characters where nothing else is asked for (NIST SP 800-63B-4, 3.1.1.2), each code point counting as one,
    and no rules about digits and signs, which make passphrases worse.

    Raises:
        WeakPassphrase: it has fewer than 15 characters.
    """
    if len(unicodedata.normalize("NFC", text)) < LEAST_LENGTH:
        raise WeakPassphrase(
            f"a passphrase needs at least {LEAST_LENGTH} characters",
            "Use six words that do not belong together; the program can suggest some.",
        )


def suggest(words: int = 6) -> str:
    """Words drawn at random from the 2048 of the English BIP 39 list: 11 bits each, six are 66 bits."""
    listed = Mnemonic("english").wordlist
    return " ".join(secrets.choice(listed) for _ in range(words))


def stretch(passphrase: bytes, salt: bytes, cost: StretchCost) -> bytes:
    """64 bytes of Argon2id.

    Args:
        passphrase: as `normalise` gives it.
        salt: 16 random bytes, of this keyslot alone.
        cost: checked before any memory is taken.

    Raises:
        VaultDamaged: the cost or the salt is none that this program writes.
        VaultError: the machine has not that much memory to give.
    """
    cost.check()
    if len(salt) != SALT_SIZE:
        raise VaultDamaged("the vault's salt is cut short", "Bring back the last good copy of the vault.")
    try:
        return Argon2id(
            salt=salt,
            length=STRETCHED_SIZE,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(passphrase)
    except MemoryError as error:
        raise VaultError(
            f"checking the passphrase needs {cost.memory_kib // _MIB} MB of free memory, and there is less",
            "Close other programs and try again.",
        ) from error
