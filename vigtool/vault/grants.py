"""The keys that this user was given, opened when they are first needed and kept while the vault is open.

A grant is believed where the user gave it to themselves, or somebody gave it whose card this user has checked (see
`trust`). What others gave lies there and opens nothing: whoever can write to the vault could otherwise hand out keys of
their own making and then read all that is written under them.

A grant gives one of two roles. With EVERYTHING its user reads and writes. With STEWARD they keep a key for the day on
which the family has to be given to somebody else: nothing is listed or opened by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from threading import RLock
from typing import Any

from sqlalchemy import Connection, select

from vigtool.crypto.age.identity import Identity
from vigtool.crypto.keys import DomainKey, Grant, UserPublic, UserSecret, open_grant
from vigtool.crypto.signing import Signer
from vigtool.errors import NoKey, SealBroken
from vigtool.ids import Id
from vigtool.vault import schema
from vigtool.vault.keys_told import KeysTold
from vigtool.vault.storage import closed

EVERYTHING = 1
"""The role of somebody who may read and write whatever lies in the domain."""

STEWARD = 2
"""The role of somebody who keeps the key so that the domain can be given to another, and opens nothing with it."""

FIRST_EPOCH = 1


class EpochState(IntEnum):
    """What an epoch of a key domain is good for.

    ACTIVE: the newest is written in. READ_ONLY: somebody lost access; a newer one is written in, or has to be begun.
    SHREDDED: nobody has its key. SHREDDING: the same, and what it was may still be found on the disk.
    """

    ACTIVE = 1
    READ_ONLY = 2
    SHREDDED = 3
    SHREDDING = 4


@dataclass(frozen=True, slots=True)
class OpenKey:
    """The derived keys of one epoch of one domain."""

    item: bytes = field(repr=False)
    footage: Identity = field(repr=False)


def grant_of(row: Any) -> Grant:
    """A grant as its table gave it."""
    return Grant(
        row.domain.hex(), row.epoch, row.user_id.hex(), row.enc, row.granter.hex(), row.role, row.signature
    )  # fmt: skip


class Keyring:
    """What one user can open in one vault.

    Attributes:
        told: what the transaction that is open has done with keys: its entry in the log says it.
        members_kept, signatures_checked: what `membership` has found, so that it is not looked for at each question.
    """

    def __init__(self, vault: Id, user: Id, secret: UserSecret) -> None:
        """Begin with nothing but the user's own secret; `load` brings the grants."""
        self._vault, self._user = vault, user
        self._secret: UserSecret | None = secret
        self._signer = secret.signer()
        self._own = secret.public()
        self._believed: dict[Id, UserPublic] = {user: self._own}
        self._given: dict[tuple[Id, int], Grant] = {}
        self._before: dict[tuple[Id, int], Grant] | None = None
        self._grants: dict[Id, dict[int, Grant]] = {}
        self._kept: dict[Id, dict[int, Grant]] = {}
        self._keys: dict[tuple[Id, int], OpenKey] = {}
        self.told = KeysTold()
        self.members_kept: tuple[Any, Any] | None = None
        self.signatures_checked: dict[bytes, bool] = {}
        self._lock = RLock()

    def load(self, connection: Connection) -> None:
        """Take note of every grant this user has. None is opened yet."""
        mine = schema.domain_grant.c.user_id == bytes.fromhex(self._user)
        rows = connection.execute(select(schema.domain_grant).where(mine))
        self._given = {(row.domain.hex(), row.epoch): grant_of(row) for row in rows}
        self._sort()

    def believe(self, known: Mapping[Id, UserPublic]) -> None:
        """From now on, take grants from these users, whose cards were checked, and from this user alone."""
        with self._lock:
            self._believed = {**known, self._user: self._own}
            self._sort()

    def public_of(self, user: Id) -> UserPublic | None:
        """The public keys of a user whose card was checked, or of oneself; none of anybody else."""
        return self._believed.get(user)

    def believed(self) -> dict[Id, UserPublic]:
        """Everybody whose card was checked, and oneself."""
        return dict(self._believed)

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
        """Every domain that this user can open."""
        return list(self._grants)

    def in_care(self) -> list[Id]:
        """Every domain that this user keeps a key of and does not open."""
        return [domain for domain in self._kept if domain not in self._grants]

    def was_given(self, domain: Id, epoch: int) -> bool:
        """Whether there is a key of an epoch for this user, from whomever: believed or not, opening or not."""
        return (domain, epoch) in self._given

    def waiting(self) -> list[Grant]:
        """What was given by users whose cards were not checked: nothing is opened with it."""
        return [grant for grant in self._given.values() if grant.granter not in self._believed]

    def epochs(self, domain: Id) -> list[int]:
        """The epochs of a domain that this user can open, the oldest first."""
        return sorted(self._grants.get(domain, ()))

    def epochs_held(self, domain: Id) -> list[int]:
        """The same, with those of which they only keep the key."""
        return sorted({*self._grants.get(domain, ()), *self._kept.get(domain, ())})

    def has(self, domain: Id) -> bool:
        """Whether this user can open the domain."""
        return domain in self._grants

    def has_from_another(self, domain: Id) -> bool:
        """Whether somebody else gave this user one of the keys of a domain that they open."""
        return any(grant.granter != self._user for grant in self._grants.get(domain, {}).values())

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
                self._check_has(domain)
                key = self._opened(self._grants[domain].get(epoch), domain)
                self._keys[domain, epoch] = OpenKey(key.item_key(), key.footage_identity())
            return self._keys[domain, epoch]

    def root(self, domain: Id, epoch: int) -> DomainKey:
        """The key that others are given, also where this user only keeps it.

        Raises:
            SealBroken, VaultError: as for `key`.
        """
        grant = self._grants.get(domain, {}).get(epoch) or self._kept.get(domain, {}).get(epoch)
        return self._opened(grant, domain)

    def hold(self, grant: Grant) -> None:
        """Take note of a grant that was just written, inside the transaction that is open."""
        with self._lock:
            self._note()
            self._given[grant.domain, grant.epoch] = grant
            self._keys.pop((grant.domain, grant.epoch), None)
            self._sort()

    def lose(self, domain: Id, epochs: list[int]) -> None:
        """Take note that this user's grants of these epochs are gone, inside the transaction that is open."""
        with self._lock:
            self._note()
            for epoch in epochs:
                self._given.pop((domain, epoch), None)
                self._keys.pop((domain, epoch), None)
            self._sort()

    def settle(self, *, kept: bool) -> None:
        """The transaction ended: keep the keys it made, or forget them with everything else it did."""
        with self._lock:
            before, self._before = self._before, None
            self.told.clear()
            if before is None or kept:
                return
            for place in self._given.keys() | before.keys():
                if self._given.get(place) is not before.get(place):
                    self._keys.pop(place, None)
            self._given = before
            self._sort()

    def drop(self) -> None:
        """Forget every key: the vault is closed."""
        with self._lock:
            self._secret = None
            self._before = None
            self.members_kept = None
            for held in (self._keys, self._grants, self._kept, self._given):
                held.clear()

    def _note(self) -> None:
        """Remember how it was before this transaction."""
        if self._before is None:
            self._before = dict(self._given)

    def _sort(self) -> None:
        """Put what was given by somebody known where it is looked up."""
        opens: dict[Id, dict[int, Grant]] = {}
        keeps: dict[Id, dict[int, Grant]] = {}
        for (domain, epoch), grant in self._given.items():
            if grant.granter in self._believed:
                place = keeps if grant.role == STEWARD else opens
                place.setdefault(domain, {})[epoch] = grant
        self._grants, self._kept = opens, keeps  # at once: other threads look things up meanwhile

    def _opened(self, grant: Grant | None, domain: Id) -> DomainKey:
        secret = self._own_secret()
        if grant is None:
            message = f"the key domain {domain} has no such key from anybody who is known"
            raise SealBroken(message, "check the vault, or fetch it from a backup")
        try:
            return open_grant(grant, self._vault, secret, self._believed[grant.granter].sig_public)
        except SealBroken:
            message = f"the key of {domain} is not what was written"
            raise SealBroken(message, "check the vault, or fetch it from a backup") from None

    def _check_has(self, domain: Id) -> None:
        self._own_secret()
        if domain not in self._grants:
            message = f"nobody gave this user the key of {domain}"
            raise NoKey(message, "ask somebody who can open it to grant it")

    def _own_secret(self) -> UserSecret:
        if self._secret is None:
            raise closed()
        return self._secret
