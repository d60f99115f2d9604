"""Reading every chunk of a sealed film, to find those that are not what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vigtool.casework.film import SealedFootage
from vigtool.crypto.age.chunks import CHUNK
from vigtool.crypto.age.identity import Identity
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import FilmMissing, SealBroken, StorageFailed
from vigtool.ids import Id
from vigtool.vault.footage import epoch_of, open_sealed
from vigtool.vault.reading_back import Step, forget_file
from vigtool.vault.storage import Cancelled
from vigtool.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Holes:
    """What of a sealed film is not what was written.

    Attributes:
        lost: the file is gone, or does not open at all.
        parts: half-open stretches of the film's own bytes that cannot be read, in order and apart.
    """

    lost: bool
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.lost and not self.parts


def find_holes(vault: Vault, sealed: SealedFootage, domain: Id, step: Step, cancelled: Cancelled) -> Holes:
    """Open every chunk of a film that lies in the vault.

    Args:
        vault: open.
        sealed: what the film's record says of its file.
        domain: the family.
        step: told of sealed bytes read.
        cancelled: asked between chunks.

    Raises:
        NoKey, VaultDamaged: its key cannot be had. Cancelled.
    """
    identity = vault.core.keyring.key(domain, epoch_of(vault, sealed.file, domain)).footage
    return _holes(vault.core.folder.footage_file(sealed.file), sealed, identity, step, cancelled)


def _holes(file: Path, sealed: SealedFootage, identity: Identity, step: Step, cancelled: Cancelled) -> Holes:
    forget_file(file)
    parts: list[tuple[int, int]] = []
    try:
        reader = open_sealed(file, sealed, identity, around=True)
    except (FilmMissing, SealBroken, StorageFailed):
        return Holes(lost=True)
    with reader:
        for start in range(0, max(1, sealed.size), CHUNK):
            if cancelled():
                raise WasCancelled
            end = min(start + CHUNK, sealed.size)
            try:
                reader.seek(start)
                reader.read(max(1, end - start))
            except (SealBroken, StorageFailed):
                begin = parts.pop()[0] if parts and parts[-1][1] == start else start
                parts.append((begin, end))
            step(end - start)
    if not parts and file.stat().st_size != sealed.sealed_size:
        return Holes(lost=False, parts=((sealed.size, sealed.size),))
    return Holes(lost=False, parts=tuple(parts))
