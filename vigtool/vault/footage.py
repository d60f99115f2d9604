"""Films: sealed on their way in, opened where they are looked at. A readable film never touches the disk.

Each film is one age file, sealed to the identity of its family, so that the family's key and any age program bring it
back. age does not say which film a file is; the film's record does, by the digest of the file's header and its size.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from sqlalchemy import delete, insert, select

from vigtool.casework.film import SealedFootage
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeReader
from vigtool.errors import FilmMissing, SealBroken, StorageFailed, VaultDamaged, VaultError
from vigtool.ids import Id, new_id
from vigtool.vault import footage_passes as passes
from vigtool.vault.carried_rows import living_epochs
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.regular import open_regular
from vigtool.vault.schema import footage
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

Opener: TypeAlias = Callable[[], BinaryIO]

_MARGIN = 1.02
_SPARE = 1 << 20
_HINT = "check the vault, or fetch the film from a backup"


def seal_in(
    vault: Vault, source: BinaryIO, size: int, domain: Id, report: Report, cancelled: Cancelled
) -> SealedFootage:
    """Seal a film into the vault, in one pass, and check that what lies there is the film.

    It belongs to the vault from the moment `Writer.keep_footage` is committed; until then it goes at the next open,
    or with `discard`. When anything fails, nothing is left. Not to be called inside a transaction.

    Args:
        vault: where to.
        source: the film, read from where it stands to its end.
        size: bytes that it must turn out to have.
        domain: the family whose key seals it.
        report: told bytes done of twice `size`: once sealing, once checking.
        cancelled: asked between pieces.

    Raises:
        StorageFailed: no room, or the disk did not take it. FilmMissing: the source could not be read. FilmChanged: it
            had another size. Cancelled. NoKey.
    """

    def make(out: BinaryIO) -> None:
        passes.copy_whole(source, size, out, lambda done: report(done, 2 * size), cancelled)

    return _bring(vault, make, size, domain, lambda done: report(size + done, 2 * size), cancelled)


def seal_made(
    vault: Vault, make: Callable[[BinaryIO], None], room: int, domain: Id, cancelled: Cancelled
) -> SealedFootage:
    """Seal what `make` writes, while it is being made, and check what lies there. The rest is as for `seal_in`.

    Args:
        vault: where to.
        make: writes all of it into the file it is given, on and on; whatever it raises goes through.
        room: about how many bytes that will be.
        domain: the family whose key seals it.
        cancelled: asked while it is checked; `make` asks for itself.

    Raises:
        StorageFailed, Cancelled, NoKey: as for `seal_in`.
    """
    return _bring(vault, make, room, domain, lambda _done: None, cancelled)


def into_place(vault: Vault, room: int, domain: Id, put: Callable[[Path], SealedFootage]) -> SealedFootage:
    """Announce a file, have `put` write it beside its place, force it to the disk and check it, and give it its name.

    Args:
        vault: where to.
        room: about how many bytes it will have.
        domain: the family it is of.
        put: what it raises goes through; then nothing is left. What it says of the file need not know its name.

    Raises:
        StorageFailed: no room, or the disk did not take it. NoKey.
    """
    with naming_disk_errors():
        _require_room(vault.core.folder.footage, room)
        file = new_id()
        part, whole = vault.core.folder.footage_part(file), vault.core.folder.footage_file(file)
        _announce(vault, file, domain, vault.core.keyring.newest_epoch(domain))
        try:
            make_private_folder(part.parent)
            made = put(part)
            part.rename(whole)
            sync_folder(whole.parent)
        except BaseException:
            _clear(vault, file)
            raise
    return replace(made, file=file)


def _bring(
    vault: Vault,
    make: Callable[[BinaryIO], None],
    room: int,
    domain: Id,
    checked: Callable[[int], None],
    cancelled: Cancelled,
) -> SealedFootage:
    """Seal what `make` writes for the newest epoch, and check it."""
    keyring = vault.core.keyring

    def put(part: Path) -> SealedFootage:
        identity = keyring.key(domain, keyring.newest_epoch(domain)).footage
        sha256, size = passes.seal(part, make, identity)
        digest = passes.check(part, sha256, identity, checked, cancelled)
        return SealedFootage(
            file="", size=size, sealed_size=part.stat().st_size, sha256=sha256, seal_digest=digest
        )  # its name comes last

    return into_place(vault, room, domain, put)


def discard(vault: Vault, sealed: SealedFootage) -> None:
    """Take away what was sealed but is not to be kept. A file that was kept already stays."""
    _clear(vault, sealed.file)


def opener(vault: Vault, sealed: SealedFootage, domain: Id, *, around: bool = False) -> Opener:
    """A function that opens the film for reading and seeking, decrypting as it goes. Each thread calls it itself.

    Each call checks that the file is the one the film's record was written for. The function raises:
        FilmMissing: the file is gone or cannot be read.
        SealBroken: it is another file, or was changed or cut short. To go `around` damage, a file opens whose beginning
            is whole, and SealBroken comes of the reads that meet the damage.
        VaultError: the vault was closed.

    Raises:
        VaultDamaged: the vault does not know of that footage in that domain.
        NoKey, SealBroken: as for any record.
    """
    epoch = epoch_of(vault, sealed.file, domain)
    file, keyring = vault.core.folder.footage_file(sealed.file), vault.core.keyring
    if epoch not in keyring.epochs(domain) and _was_left_behind(vault, domain, epoch):
        message = "nothing could be read of this film when its family got another key"
        raise SealBroken(message, "mend it from a backup that was made before")
    keyring.key(domain, epoch)

    def open_film() -> BinaryIO:
        return cast("BinaryIO", open_sealed(file, sealed, keyring.key(domain, epoch).footage, around=around))

    return open_film


def _was_left_behind(vault: Vault, domain: Id, epoch: int) -> bool:
    with vault.core.storage.reading() as connection:
        return vault.has_key(domain) and epoch not in living_epochs(connection, domain)


def footage_identity(vault: Vault, domain: Id) -> str:
    """The age identity of a family's films, as `age -d -i` takes it. Whoever has it can see them all.

    It has one line; one more for each time that somebody lost access to the family, the newest first.

    Raises:
        NoKey: this user cannot open the family.
    """
    keyring = vault.core.keyring
    keyring.newest_epoch(domain)
    return "\n".join(keyring.key(domain, epoch).footage.text() for epoch in reversed(keyring.epochs(domain)))


def open_sealed(file: Path, sealed: SealedFootage, identity: Identity, *, around: bool = False) -> AgeReader:
    """One sealed file, checked against its film's record.

    Args:
        file: where it is.
        sealed: what the film's record says of it.
        identity: of its key epoch.
        around: open it also where its end is damaged or gone; its size is then taken from the record.

    Raises:
        FilmMissing: it is gone or cannot be read. SealBroken: it is another file, or damaged.
    """
    try:
        source = open_regular(file)
    except OSError:
        message = "the film's sealed file is gone or cannot be read"
        raise FilmMissing(message, "look whether the disk is plugged in, or fetch the film from a backup") from None
    found_size = sealed.sealed_size if around else os.fstat(source.fileno()).st_size
    reader = AgeReader(source, [identity], size=sealed.size if around else None)
    if (reader.digest, reader.size, found_size) == (sealed.seal_digest, sealed.size, sealed.sealed_size):
        return reader
    reader.close()
    message = "the film's sealed file is not the one its record was written for"
    raise SealBroken(message, _HINT)


def _require_room(folder: Path, size: int) -> None:
    free, needed = shutil.disk_usage(folder).free, int(size * _MARGIN) + _SPARE
    if free < needed:
        message = f"the film needs {needed // _SPARE} MB of room on the vault's disk, and {free // _SPARE} are free"
        raise StorageFailed(message, "make room there and try again; nothing was changed")


def _announce(vault: Vault, file: Id, domain: Id, epoch: int) -> None:
    """Say that a file of this name is on its way, so that a run that is cut off can be cleared up with certainty."""
    row = {
        "file": bytes.fromhex(file),
        "domain": bytes.fromhex(domain),
        "epoch": epoch,
        "state": FootageState.ANNOUNCED,
        "sealed_size": 0,
    }
    with vault.core.storage.writing() as connection:
        connection.execute(insert(footage).values(row))


def _clear(vault: Vault, file: Id) -> None:
    """Take a file away that is not kept. What cannot be taken away now goes at the next open."""
    announced = (footage.c.file == bytes.fromhex(file), footage.c.state == FootageState.ANNOUNCED)
    with suppress(OSError, VaultError), vault.core.storage.writing() as connection:
        if connection.execute(select(footage.c.file).where(*announced)).first() is None:
            return
        vault.core.folder.footage_part(file).unlink(missing_ok=True)
        vault.core.folder.footage_file(file).unlink(missing_ok=True)
        connection.execute(delete(footage).where(*announced))
        with suppress(OSError):
            vault.core.folder.footage_file(file).parent.rmdir()


def epoch_of(vault: Vault, file: Id, domain: Id) -> int:
    """The epoch whose key a file is sealed under.

    Raises:
        VaultDamaged: the vault does not know of that file in that domain.
    """
    mine = (footage.c.file == bytes.fromhex(file), footage.c.domain == bytes.fromhex(domain))
    with vault.core.storage.reading() as connection:
        epoch = connection.execute(select(footage.c.epoch).where(*mine)).scalar()
    if epoch is None:
        message = f"the footage {file} is not entered where its film's record says"
        raise VaultDamaged(message, _HINT)
    return int(epoch)
