"""Putting a sealed film back from a backup, in the place of one that was damaged or lost."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from vigtool.casework.film import SealedFootage
from vigtool.crypto.age.identity import Identity
from vigtool.errors import BackupDamaged, NotABackup
from vigtool.ids import Id
from vigtool.vault.backing_up import require_room
from vigtool.vault.backup_films import decrypts
from vigtool.vault.backup_place import BackupPlace
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage import epoch_of
from vigtool.vault.reading_back import Step, copy_file
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault


def put_back(
    vault: Vault, sealed: SealedFootage, domain: Id, place: BackupPlace, report: Report, cancelled: Cancelled
) -> None:
    """Copy a film's sealed file from a place of backups, read it back, and only then let it take its place.

    Args:
        vault: open.
        sealed: what the film's record says of its file.
        domain: the family.
        place: where backups lie.
        report: told bytes done of all.
        cancelled: asked between pieces.

    Raises:
        NotABackup: the film does not lie there. BackupDamaged: it is damaged there too. StorageFailed, Cancelled,
        NoKey. The vault is as it was then.
    """
    identity = vault.core.keyring.key(domain, epoch_of(vault, sealed.file, domain)).footage
    source, target = place.films.footage_file(sealed.file), vault.core.folder.footage_file(sealed.file)
    half, done, total = vault.core.folder.footage_part(sealed.file), 0, 3 * max(1, sealed.sealed_size)

    def step(size: int) -> None:
        nonlocal done
        done += size
        report(min(done, total), total)

    with naming_disk_errors():
        if not source.is_file():
            message = "this film does not lie in that backup"
            raise NotABackup(message, "try the backups on another disk")
        require_room(vault.core.folder.footage, sealed.sealed_size)
        make_private_folder(target.parent)
        half.unlink(missing_ok=True)
        try:
            copy_file(source, half, step, cancelled)
            _require_whole(half, sealed, identity, step, cancelled)
            half.replace(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise
    report(total, total)


def _require_whole(half: Path, sealed: SealedFootage, identity: Identity, step: Step, cancelled: Cancelled) -> None:
    if half.stat().st_size != sealed.sealed_size or not decrypts(half, sealed, identity, step, cancelled):
        message = f"the sealed file {sealed.file} of this backup is not what was written"
        raise BackupDamaged(message, "try the backups on another disk")
