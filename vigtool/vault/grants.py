"""The keys that this user was given, opened when they are first needed and kept while the vault is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from threading import RLock

from sqlalchemy import Connection, insert, select

from vigtool.crypto.age.identity import Identity
from vigtool.crypto.keys import DomainKey, Grant, UserSecret, open_grant, seal_grant
from vigtool.crypto.signing import Signer
from vigtool.errors import InvalidRecord, NoKey, SealBroken
from vigtool.ids import Id
from vigtool.vault import schema
from vigtool.vault.storage import closed

EVERYTHING = 1
"""The role of somebody who may read and write whatever lies in the domain."""

FIRST_EPOCH = 1


class EpochState(IntEnum):
    """What an epoch of a key domain is good for."""

    ACTIVE = 1
    READ_ONLY = 2
    SHREDDED = 3


@dataclass(frozen=True, slots=True)
class OpenKey:
    """The derived keys of one epoch of one domain."""

    item: bytes = field(repr=False)
    footage: Identity = field(repr=False)


class Keyring:
    """What one user can open in one vault."""

    def __init__(self, vault: Id, user: Id, secret: UserSecret) -> None:
        """Begin with nothing but the user's own secret; `load` brings the grants."""
        self._vault, self._user = vault, user
        self._secret: UserSecret | None = secret
        self._signer = secret.signer()
        self._grants: dict[Id, dict[int, Grant]] = {}
        self._keys: dict[tuple[Id, int], OpenKey] = {}
        self._new: list[Id] = []
        self._lock = RLock()

    def load(self, connection: Connection) -> None:
        """Take note of every grant this user has. None is opened yet."""
        table = schema.domain_grant.c
        rows = connection.execute(select(schema.domain_grant).where(table.user_id == bytes.fromhex(self._user)))
        for row in rows:
            grant = Grant(row.domain.hex(), row.epoch, self._user, row.enc, row.granter.hex(), row.role, row.signature)
            self._grants.setdefault(grant.domain, {})[grant.epoch] = grant

    @property
    def signer(self) -> Signer:
        """What signs in this user's name."""
        self._own_secret()
        return self._signer

    @property
    def secret(self) -> UserSecret:
        """The user's own secret, to be locked anew.

        Raises:
            VaultError: the vault was closed.
        """
        return self._own_secret()

    def domains(self) -> list[Id]:
        """Every domain this user was given a key of."""
        return list(self._grants)

    def epochs(self, domain: Id) -> list[int]:
        """The epochs of a domain that this user was given keys of, the oldest first."""
        return sorted(self._grants.get(domain, ()))

    def has(self, domain: Id) -> bool:
        """Whether this user was given a key of the domain."""
        return domain in self._grants

    def newest_epoch(self, domain: Id) -> int:
        """The epoch in which new things are written.

        Raises:
            NoKey: this user has no key of the domain.
        """
        self._check_has(domain)
        return max(self._grants[domain])

    def key(self, domain: Id, epoch: int) -> OpenKey:
        """The keys of one epoch.

        Raises:
            NoKey: this user has no key of the domain.
            SealBroken: the domain has no such epoch, or its grant is not what was written.
            VaultError: the vault was closed.
        """
        with self._lock:
            if (domain, epoch) not in self._keys:
                self._keys[domain, epoch] = self._opened(domain, epoch)
            return self._keys[domain, epoch]

    def new_domain(self, connection: Connection, domain: Id) -> None:
        """Make the first key of a domain and grant it to this user, inside the transaction that is open.

        Raises:
            InvalidRecord: the domain has a key already.
        """
        secret = self._own_secret()
        epochs = schema.domain_epoch
        name = bytes.fromhex(domain)
        if connection.execute(select(epochs.c.epoch).where(epochs.c.domain == name)).first():
            message = "this family has its key already"
            raise InvalidRecord(message, "make another family")
        key = DomainKey.generate(domain, FIRST_EPOCH)
        to = secret.public()
        grant = seal_grant(key, self._vault, self._user, to, self._user, EVERYTHING, self._signer)
        connection.execute(insert(epochs).values(domain=name, epoch=FIRST_EPOCH, state=EpochState.ACTIVE))
        user = bytes.fromhex(self._user)
        connection.execute(
            insert(schema.domain_grant).values(
                domain=name,
                epoch=FIRST_EPOCH,
                user_id=user,
                granter=user,
                role=grant.role,
                enc=grant.enc,
                signature=grant.sig,
            )
        )
        self._grants[domain] = {FIRST_EPOCH: grant}
        self._new.append(domain)

    def settle(self, *, kept: bool) -> None:
        """The transaction ended: keep the keys it made, or forget them with everything else it did."""
        if not kept:
            for domain in self._new:
                self._grants.pop(domain, None)
                self._keys.pop((domain, FIRST_EPOCH), None)
        self._new.clear()

    def drop(self) -> None:
        """Forget every key: the vault is closed."""
        with self._lock:
            self._secret = None
            self._keys.clear()
            self._grants.clear()

    def _opened(self, domain: Id, epoch: int) -> OpenKey:
        secret = self._own_secret()
        self._check_has(domain)
        grant = self._grants[domain].get(epoch)
        if grant is None or grant.granter != self._user:
            message = f"the key domain {domain} has no such key from anybody who is known"
            raise SealBroken(message, "check the vault, or fetch it from a backup")
        try:
            key = open_grant(grant, self._vault, secret, self._signer.public)
        except SealBroken:
            message = f"the key of {domain} is not what was written"
            raise SealBroken(message, "check the vault, or fetch it from a backup") from None
        return OpenKey(key.item_key(), key.footage_identity())

    def _check_has(self, domain: Id) -> None:
        self._own_secret()
        if domain not in self._grants:
            message = f"nobody gave this user the key of {domain}"
            raise NoKey(message, "ask somebody who can open it to grant it")

    def _own_secret(self) -> UserSecret:
        if self._secret is None:
            raise closed()
        return self._secret
