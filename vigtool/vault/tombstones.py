"""Writing the list of what was erased: into the vault's folder, beside its backups, and into each backup.

A list is signed by whoever opened the vault, and tells what others have erased. It passes on what these have signed
themselves, and says of which erasures it is not known that somebody did them who might (see `erasures_listed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vigtool.casework.erasure import Erasure
from vigtool.crypto import item
from vigtool.crypto.layout import id_field
from vigtool.ids import Id
from vigtool.vault import membership, payload
from vigtool.vault.core import Core
from vigtool.vault.erasing_word import Proof, might_erase, proof_of
from vigtool.vault.erasures_listed import (
    FILE_NAME,
    LABEL,
    ErasureList,
    check_list,
    list_beside,
    list_in,
    read_beside,
    signed_bytes,
)
from vigtool.vault.folder import create_private_file, sync_folder
from vigtool.vault.kinds import kind_of
from vigtool.vault.moments import utc_text
from vigtool.vault.storage import naming_disk_errors

if TYPE_CHECKING:
    from vigtool.vault.vault import Vault

__all__ = [
    "FILE_NAME", "ErasureList", "check_list", "erasures_here", "export_list", "keep_beside", "keep_in", "list_beside",
    "read_beside", "take_over",
]  # fmt: skip


def export_list(vault: Vault) -> bytes:
    """All that was ever erased from this vault, signed by whoever opened it; also where that is nothing."""
    return _written(vault.core, _told(vault.core, [list_in(vault.core, vault.core.folder.root)]))


def erasures_here(core: Core) -> tuple[list[Erasure], list[Erasure]]:
    """What the vault, and the list in its folder, tell of erasures: on the word of somebody who might; and the rest.

    The rest is for a person to decide about: a colleague with a program of their own can write any record.
    """
    listed = list_in(core, core.folder.root)
    told = _told(core, [listed])
    sure = {erasure.id for erasure in (listed.believed if listed is not None else ())}
    with core.storage.reading() as connection:
        for stored, signed in membership.written_by_keepers(core, connection, Erasure):
            own = signed is not None and stored.writer == stored.value.by
            if signed or (own and might_erase(core, connection, stored.writer, stored.value.family)):
                sure.add(stored.id)
    every = told.erasures.values()
    return [each for each in every if each.id in sure], [each for each in every if each.id not in sure]


def keep_beside(core: Core) -> None:
    """Have the list in the vault's folder tell what the vault tells, and keep what it told already.

    Raises:
        StorageFailed.
    """
    keep_in(core, core.folder.root)


def keep_in(core: Core, folder: Path, also: ErasureList | None = None) -> None:
    """The same for the list in another folder, such as that of the backups: what is restored from there is told.

    Where nothing was ever erased there is none. One that tells more, and that a user has signed who is not known to
    this state of the vault, is left as it is.

    Args:
        core: of the open vault.
        folder: where the list lies, or is to lie.
        also: another list, of which this one is to tell too.

    Raises:
        StorageFailed.
    """
    listed = list_in(core, folder)
    told = _told(core, [list_in(core, core.folder.root), listed, also])
    before = set() if listed is None else {erasure.id for erasure in listed.erasures}
    unsure = listed is not None and not listed.trusted and not before <= told.erasures.keys()
    same = listed is not None and listed.trusted and before == told.erasures.keys()
    if not told.erasures or unsure or (same and listed is not None and told.proofs.keys() <= listed.proofs.keys()):
        return
    target, new = folder / FILE_NAME, folder / f"{FILE_NAME}.new"
    with naming_disk_errors():
        new.unlink(missing_ok=True)
        create_private_file(new, _written(core, told))
        new.replace(target)
        sync_folder(folder)


def take_over(core: Core, listed: ErasureList) -> None:
    """Have the list in the vault's folder tell what another tells, with what those have signed who erased it.

    Raises:
        StorageFailed.
    """
    if listed.trusted or listed.believed:
        keep_in(core, core.folder.root, listed)


@dataclass(slots=True)
class _Told:
    """What a list is to tell.

    Attributes:
        erasures, proofs: by the records' ids.
        unsure: of which it is not known that they were done by somebody who might.
    """

    erasures: dict[Id, Erasure] = field(default_factory=dict)
    proofs: dict[Id, Proof] = field(default_factory=dict)
    unsure: set[Id] = field(default_factory=set)


def _told(core: Core, lists: Iterable[ErasureList | None]) -> _Told:
    """What the vault tells, and what lists of its users tell besides."""
    told = _Told()
    with core.storage.reading() as connection:
        for stored, sure in membership.written_by_keepers(core, connection, Erasure):
            told.erasures[stored.id] = stored.value
            told.unsure |= set() if sure else {stored.id}
            if stored.value.by == stored.writer == core.user and sure is not None:
                told.proofs[stored.id] = proof_of(core, stored.value)
    for listed in filter(None, lists):
        told.unsure -= {erasure.id for erasure in listed.believed}
        told.proofs = {**listed.proofs, **told.proofs}
        if listed.trusted:
            more = [erasure for erasure in listed.erasures if erasure.id not in told.erasures]
            told.erasures |= {erasure.id: erasure for erasure in more}
            told.unsure |= {erasure.id for erasure in more} & {erasure.id for erasure in listed.doubted}
    return told


def _written(core: Core, told: _Told) -> bytes:
    schema, erasures = kind_of(Erasure).schema, told.erasures.values()
    epoch = core.keyring.newest_epoch(core.vault)
    key = core.keyring.key(core.vault, epoch).item
    reasons = payload.pack({bytes.fromhex(erasure.id): erasure.reason for erasure in erasures})
    said = {
        "vault": bytes.fromhex(core.vault),
        "made": utc_text(core.clock()),
        "erasures": [payload.to_map(replace(erasure, reason=""), schema) for erasure in erasures],
        "reasons": item.seal(key, reasons, LABEL + id_field(core.vault), epoch),
        "proofs": [proof.parts() for id_, proof in sorted(told.proofs.items()) if id_ in told.erasures],
        "unsure": [bytes.fromhex(id_) for id_ in sorted(told.unsure & told.erasures.keys())],
    }
    statement = payload.pack(said)
    signature = core.keyring.signer.sign(signed_bytes(core.vault, statement))
    return payload.pack([statement, bytes.fromhex(core.user), signature])
