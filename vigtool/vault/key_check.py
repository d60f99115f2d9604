"""Whether the cards and the grants of a vault are what was written: its own users' and everybody else's."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, exists, select

from vigtool.crypto.keys import Grant, is_given_by
from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.vault import granting, membership, trust
from vigtool.vault.cards import Card, read_cards
from vigtool.vault.core import Core
from vigtool.vault.grants import EpochState, grant_of
from vigtool.vault.schema import domain_epoch, domain_grant, keyslot
from vigtool.vault.shapes import Finding

_TELL = "somebody may have changed the vault: keep a copy of it as it is, and tell whoever answers for it"
_FETCH = "fetch it from a backup"
_CAME_BACK = "a colleague who has left has a way in, or keys, again"
_PASSED_OVER = "a colleague's name or roles were written by one who may not: what was entered before that still holds"
_USURPED = "a colleague's name or roles were written by one who may not"


def check_keys(core: Core, named: Collection[Id] = ()) -> Iterator[Finding]:
    """Every grant that nobody gave, every key that does not open, every card that is not the one that was checked.

    Args:
        core: of the open vault.
        named: users of whom the log has told already that keys of theirs stand which were taken.
    """
    with core.storage.reading() as connection:
        cards = read_cards(connection, core.vault)
        grants = [grant_of(row) for row in connection.execute(select(domain_grant))]
        swapped = set(trust.swapped(connection, core))
        usurped = membership.usurped(core, connection)
        came_back = _came_back(core, connection)
        orphaned = _without_key(connection)
        known = trust.known_cards(connection, core.seals, core.user) if core.keyring.has(core.user) else {}
        entered = {user: held.digest for user, held in known.items()} | membership.registered(core, connection)
        entered[core.user] = cards[core.user].digest
        newest = dict(granting.newest(connection))
    for user, card in cards.items():
        if card.public is None:
            yield Finding(object=user, what="the public keys of a user are not what they signed", hint=_TELL)
        elif user not in entered:
            yield Finding(object=user, what="somebody has keys to the vault whom nobody entered", hint=_TELL)
        elif card.digest != entered[user]:
            swapped.add(user)
    for user in sorted(swapped):
        what = "the card of a colleague is not the one they were entered with"
        yield Finding(
            object=user, what=what, hint="compare the six words again, and tell whoever answers for the vault"
        )
    yield from (Finding(object=user, what=_USURPED, hint=_TELL) for user in usurped)
    yield from (Finding(object=user, what=_CAME_BACK, hint=_TELL) for user in came_back if user not in named)
    forged = {grant.domain for grant in grants if not _was_given(core, grant, cards)}
    unread = dict(_unread(core))
    for domain in sorted(forged - unread.keys()):
        yield Finding(object=domain, what="a key in the vault was not given by the person it names", hint=_TELL)
    yield from unread.values()
    for domain in core.keyring.domains():
        if max(core.keyring.epochs(domain)) < newest.get(domain, 0) and domain not in unread:
            what = "there is a newer key of a family than this user was given"
            yield Finding(object=domain, what=what, hint="have it given anew before anything is written in it")
    for domain in orphaned:
        yield Finding(object=domain, what="nobody has the key of a family any more", hint=_FETCH)


def told_at_opening(core: Core) -> list[Finding]:
    """What of keys and roles is told whenever the vault is opened; it is quickly known, `check_keys` says the rest."""
    with core.storage.reading() as connection:
        passed_over, came_back = membership.passed_over(core, connection), _came_back(core, connection)
    found = [Finding(object=user, what=_PASSED_OVER, hint=_TELL) for user in passed_over]
    return found + [Finding(object=user, what=_CAME_BACK, hint=_TELL) for user in came_back]


def _came_back(core: Core, connection: Connection) -> list[str]:
    """Users who are entered as having left, and of whom there is a keyslot or a key: old ones were put back."""
    slots = {row.hex() for row in connection.execute(select(keyslot.c.user_id).distinct()).scalars()}
    granted = {row.hex() for row in connection.execute(select(domain_grant.c.user_id).distinct()).scalars()}
    left = membership.in_force(core, connection).values()
    return sorted(member.user for member in left if member.left is not None and member.user in slots | granted)


def _without_key(connection: Connection) -> list[str]:
    """The domains that have an epoch, not erased, whose key was granted to nobody."""
    granted = exists().where(
        domain_grant.c.domain == domain_epoch.c.domain, domain_grant.c.epoch == domain_epoch.c.epoch
    )
    erased = domain_epoch.c.state.in_((EpochState.SHREDDING, EpochState.SHREDDED))
    rows = connection.execute(select(domain_epoch.c.domain).distinct().where(~granted, ~erased)).scalars()
    return sorted(bytes(domain).hex() for domain in rows)


def _was_given(core: Core, grant: Grant, cards: dict[str, Card]) -> bool:
    """Whether it was signed by the user it names, as far as this user knows who that is."""
    giver, taker = cards.get(grant.granter), cards.get(grant.user)
    if giver is None or taker is None or giver.public is None or taker.public is None:
        return False
    known = core.keyring.public_of(grant.granter) or giver.public
    return is_given_by(grant, core.vault, taker.public.kem_kind, known.sig_public)


def _unread(core: Core) -> Iterator[tuple[str, Finding]]:
    """The keys of this user that do not open."""
    for domain in [*core.keyring.domains(), *core.keyring.in_care()]:
        for epoch in core.keyring.epochs_held(domain):
            try:
                core.keyring.root(domain, epoch)
            except VigtoolError as error:
                yield domain, Finding(object=domain, what=error.message, hint=error.hint or _FETCH)
