"""The list of what was erased, which tells a vault restored from an older backup what to erase again.

It lies in the vault's folder and beside all backups that could be reached, and every backup carries one: a CBOR array
[statement, user 16, signature], signed by that user over "vig/erasures/1" 00 | vault 16 | statement. The statement is a
CBOR map: `vault` 16, `made` (time as text), `erasures` (an array of the records' maps, their reasons left empty) and
`reasons` (an envelope under the vault's own key, bound to "vig/erasures/1" 00 | vault 16: a CBOR map of the reasons by
the records' ids). Without a key it shows ids, days and numbers. It has `proofs`, what those who erased have signed
themselves (`erasing_word`), and `unsure`: ids of erasures of which whoever wrote the list does not know that they were
done by somebody who might. Lists of earlier programs have neither.

What a list tells is believed of those alone who might erase it, as the vault knows them: where they have signed it
themselves, or a lead or an administrator has signed the list. The rest is for a person to believe or not.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigtool.casework.erasure import Erasure
from vigtool.crypto import item
from vigtool.crypto.layout import id_field
from vigtool.crypto.signing import verify as signed_by
from vigtool.errors import InvalidRecord, VigtoolError
from vigtool.ids import Id
from vigtool.vault import membership, payload
from vigtool.vault.cards import signing_keys
from vigtool.vault.core import Core
from vigtool.vault.erasing_word import Proof, keeps, might_erase, proofs_in, proved
from vigtool.vault.kinds import kind_of
from vigtool.vault.moments import utc_time
from vigtool.vault.storage import naming_disk_errors

if TYPE_CHECKING:
    from vigtool.vault.vault import Vault

FILE_NAME = "erased.list"
"""The list in a vault's folder, and in that of its backups."""

LARGEST = 64 << 20
"""Bytes of the largest list that is looked at."""

LABEL = b"vig/erasures/1\x00"
"""With it begins what is signed of a list, and what its reasons are bound to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureList:
    """What a list says.

    Attributes:
        vault: of which vault it tells.
        made: when it was written, UTC.
        by: the user who signed it.
        erasures: what was erased; where this user has no key for the reasons, they are empty.
        trusted: whether somebody has signed it whom the user of the open vault knows for a colleague.
        believed: those erasures that somebody stands for who might do them; of the others a person decides.
        proofs: what those who erased have signed, by the records' ids.
        unsure: what whoever wrote the list did not know to be done by somebody who might.
    """

    vault: Id
    made: datetime
    by: Id
    erasures: tuple[Erasure, ...]
    trusted: bool
    believed: tuple[Erasure, ...] = ()
    proofs: Mapping[Id, Proof] = field(default_factory=dict, repr=False)
    unsure: frozenset[Id] = frozenset()

    @property
    def doubted(self) -> tuple[Erasure, ...]:
        """What a person has to decide about."""
        sure = {erasure.id for erasure in self.believed}
        return tuple(erasure for erasure in self.erasures if erasure.id not in sure)


def list_beside(core: Core) -> tuple[Erasure, ...]:
    """What the list in the vault's folder tells, where somebody stands for it who might do it.

    It may tell more than the vault: then an older state of the vault was put in its place.
    """
    listed = list_in(core, core.folder.root)
    return listed.believed if listed is not None else ()


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
    right = public is not None and signed_by(public, signature, signed_bytes(core.vault, statement))
    if public is not None and not right:
        message = "the list of erasures is not what was signed"
        raise InvalidRecord(message, "take another copy of it; each backup has one")
    reasons = _reasons(core, said["reasons"])
    with core.storage.reading() as connection:
        # A card alone is no ground: anybody who can write to the database can put one there.
        known = {who: key.sig_public for who, key in membership.all_believed(core, connection).items()}
    proofs: dict[Id, tuple[Proof, Erasure]] = {}
    for proof in proofs_in(said.get("proofs")):
        if (erasure := proved(core, proof, known)) is not None:
            proofs[erasure.id] = (proof, _with_reason(erasure, reasons))
    listed = ErasureList(
        vault=core.vault,
        made=utc_time(said["made"]),
        by=user.hex(),
        erasures=tuple(_erasure(each, reasons) for each in said["erasures"]),
        trusted=right and user.hex() in known,
        proofs={id_: proof for id_, (proof, _) in proofs.items()},
        unsure=frozenset(bytes(each).hex() for each in said.get("unsure", ()) if type(each) is bytes),
    )
    return replace(listed, believed=_believed(core, listed, {id_: erasure for id_, (_, erasure) in proofs.items()}))


def _believed(core: Core, listed: ErasureList, signed: Mapping[Id, Erasure]) -> tuple[Erasure, ...]:
    """The erasures of a list that somebody stands for who might do them; as they signed it, where they did."""
    found = []
    with core.storage.reading() as connection:
        keeper = listed.trusted and keeps(core, connection, listed.by)
        for erasure in listed.erasures:
            own = signed.get(erasure.id)
            if own is not None and might_erase(core, connection, own.by, own.family):
                found.append(own)
            elif keeper and erasure.id not in listed.unsure:
                found.append(erasure)
            elif listed.trusted and erasure.by == listed.by and erasure.id not in listed.unsure:
                found += [erasure] if might_erase(core, connection, erasure.by, erasure.family) else []
    return tuple(found)


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


def list_in(core: Core, folder: Path) -> ErasureList | None:
    """The list in a folder; none where there is none, or none that can be read."""
    with suppress(VigtoolError):
        data = read_beside(folder)
        return None if data is None else _checked(data, core)
    return None


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
    return _with_reason(erasure, reasons)


def _with_reason(erasure: Erasure, reasons: Mapping[bytes, str]) -> Erasure:
    return replace(erasure, reason=str(reasons.get(bytes.fromhex(erasure.id), "")))


def _reasons(core: Core, sealed: bytes) -> dict[bytes, str]:
    """The reasons; none where they were sealed by a key that is newer than this copy of the vault."""
    with suppress(VigtoolError, ValueError, TypeError):
        key = core.keyring.key(core.vault, item.epoch_of(sealed)).item
        return dict(payload.unpack(item.open_sealed(key, sealed, LABEL + id_field(core.vault))))
    return {}


def signed_bytes(vault: Id, statement: bytes) -> bytes:
    """What a list's signature is over."""
    return LABEL + id_field(vault) + statement


def _no_list() -> InvalidRecord:
    message = "this is no list of erasures"
    return InvalidRecord(message, "take the file as it was made; each backup has one")
