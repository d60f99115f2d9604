"""Putting a sealed film back from a backup, in the place of one that was damaged or lost.

The film lies in a backup under the name that it had then. Where its family got another key since, that is an earlier
name, and the key that opens it is destroyed; but the backup's own records have both, for whoever had that key then.
Such a film is read out of the backup and sealed once more, for the key of today. That it is the film which was brought
in is told by the hash of its bytes in today's record, and by nothing that the backup says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import select

from vigtool.casework.film import Film, SealedFootage
from vigtool.crypto.age.identity import Identity
from vigtool.errors import (
    BackupDamaged,
    FilmMissing,
    NoKey,
    NoSuchRecord,
    NotABackup,
    SealBroken,
    VaultDamaged,
    VaultNewer,
)
from vigtool.ids import Id
from vigtool.vault import reading
from vigtool.vault.backing_up import require_room
from vigtool.vault.backup_films import decrypts
from vigtool.vault.backup_place import BackupPlace, Generation
from vigtool.vault.backup_trust import vouched
from vigtool.vault.creation import NewVault
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage import discard, epoch_of, open_sealed, seal_in
from vigtool.vault.looking_into import looking_into
from vigtool.vault.reading_back import Step, copy_file
from vigtool.vault.schema import footage
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
        NotABackup: the film does not lie there under this name. BackupDamaged: it is damaged there too.
        VaultDamaged: nobody has the key any more under which it has this name. StorageFailed, Cancelled, NoKey. The
        vault is as it was then.
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


def sealed_from_earlier(
    vault: Vault,
    film: Film,
    place: BackupPlace,
    generations: Iterable[Generation],
    report: Report,
    cancelled: Cancelled,
) -> SealedFootage:
    """Seal a film once more from a backup in which it has an earlier name, for the key that its family has now.

    It belongs to the vault once a transaction keeps it, with `Writer.keep_footage`, and has its record follow.

    Args:
        vault: open.
        film: its record as it stands.
        place: where the backups lie.
        generations: those that may be used; each is believed where a user of this vault signed it.
        report: told bytes done of all.
        cancelled: asked between pieces.

    Raises:
        NotABackup: it lies in none of them, or this user could not open it then. BackupDamaged: it is damaged in all
        of them that have it. StorageFailed, Cancelled, NoKey. The vault is as it was then.
    """
    damaged = False
    for generation in sorted(generations, key=lambda each: each.manifest.made, reverse=True):
        if not vouched(vault.core, generation):
            continue
        with _earlier(vault, film, place, generation) as source:
            if source is None:
                continue
            try:
                made = seal_in(vault, source, film.footage.size, film.family, report, cancelled)
            except SealBroken:
                damaged = True
                continue
        if made.sha256 == film.footage.sha256:
            return made
        discard(vault, made)
        damaged = True
    if damaged:
        message = f"the film {film.id} is damaged in these backups too"
        raise BackupDamaged(message, "try the backups on another disk")
    message = "this film does not lie in that backup, or not for this user"
    raise NotABackup(message, "try the backups on another disk")


@contextmanager
def _earlier(vault: Vault, film: Film, place: BackupPlace, generation: Generation) -> Iterator[BinaryIO | None]:
    """A film as it lies in a backup, opened with the key that this user had of it then; none where it does not."""
    own = NewVault(vault.vault_id, vault.user_id, vault.core.keyring.secret)
    reader: BinaryIO | None = None
    with (
        suppress(FilmMissing, NoKey, NoSuchRecord, VaultDamaged, VaultNewer),  # then another backup may have it
        looking_into(generation.database, place.films, own, vault.core.clock, vault.user_id) as core,
    ):
        with core.storage.reading() as connection:
            then = reading.get(core, connection, Film, film.id).value
            row = select(footage.c.epoch).where(footage.c.file == bytes.fromhex(then.footage.file))
            epoch = connection.execute(row).scalar()
        if epoch is not None and then.family == film.family:
            identity = core.keyring.key(film.family, epoch).footage
            file = place.films.footage_file(then.footage.file)
            reader = cast("BinaryIO", open_sealed(file, then.footage, identity, around=True))
    try:
        yield reader
    finally:
        if reader is not None:
            reader.close()
