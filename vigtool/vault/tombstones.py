"""The list of what was erased, which tells a vault restored from an older backup what to erase again.

It lies in the vault's folder and beside all backups that could be reached, and every backup carries one: a CBOR array
[statement, user 16, signature], signed by that user over "vig/erasures/1" 00 | vault 16 | statement. The statement is a
CBOR map: `vault` 16, `made` (time as text), `erasures` (an array of the records' maps, their reasons left empty) and
`reasons` (an envelope under the vault's own key, bound to "vig/erasures/1" 00 | vault 16: a CBOR map of the reasons by
the records' ids). Without a key it shows ids, days and numbers.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigtool.casework.erasure import Erasure
from vigtool.crypto import item
from vigtool.crypto.layout import id_field
from vigtool.crypto.signing import verify as signed_by
from vigtool.errors import InvalidRecord, VigtoolError
from vigtool.ids import Id
from vigtool.vault import membership, payload, reading
from vigtool.vault.cards import signing_keys
from vigtool.vault.core import Core
from vigtool.vault.folder import create_private_file, sync_folder
from vigtool.vault.kinds import kind_of
from vigtool.vault.moments import utc_text, utc_time
from vigtool.vault.storage import naming_disk_errors

if TYPE_CHECKING:
    from vigtool.vault.vault import Vault

FILE_NAME = "erased.list"
"""The list in a vault's folder, and in that of its backups."""

LARGEST = 64 << 20
"""Bytes of the largest list that is looked at."""

_LABEL = b"vig/erasures/1\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureList:
    """What a list says.

    Attributes:
        vault: of which vault it tells.
        made: when it was written, UTC.
        by: the user who signed it.
        erasures: what was erased; where this user has no key for the reasons, they are empty.
        trusted: whether somebody has signed it whom the user of the open vault knows for a colleague; where not, a
            person decides whether to believe it.
    """

    vault: Id
    made: datetime
    by: Id
    erasures: tuple[Erasure, ...]
    trusted: bool


def export_list(vault: Vault) -> bytes:
    """All that was ever erased from this vault, signed by whoever opened it; also where that is nothing."""
    return _written(vault.core, _known(vault.core))


def list_beside(core: Core) -> tuple[Erasure, ...]:
    """What the list in the vault's folder tells, where a user of the vault has signed it.

    It may tell more than the vault: then an older state of the vault was put in its place.
    """
    listed = _in(core, core.folder.root)
    return listed.erasures if listed is not None and listed.trusted else ()


def check_list(data: bytes, vault: Vault) -> ErasureList:
    """What a list says, held against the users of an open vault, which may be an older state of the same one.

    Args:
        data: as `export_list` made it.
        vault: the one that was restored.

    Raises:
        InvalidRecord: it is no such list, is another vault's, or was changed since it was signed.
    """
    return _checked(data, vault.core)


def _checked(data: bytes, core: Core) -> ErasureList:
    statement, user, signature = _parts(data)
    said = _said(statement)
    if said["vault"] != bytes.fromhex(core.vault):
        message = "this list of erasures is another vault's"
        raise InvalidRecord(message, "take the one that lies beside a backup of this vault")
    public = signing_keys(core).by_user.get(user.hex())
    right = public is not None and signed_by(public, signature, _signed(core.vault, statement))
    if public is not None and not right:
        message = "the list of erasures is not what was signed"
        raise InvalidRecord(message, "take another copy of it; each backup has one")
    reasons = _reasons(core, said["reasons"])
    return ErasureList(
        vault=core.vault,
        made=utc_time(said["made"]),
        by=user.hex(),
        erasures=tuple(_erasure(each, reasons) for each in said["erasures"]),
        trusted=right and user.hex() in _colleagues(core),
    )


def _colleagues(core: Core) -> set[Id]:
    """Whose lists are believed: oneself, users whose cards are known, and those whom one of these has entered.

    A card alone is no ground: anybody who can write to the database can put one there.
    """
    with core.storage.reading() as connection:
        return {*core.keyring.believed(), *membership.vouched(core, connection)}


def read_beside(folder: Path) -> bytes | None:
    """The list in the folder of a vault or a backup; none where there is none. It takes no key to fetch it.

    Raises:
        StorageFailed.
    """
    with naming_disk_errors():
        try:
            if not stat.S_ISREG((folder / FILE_NAME).lstat().st_mode):
                return None  # a pipe would keep the vault from opening for ever
            with (folder / FILE_NAME).open("rb") as file:
                return file.read(LARGEST)
        except FileNotFoundError:
            return None


def keep_beside(core: Core) -> None:
    """Have the list in the vault's folder tell what the vault tells, and keep what it told already.

    Raises:
        StorageFailed.
    """
    keep_in(core, core.folder.root)


def keep_in(core: Core, folder: Path) -> None:
    """The same for the list in another folder, such as that of the backups: what is restored from there is told.

    Where nothing was ever erased there is none. One that tells more, and that a user has signed who is not known to
    this state of the vault, is left as it is.

    Raises:
        StorageFailed.
    """
    listed = _in(core, folder)
    known = _known(core)
    more = () if listed is None or not listed.trusted else listed.erasures
    known += [erasure for erasure in more if erasure.id not in {each.id for each in known}]
    told = set() if listed is None else {erasure.id for erasure in listed.erasures}
    unsure = listed is not None and not listed.trusted and not told <= {erasure.id for erasure in known}
    if not known or unsure or (listed is not None and listed.trusted and told == {each.id for each in known}):
        return
    target, new = folder / FILE_NAME, folder / f"{FILE_NAME}.new"
    with naming_disk_errors():
        new.unlink(missing_ok=True)
        create_private_file(new, _written(core, known))
        new.replace(target)
        sync_folder(folder)


def _known(core: Core) -> list[Erasure]:
    """What the vault tells, and what the list beside it tells besides."""
    with core.storage.reading() as connection:
        own = [stored.value for stored in reading.every(core, connection, Erasure, readable=True)]
    there = {erasure.id for erasure in own}
    return own + [erasure for erasure in list_beside(core) if erasure.id not in there]


def _in(core: Core, folder: Path) -> ErasureList | None:
    """The list in a folder; none where there is none, or none that can be read."""
    with suppress(VigtoolError):
        data = read_beside(folder)
        return None if data is None else _checked(data, core)
    return None


def _written(core: Core, erasures: Sequence[Erasure]) -> bytes:
    schema = kind_of(Erasure).schema
    epoch = core.keyring.newest_epoch(core.vault)
    key = core.keyring.key(core.vault, epoch).item
    reasons = payload.pack({bytes.fromhex(erasure.id): erasure.reason for erasure in erasures})
    said = {
        "vault": bytes.fromhex(core.vault),
        "made": utc_text(core.clock()),
        "erasures": [payload.to_map(replace(erasure, reason=""), schema) for erasure in erasures],
        "reasons": item.seal(key, reasons, _LABEL + id_field(core.vault), epoch),
    }
    statement = payload.pack(said)
    signature = core.keyring.signer.sign(_signed(core.vault, statement))
    return payload.pack([statement, bytes.fromhex(core.user), signature])


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    with suppress(VigtoolError):
        found = payload.unpack(data)
        if type(found) is list and [type(part) for part in found] == [bytes, bytes, bytes] and len(found[1]) == 16:
            return found[0], found[1], found[2]
    raise _no_list()


def _said(statement: bytes) -> dict[str, Any]:
    wanted = {"vault": bytes, "made": str, "erasures": list, "reasons": bytes}
    with suppress(VigtoolError, ValueError, TypeError, AttributeError):
        found = payload.unpack(statement)
        if {name: type(found.get(name)) for name in wanted} == wanted:
            utc_time(found["made"])
            return dict(found)
    raise _no_list()


def _erasure(said: Any, reasons: Mapping[bytes, str]) -> Erasure:
    try:
        erasure = payload.from_map(Erasure, kind_of(Erasure).newest(dict(said)))
    except (VigtoolError, TypeError, ValueError):
        raise _no_list() from None
    return replace(erasure, reason=str(reasons.get(bytes.fromhex(erasure.id), "")))


def _reasons(core: Core, sealed: bytes) -> dict[bytes, str]:
    """The reasons; none where they were sealed by a key that is newer than this copy of the vault."""
    with suppress(VigtoolError, ValueError, TypeError):
        key = core.keyring.key(core.vault, item.epoch_of(sealed)).item
        return dict(payload.unpack(item.open_sealed(key, sealed, _LABEL + id_field(core.vault))))
    return {}


def _signed(vault: Id, statement: bytes) -> bytes:
    return _LABEL + id_field(vault) + statement


def _no_list() -> InvalidRecord:
    message = "this is no list of erasures"
    return InvalidRecord(message, "take the file as it was made; each backup has one")
