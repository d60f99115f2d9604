"""On whose word something counts as erased: who might erase it, and what they have signed of it themselves.

A list of erasures is written by whoever opened the vault, and most of what it tells others have done. So each who
erases signs what they erased, and lists pass that on: `proofs` in a list's statement is an array of arrays
[statement, user 16, signature], signed by that user over "vig/erased/1" 00 | vault 16 | statement; the statement is the
CBOR map of the erasure's record, its reason left empty.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select

from vigtool.casework.erasure import Erasure
from vigtool.casework.member import StaffRole
from vigtool.crypto.keys import is_given_by
from vigtool.crypto.layout import id_field
from vigtool.crypto.signing import verify
from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.vault import membership, payload
from vigtool.vault.cards import read_cards
from vigtool.vault.core import Core
from vigtool.vault.grants import EVERYTHING, grant_of
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import domain_grant
from vigtool.vault.trust import founder

_LABEL = b"vig/erased/1\x00"
_KEEPERS = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody who erased something has signed of it.

    Attributes:
        statement, user, signature: as they stand in a list.
    """

    statement: bytes
    user: Id
    signature: bytes

    def parts(self) -> list[bytes]:
        """As a list has it."""
        return [self.statement, bytes.fromhex(self.user), self.signature]


def proof_of(core: Core, erasure: Erasure) -> Proof:
    """The word of whoever opened the vault that they erased this."""
    statement = payload.pack(payload.to_map(replace(erasure, reason=""), kind_of(Erasure).schema))
    return Proof(statement, core.user, core.keyring.signer.sign(_LABEL + id_field(core.vault) + statement))


def proofs_in(said: Any) -> list[Proof]:
    """The proofs in a list's statement; what is none is passed over."""
    if type(said) is not list:
        return []
    each = [one for one in said if type(one) is list and [type(part) for part in one] == [bytes] * 3]
    return [Proof(one[0], one[1].hex(), one[2]) for one in each if len(one[1]) == 16]


def proved(core: Core, proof: Proof, keys: dict[Id, bytes]) -> Erasure | None:
    """What a proof says, where its user has signed it and names themselves.

    Args:
        core: of the open vault.
        proof: as a list had it.
        keys: the signing keys of the users who are known.
    """
    key = keys.get(proof.user)
    if key is None or not verify(key, proof.signature, _LABEL + id_field(core.vault) + proof.statement):
        return None
    with suppress(VigtoolError, TypeError, ValueError, AttributeError):
        erasure: Erasure = payload.from_map(Erasure, kind_of(Erasure).newest(dict(payload.unpack(proof.statement))))
        return erasure if erasure.by == proof.user else None
    return None


def keeps(core: Core, connection: Connection, user: Id) -> bool:
    """Whether a user may erase any family: a lead or an administrator, or who works alone, as this vault knows them."""
    members = membership.in_force(core, connection)
    if not any(StaffRole.ORGANISATION not in member.roles for member in members.values()):
        return user == founder(core, connection)
    member = members.get(user)
    return member is not None and member.left is None and not _KEEPERS.isdisjoint(member.roles)


def might_erase(core: Core, connection: Connection, user: Id, family: Id) -> bool:
    """Whether a user may erase in a family: as above, or as its practitioner, who opens it."""
    if keeps(core, connection, user):
        return True
    member = membership.in_force(core, connection).get(user)
    if member is None or member.left is not None or StaffRole.PRACTITIONER not in member.roles:
        return False
    return _opens(core, connection, user, family)


def _opens(core: Core, connection: Connection, user: Id, family: Id) -> bool:
    """Whether somebody who is known has given them the newest key of the family."""
    of_family = domain_grant.c.domain == bytes.fromhex(family)
    newest = select(func.max(domain_grant.c.epoch)).where(of_family).scalar_subquery()
    theirs = (of_family, domain_grant.c.epoch == newest, domain_grant.c.user_id == bytes.fromhex(user))
    row = connection.execute(select(domain_grant).where(*theirs)).first()
    card = read_cards(connection, core.vault).get(user)
    if row is None or card is None or card.public is None:
        return False
    grant = grant_of(row)
    giver = membership.all_believed(core, connection).get(grant.granter)
    known = giver is not None and is_given_by(grant, core.vault, card.public.kem_kind, giver.sig_public)
    return known and grant.role == EVERYTHING
