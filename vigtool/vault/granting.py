"""Keys handed out, kept in care and taken back, inside one transaction of the vault.

A key is only ever given to somebody whose card the giver has checked. When a new one takes its place, it goes to those
whose grant proves that its giver had the key: a row that was merely put into the table is worth nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import DomainKey, Grant, has_proof, is_given_by, is_proved, seal_grant
from vigtool.errors import CardUnchecked, InvalidRecord, NoKey, RecordChanged
from vigtool.ids import Id
from vigtool.vault import membership
from vigtool.vault.cards import read_cards
from vigtool.vault.core import Core
from vigtool.vault.grants import EVERYTHING, FIRST_EPOCH, STEWARD, EpochState, grant_of
from vigtool.vault.schema import domain_epoch, domain_grant


def open_domain(core: Core, connection: Connection, domain: Id) -> None:
    """Make the first key of a domain, for this user; of a family also for those who keep every family's.

    Raises:
        InvalidRecord: the domain has a key already.
    """
    if _newest(connection, domain):
        message = "this family has its key already"
        raise InvalidRecord(message, "make another family")
    keepers = [] if domain in (core.vault, core.user) else membership.stewards(core, connection)
    key = DomainKey.generate(domain, FIRST_EPOCH)
    _begin(core, connection, key, {**dict.fromkeys(keepers, STEWARD), core.user: EVERYTHING})


def holders(core: Core, connection: Connection, domain: Id) -> dict[Id, int]:
    """Everybody who holds the newest key of a domain on good grounds, and in which role.

    The vault's own key is everybody's who is entered and has not left. A family's key is held by those whose grant
    proves that its giver had it; a row that was merely put into the table is no ground.

    Raises:
        CardUnchecked: one of them has a card that this user has not checked, or that is another now: who that is must
            be known before anything is given anew.
        SealBroken: this user has not the newest key.
    """
    if domain == core.vault:
        found = dict.fromkeys(membership.staying(core, connection), EVERYTHING) | {core.user: EVERYTHING}
    else:
        found = _given_on(core, connection, domain)
    unsure = membership.uncheckable(core, connection) if domain == core.vault else ()
    if unsure or any(core.keyring.public_of(user) is None for user in found):
        message = "this key was given to somebody whose card you have not compared yet"
        raise CardUnchecked(message, "compare the six words of their card with them, then do this again")
    return found


def _given_on(core: Core, connection: Connection, domain: Id) -> dict[Id, int]:
    """By the newest rows of a family: those which prove that whoever made them had the key."""
    newest = _newest(connection, domain)
    rows = connection.execute(select(domain_grant).where(*_of(domain), domain_grant.c.epoch == newest))
    grants = {grant.user: grant for grant in map(grant_of, rows)}
    key, cards = core.keyring.root(domain, newest), read_cards(connection, core.vault)
    giver = grants[core.user].granter if core.user in grants else core.user
    return {
        user: grant.role
        for user, grant in grants.items()
        if (card := cards.get(user)) and card.public and _stands(core, grant, card.public.kem_kind, key, giver)
    }


def _stands(core: Core, grant: Grant, kind: KemKind, key: DomainKey, giver: Id) -> bool:
    """Whether somebody who had the key made a grant. One from before there were proofs counts by who signed it."""
    if has_proof(grant, kind):
        return is_proved(grant, core.vault, kind, key)
    known = core.keyring.public_of(grant.granter)
    if known is None or grant.granter not in (core.user, giver):
        return False
    return is_given_by(grant, core.vault, kind, known.sig_public)


def rows_of(connection: Connection, domain: Id) -> list[Grant]:
    """Every grant of a domain as it lies in the table, believed or not."""
    return [grant_of(row) for row in connection.execute(select(domain_grant).where(*_of(domain)))]


def standing(connection: Connection, domain: Id) -> dict[Id, int]:
    """Who was given the newest key that they have of a domain, in which role, as it lies in the table."""
    newest_last = sorted(rows_of(connection, domain), key=lambda grant: grant.epoch)
    return {grant.user: grant.role for grant in newest_last}


def domains_of(connection: Connection, user: Id) -> list[Id]:
    """Every domain of which a user was given a key."""
    of_user = domain_grant.c.user_id == bytes.fromhex(user)
    return sorted(
        row.hex() for row in connection.execute(select(domain_grant.c.domain).where(of_user).distinct()).scalars()
    )


def give(core: Core, connection: Connection, domain: Id, user: Id, role: int) -> None:
    """Give a user every key of a domain that this user holds, in the place of what they were given before.

    Raises:
        CardUnchecked: their card was never checked. NoKey: this user holds none.
    """
    epochs = core.keyring.epochs_held(domain)
    if not epochs:
        message = f"nobody gave this user the key of {domain}"
        raise NoKey(message, "ask somebody who can open it to grant it")
    for epoch in epochs:
        _give(core, connection, core.keyring.root(domain, epoch), user, role)
    core.keyring.told.give(domain, user, role, epochs)


def take(core: Core, connection: Connection, domain: Id, user: Id) -> None:
    """Take every key of a domain from a user. What was sealed under these keys they could have kept a copy of."""
    connection.execute(delete(domain_grant).where(*_of(domain), domain_grant.c.user_id == bytes.fromhex(user)))
    core.keyring.told.take(domain, user)
    if user == core.user:
        core.keyring.lose(domain, core.keyring.epochs_held(domain))


def next_key(connection: Connection, domain: Id) -> DomainKey:
    """A key for the epoch that would come next."""
    return DomainKey.generate(domain, _newest(connection, domain) + 1)


def renew(core: Core, connection: Connection, domain: Id, to: Mapping[Id, int], key: DomainKey | None = None) -> int:
    """Begin a new epoch, whose key these users get in these roles; its number. Earlier ones are read only from now on.

    Args:
        core: of the open vault.
        connection: with the transaction.
        domain: which.
        to: the users and their roles.
        key: made beforehand by `next_key`; a fresh one where none is given.

    Raises:
        CardUnchecked: one of them has a card that was never checked.
        RecordChanged: another epoch was begun since the key was made.
    """
    fresh = next_key(connection, domain)
    key = key or fresh
    if key.epoch != fresh.epoch:
        message = "somebody's access to this family was changed in the meantime"
        raise RecordChanged(message, "do this again")
    earlier = update(domain_epoch).where(domain_epoch.c.domain == bytes.fromhex(domain))
    connection.execute(earlier.where(domain_epoch.c.state == EpochState.ACTIVE).values(state=int(EpochState.READ_ONLY)))
    _begin(core, connection, key, to)
    return key.epoch


def close_epochs(connection: Connection, domain: Id) -> None:
    """Say that whoever writes in a domain next has to begin a new epoch; somebody without a key can say so."""
    active = (domain_epoch.c.domain == bytes.fromhex(domain), domain_epoch.c.state == EpochState.ACTIVE)
    connection.execute(update(domain_epoch).where(*active).values(state=int(EpochState.READ_ONLY)))


def newest(connection: Connection) -> list[tuple[Id, int]]:
    """The newest epoch of every domain."""
    rows = select(domain_epoch.c.domain, func.max(domain_epoch.c.epoch).label("epoch")).group_by(domain_epoch.c.domain)
    return [(row.domain.hex(), row.epoch) for row in connection.execute(rows)]


def closed(connection: Connection) -> list[Id]:
    """Domains in which a new epoch has to be begun before anything is written."""
    newest = select(domain_epoch.c.domain, func.max(domain_epoch.c.epoch).label("epoch")).group_by(
        domain_epoch.c.domain
    )
    last = newest.subquery()
    same = (last.c.domain == domain_epoch.c.domain) & (last.c.epoch == domain_epoch.c.epoch)
    rows = select(domain_epoch.c.domain).join(last, same).where(domain_epoch.c.state == EpochState.READ_ONLY)
    return sorted(row.hex() for row in connection.execute(rows).scalars())


def shred_before(core: Core, connection: Connection, domain: Id, epoch: int) -> int:
    """Delete every grant of the epochs before one; how many keys went. `shredding.finish` does the rest."""
    older = (*_of(domain), domain_grant.c.epoch < epoch)
    gone = connection.execute(delete(domain_grant).where(*older)).rowcount
    before = (domain_epoch.c.domain == bytes.fromhex(domain), domain_epoch.c.epoch < epoch)
    still = domain_epoch.c.state != EpochState.SHREDDED
    connection.execute(update(domain_epoch).where(*before, still).values(state=int(EpochState.SHREDDING)))
    core.keyring.lose(domain, [old for old in core.keyring.epochs_held(domain) if old < epoch])
    core.keyring.told.take(domain, before=epoch)
    return gone


def shred_all(connection: Connection, domain: Id) -> None:
    """Say of a domain whose every grant was deleted that nobody has its key; `shredding.finish` does the rest."""
    every = domain_epoch.c.domain == bytes.fromhex(domain)
    connection.execute(update(domain_epoch).where(every).values(state=int(EpochState.SHREDDING)))


def _of(domain: Id) -> tuple[Any, ...]:
    return (domain_grant.c.domain == bytes.fromhex(domain),)


def _newest(connection: Connection, domain: Id) -> int:
    """The number of the newest epoch; 0 where the domain has none."""
    newest = select(func.max(domain_epoch.c.epoch)).where(domain_epoch.c.domain == bytes.fromhex(domain))
    return int(connection.execute(newest).scalar() or 0)


def _begin(core: Core, connection: Connection, key: DomainKey, to: Mapping[Id, int]) -> None:
    """Enter an epoch and give its key to these users in these roles."""
    row = {"domain": bytes.fromhex(key.domain), "epoch": key.epoch, "state": int(EpochState.ACTIVE)}
    connection.execute(insert(domain_epoch).values(row))
    core.keyring.told.begin(key.domain, key.epoch)
    for user, role in to.items():
        _give(core, connection, key, user, role)
        core.keyring.told.give(key.domain, user, role, [key.epoch])


def _give(core: Core, connection: Connection, key: DomainKey, user: Id, role: int) -> None:
    public = core.keyring.public_of(user)
    if public is None:
        message = "this colleague's card was not compared yet"
        raise CardUnchecked(message, "compare the six words of the card with them first")
    grant = seal_grant(key, core.vault, user, public, core.user, role, core.keyring.signer)
    place = (*_of(key.domain), domain_grant.c.epoch == key.epoch, domain_grant.c.user_id == bytes.fromhex(user))
    connection.execute(delete(domain_grant).where(*place))
    connection.execute(
        insert(domain_grant).values(
            domain=bytes.fromhex(key.domain),
            epoch=key.epoch,
            user_id=bytes.fromhex(user),
            granter=bytes.fromhex(core.user),
            role=role,
            enc=grant.enc,
            signature=grant.sig,
        )
    )
    if user == core.user:
        core.keyring.hold(grant)
