"""Whether a backup was made by a user of the vault that it is a backup of."""

from __future__ import annotations

from vigtool.vault.backup_place import Generation
from vigtool.vault.cards import signing_keys
from vigtool.vault.core import Core


def vouched(core: Core, generation: Generation) -> bool:
    """Whether a user of the vault signed the manifest, and it is this vault's.

    Args:
        core: the vault that is open, or the records of the backup itself.
        generation: the backup.
    """
    key = signing_keys(core).by_user.get(generation.note.user)
    return generation.manifest.vault == core.vault and key is not None and generation.note.is_signed_by(key)
