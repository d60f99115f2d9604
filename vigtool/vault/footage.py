"""Films: sealed on their way in, opened where they are looked at. A readable film never touches the disk.

Each film is one age file, sealed to the identity of its family, so that the family's key and any age program bring it
back. age does not say which film a file is; the film's record does, by the digest of the file's header and its size.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from sqlalchemy import delete, insert, select

from vigtool.casework.film import SealedFootage
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import FilmChanged, FilmMissing, SealBroken, StorageFailed, VaultDamaged, VaultError
from vigtool.ids import Id, new_id
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.schema import footage
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Opener: TypeAlias = Callable[[], BinaryIO]

_PIECE = 1 << 20
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
    return _bring(
        vault,
        domain,
        size,
        lambda part, identity: (_seal(part, source, size, identity, report, cancelled), size),
        lambda done: report(size + done, 2 * size),
        cancelled,
    )


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
    return _bring(
        vault, domain, room, lambda part, identity: _seal_made(part, make, identity), lambda _done: None, cancelled
    )


def _bring(
    vault: Vault,
    domain: Id,
    room: int,
    seal: Callable[[Path, Identity], tuple[bytes, int]],
    checked: Callable[[int], None],
    cancelled: Cancelled,
) -> SealedFootage:
    """Announce a file, let `seal` write it and say its content's SHA-256 and size, check it, give it its name."""
    with naming_disk_errors():
        _require_room(vault.core.folder.footage, room)
        epoch = vault.core.keyring.newest_epoch(domain)
        identity = vault.core.keyring.key(domain, epoch).footage
        file = new_id()
        part, whole = vault.core.folder.footage_part(file), vault.core.folder.footage_file(file)
        _announce(vault, file, domain, epoch)
        try:
            make_private_folder(part.parent)
            sha256, size = seal(part, identity)
            digest = _check(part, sha256, identity, checked, cancelled)
            sealed_size = part.stat().st_size
            part.rename(whole)
            sync_folder(whole.parent)
        except BaseException:
            _clear(vault, file)
            raise
    return SealedFootage(file=file, size=size, sealed_size=sealed_size, sha256=sha256, seal_digest=digest)


def discard(vault: Vault, sealed: SealedFootage) -> None:
    """Take away what was sealed but is not to be kept. A file that was kept already stays."""
    _clear(vault, sealed.file)


def opener(vault: Vault, sealed: SealedFootage, domain: Id) -> Opener:
    """A function that opens the film for reading and seeking, decrypting as it goes. Each thread calls it itself.

    Each call checks that the file is the one the film's record was written for. The function raises:
        FilmMissing: the file is gone or cannot be read.
        SealBroken: it is another file, or was changed or cut short.
        VaultError: the vault was closed.

    Raises:
        VaultDamaged: the vault does not know of that footage in that domain.
        NoKey, SealBroken: as for any record.
    """
    epoch = _epoch(vault, sealed.file, domain)
    file, keyring = vault.core.folder.footage_file(sealed.file), vault.core.keyring
    keyring.key(domain, epoch)

    def open_film() -> BinaryIO:
        return cast("BinaryIO", open_sealed(file, sealed, keyring.key(domain, epoch).footage))

    return open_film


def footage_identity(vault: Vault, domain: Id) -> str:
    """The age identity of a family's films, one line, as `age -d -i` takes it. Whoever has it can see them all.

    Raises:
        NoKey: this user cannot open the family.
    """
    keyring = vault.core.keyring
    return keyring.key(domain, keyring.newest_epoch(domain)).footage.text()


def open_sealed(file: Path, sealed: SealedFootage, identity: Identity) -> AgeReader:
    """One sealed file, checked against its film's record."""
    try:
        source = file.open("rb")
    except OSError:
        message = "the film's sealed file is gone or cannot be read"
        raise FilmMissing(message, "look whether the disk is plugged in, or fetch the film from a backup") from None
    found_size = os.fstat(source.fileno()).st_size
    reader = AgeReader(source, [identity])
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


def _seal(part: Path, source: BinaryIO, size: int, identity: Identity, report: Report, cancelled: Cancelled) -> bytes:
    """Read, hash and seal in one pass; the film's SHA-256. What was written is on the disk when this returns."""
    sha256, done = hashlib.sha256(), 0
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, AgeWriter(out, [identity.recipient()]) as writer:
        for piece in _pieces(source):
            if cancelled():
                raise WasCancelled
            done += len(piece)
            if done > size:
                break
            sha256.update(piece)
            writer.write(piece)
            report(done, 2 * size)
        if done != size:
            message = "the film changed while it was brought in; nothing was kept"
            raise FilmChanged(message, "wait until the camera or the copy has finished with it, then try again")
        writer.close()
        out.flush()
        os.fsync(out.fileno())
    return sha256.digest()


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while True:
        with _naming_source():
            piece = source.read(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _naming_source() -> Iterator[None]:
    """A card that is pulled out is no fault of the vault's disk."""
    try:
        yield
    except OSError:
        message = "the film could not be read to its end; nothing was kept"
        raise FilmMissing(message, "look whether its card or phone is still connected, then try again") from None


class _Counted(io.RawIOBase):
    """Counts and hashes what is written on its way to be sealed."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self.sha256, self.size = hashlib.sha256(), 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take all of `data`."""
        view = memoryview(data).cast("B")
        self.sha256.update(view)
        self._out.write(view)
        self.size += len(view)
        return len(view)


def _seal_made(part: Path, make: Callable[[BinaryIO], None], identity: Identity) -> tuple[bytes, int]:
    """Seal what is made; its SHA-256 and its size. It is on the disk when this returns."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, AgeWriter(out, [identity.recipient()]) as writer:
        counted = _Counted(cast("BinaryIO", writer))
        make(cast("BinaryIO", counted))
        writer.close()
        out.flush()
        os.fsync(out.fileno())
    return counted.sha256.digest(), counted.size


def _check(
    part: Path, sha256: bytes, identity: Identity, checked: Callable[[int], None], cancelled: Cancelled
) -> bytes:
    """Open what was written and compare it with what was read; the digest of its seal."""
    again, done = hashlib.sha256(), 0
    with AgeReader(part.open("rb"), [identity]) as reader:
        while piece := reader.read(_PIECE):
            if cancelled():
                raise WasCancelled
            again.update(piece)
            done += len(piece)
            checked(done)
        if again.digest() != sha256:
            message = "the disk gave back something else than was written"
            raise StorageFailed(message, "this disk should not be trusted: move the vault to another")
        return reader.digest


def _epoch(vault: Vault, file: Id, domain: Id) -> int:
    """The epoch whose key a file is sealed under."""
    mine = (footage.c.file == bytes.fromhex(file), footage.c.domain == bytes.fromhex(domain))
    with vault.core.storage.reading() as connection:
        epoch = connection.execute(select(footage.c.epoch).where(*mine)).scalar()
    if epoch is None:
        message = f"the footage {file} is not entered where its film's record says"
        raise VaultDamaged(message, _HINT)
    return int(epoch)
