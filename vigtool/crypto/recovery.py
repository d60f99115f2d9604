"""A recovery key: 32 random bytes on paper that unlock what a forgotten passphrase, or a person who left, locked.

The words are BIP 39 (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki): 24 of the English list, the last
of which checks the others, so that a slip of the pen is told from another key. In the keyslot (kind 2) stands

    kdf      CBOR map {"alg": "hkdf-sha256", "salt": 16 bytes}
    key      HKDF-SHA256(recovery key, salt, info "vig/1/recovery-key")
    commit   HKDF-SHA256(recovery key, salt, info "vig/1/recovery-commit")

and the rest is as for a passphrase. Nothing is stretched: 256 random bits cannot be guessed.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field

from mnemonic import Mnemonic

from vigtool.crypto.derive import derive
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import Keyslot, Place, SlotKind, open_slot, read_map, seal_slot, write_map
from vigtool.crypto.passphrase import SALT_SIZE
from vigtool.errors import VaultDamaged, WrongPassphrase
from vigtool.ids import Id, new_id

KEY_SIZE = 32
WORDS = 24

_ALGORITHM = "hkdf-sha256"
_KEY_LABEL = b"vig/1/recovery-key"
_COMMIT_LABEL = b"vig/1/recovery-commit"


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """What stands on the paper."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> RecoveryKey:
        """A new one."""
        return cls(secrets.token_bytes(KEY_SIZE))

    def words(self) -> str:
        """The 24 words, joined by spaces."""
        return Mnemonic("english").to_mnemonic(self.secret)


def listed_words() -> tuple[str, ...]:
    """The 2048 words that a recovery key can have, in the order of the list; the first four letters tell each."""
    return tuple(Mnemonic("english").wordlist)


def recovery_key(text: str) -> RecoveryKey:
    """The key that somebody typed in, or scanned: capitals, line ends, numbers before the words do not matter.

    A word may be cut to its first four letters, which tell every word of the list from the others.

    Raises:
        WrongPassphrase: with what is the matter: how many words there are, which is none of the list, or that one of
            them must be another.
    """
    words = [word for word in unicodedata.normalize("NFKD", text).lower().split() if not word.strip(".,:;)").isdigit()]
    if len(words) != WORDS:
        message = f"a recovery key has {WORDS} words; these are {len(words)}"
        raise WrongPassphrase(message, "type all of them, in their order")
    listed = Mnemonic("english").wordlist
    by_beginning = {word[:4]: word for word in listed}
    whole = [word if word in listed else by_beginning.get(word.strip(".,:;")[:4], "") for word in words]
    if "" in whole:
        message = f"word {whole.index('') + 1} is none that a recovery key can have"
        raise WrongPassphrase(message, "look at how it is written on the paper")
    try:
        return RecoveryKey(bytes(Mnemonic("english").to_entropy(whole)))
    except ValueError:
        # Without the cause: it may carry the words.
        message = "one of the words must be another, or two have changed places"
        raise WrongPassphrase(message, "compare each word with the paper") from None


def make_recovery_slot(vault: Id, user: Id, key: RecoveryKey, secret: UserSecret) -> Keyslot:
    """Lock `secret` with a recovery key."""
    salt = secrets.token_bytes(SALT_SIZE)
    place = Place(user, new_id(), SlotKind.RECOVERY, write_map({"alg": _ALGORITHM, "salt": salt}))
    return seal_slot(vault, place, *_derived(key, salt), secret)


def open_recovery_slot(vault: Id, slot: Keyslot, key: RecoveryKey) -> UserSecret:
    """Unlock the secret.

    Raises:
        WrongPassphrase: the slot is whole, and this is another's recovery key.
        VaultDamaged: the slot is not as it was written.
    """
    wrong = WrongPassphrase(
        "this recovery key does not open the vault", "It may be of another vault, or one that was replaced by a newer."
    )
    return open_slot(vault, slot, lambda: _derived(key, _salt(slot.kdf)), wrong)


def _derived(key: RecoveryKey, salt: bytes) -> tuple[bytes, bytes]:
    return derive(key.secret, _KEY_LABEL, salt), derive(key.secret, _COMMIT_LABEL, salt)


def _salt(kdf: bytes) -> bytes:
    fields = read_map(kdf, {"alg": str, "salt": bytes})
    salt: bytes = fields["salt"]
    if fields["alg"] != _ALGORITHM or len(salt) != SALT_SIZE:
        raise VaultDamaged(
            "the part of the vault that checks the recovery key is damaged",
            "Bring back the last good copy of the vault.",
        )
    return salt
