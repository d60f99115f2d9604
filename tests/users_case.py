"""A small service to try things on: a lead who began it, two practitioners, and the organisation's key on paper.

Lea began the vault alone, with a family of her own. She added the organisation's key, then Bo and Di. Bo has a family
with a film; Di has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import vault_case
from vault_case import PASSPHRASE, ticking
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family, Role
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.crypto.recovery import RecoveryKey
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import add_colleague, keep_organisation_key, new_organisation_key
from vigtool.practice.families import NewFamily, PersonWords, add_family
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

ON = date(2026, 11, 22)
BO, DI = "another phrase that is long enough", "a third phrase, which is as long"
BYTES = bytes(range(251)) * 400


@dataclass(frozen=True, slots=True)
class Service:
    """Who and what is in it."""

    folder: Path
    lea: Id
    bo: Id
    di: Id
    key: RecoveryKey
    hers: Family
    his: NewFamily
    film: Film
    mark: Mark

    def keys(self) -> dict[Id, str]:
        return {self.lea: PASSPHRASE, self.bo: BO, self.di: DI}

    @contextmanager
    def opened(self, user: Id | RecoveryKey) -> Iterator[Vault]:
        """The vault as one of them opens it."""
        key, whose = (user, None) if isinstance(user, RecoveryKey) else (self.keys()[user], user)
        with Vault.open(self.folder, key, whose, clock=ticking) as vault:
            put_keys_in_order(vault)
            yield vault

    def copied(self, to: Path) -> Service:
        return replace(self, folder=vault_case.copy(self.folder, to))


def build(folder: Path) -> Service:
    """Make the service in `folder` and close its vault."""
    key = new_organisation_key()
    with Vault.create(folder, PASSPHRASE, name="Lea", cost=LEAST_COST, clock=ticking) as vault:
        lea = vault.user_id
        hers = add_family(vault, name="Nadia", on=ON).family
        keep_organisation_key(vault, key)
        bo, di = (
            add_colleague(
                vault, name=name, roles=[StaffRole.PRACTITIONER], passphrase=words, on=ON, cost=LEAST_COST
            ).user
            for name, words in (("Bo", BO), ("Di", DI))
        )
    with Vault.open(folder, BO, bo, clock=ticking) as vault:
        put_keys_in_order(vault)
        mother = PersonWords(name="Zuzana Canary", role=Role.PARENT)
        his = add_family(vault, name="Omar Canary", people=[mother], on=ON)
        sealed = vault_case.seal(vault, BYTES, his.family.id)
        film = replace(vault_case.film_of(sealed, his.family.id), persons=(his.persons[0].id,))
        layer = Layer(id=new_id(), film=film.id, author=bo, scheme="attuned", scheme_version=1)
        mark = vault_case.mark_of(layer, note="she looks up")
        with vault.transaction("film add") as writer:
            writer.keep_footage(sealed, his.family.id)
            for record in (film, layer, mark):
                writer.add(record)
    return Service(folder, lea, bo, di, key, hers, his, film, mark)
