"""What an open vault knows of its users: their labels, their cards, and who holds which key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from vigtool.casework.member import CardCheck, Member
from vigtool.crypto.card import card_text, card_words, parse_card_text, same_words
from vigtool.errors import CardMismatch, NoSuchRecord
from vigtool.ids import Id
from vigtool.vault import granting, membership, trust, users
from vigtool.vault.cards import read_cards
from vigtool.vault.grants import STEWARD
from vigtool.vault.vault import Vault

_HINT = "compare the words again; if they still differ, tell whoever answers for the vault and share nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """One user's card.

    Attributes:
        digest: 32 bytes; empty where the card is not whole.
        active: whether its user may unlock the vault.
        checked: how this user knows that it is theirs.
        changed: whether it is another than the one that was checked.
        waiting: how many keys they have given that are not believed before their card is checked.
    """

    digest: bytes
    active: bool
    checked: CardCheck = CardCheck.NONE
    changed: bool = False
    waiting: int = 0


def card_states(vault: Vault) -> dict[Id, CardState]:
    """Every user's card, by user."""
    core = vault.core
    with core.storage.reading() as connection:
        cards = read_cards(connection, core.vault)
        known = trust.known_cards(connection, core.seals, core.user) if core.keyring.has(core.user) else {}
    waiting = Counter(grant.granter for grant in core.keyring.waiting())
    states = {}
    for user, card in cards.items():
        held = known.get(user)
        changed = held is not None and held.digest != card.digest
        checked = CardCheck.NONE if held is None or changed else held.checked
        states[user] = CardState(
            digest=card.digest, active=card.active, checked=checked, changed=changed, waiting=waiting[user]
        )
    return states


def words_of_card(vault: Vault, user: Id) -> tuple[str, ...]:
    """The six words of a user's card.

    Raises:
        CardMismatch: the card is not whole. NoSuchRecord: there is no such user.
    """
    return card_words(_digest(vault, user))


def text_of_card(vault: Vault, user: Id) -> str:
    """What the QR code of a user's card holds. Raises as for `words_of_card`."""
    return card_text(user, _digest(vault, user))


def compare_words(vault: Vault, user: Id, words: str) -> bytes:
    """The digest of a user's card, where these are its words.

    Raises:
        CardMismatch: they are not, or the card is not whole. NoSuchRecord.
    """
    digest = _digest(vault, user)
    if not same_words(digest, words):
        message = "these are not the words of the card that lies in this vault"
        raise CardMismatch(message, _HINT)
    return digest


def compare_text(vault: Vault, user: Id, text: str) -> bytes:
    """The same with a scanned code."""
    whose, scanned = parse_card_text(text)
    digest = _digest(vault, user)
    if (whose, scanned) != (user, digest):
        message = "the code is of another card than the one that lies in this vault"
        raise CardMismatch(message, _HINT)
    return digest


def labels(vault: Vault) -> dict[Id, str]:
    """What users chose to show before the vault is unlocked."""
    with vault.core.storage.reading() as connection:
        return users.labels(connection)


def trust_anew(vault: Vault) -> None:
    """Take note of what was learned of cards since the vault was opened."""
    trust.trust_anew(vault.core)


def members(vault: Vault) -> list[Member]:
    """How everybody is entered, by those who might; see `membership.in_force`."""
    with vault.core.storage.reading() as connection:
        return list(membership.in_force(vault.core, connection).values())


def names_said(vault: Vault) -> dict[Id, str]:
    """What users call themselves, by user; see `membership.names_said`."""
    with vault.core.storage.reading() as connection:
        return membership.names_said(vault.core, connection)


def vouched(vault: Vault) -> dict[Id, Member]:
    """Members who were entered by somebody known and might be, and whose cards this user holds nothing of yet."""
    core = vault.core
    with core.storage.reading() as connection:
        found = membership.vouched(core, connection)
        known = trust.known_cards(connection, core.seals, core.user) if core.keyring.has(core.user) else {}
    return {user: member for user, member in found.items() if user not in known}


def uncared(vault: Vault) -> list[tuple[Id, Id]]:
    """Families of this user and stewards who have no key of them to keep yet: (family, steward)."""
    core = vault.core
    with core.storage.reading() as connection:
        stewards = membership.stewards(core, connection)
        have = {steward: set(granting.domains_of(connection, steward)) for steward in stewards}
    families = [domain for domain in core.keyring.domains() if domain not in (core.vault, core.user)]
    return [(family, steward) for family in families for steward in stewards if family not in have[steward]]


def founder(vault: Vault) -> Id:
    """Who began the service, as this user was told when their keys were made."""
    with vault.core.storage.reading() as connection:
        return trust.founder(vault.core, connection)


def is_given_by_another(vault: Vault) -> bool:
    """Whether this user has the vault's own key, or one of its epochs, from somebody else."""
    return vault.core.keyring.has_from_another(vault.vault_id)


def closed(vault: Vault) -> list[Id]:
    """Domains of this user in which a new epoch has to be begun, since somebody lost access."""
    with vault.core.storage.reading() as connection:
        return [domain for domain in granting.closed(connection) if vault.core.keyring.has(domain)]


def holders(vault: Vault, domain: Id) -> dict[Id, int]:
    """Who was given keys of a domain, by user, and in which role, as it lies in the table."""
    with vault.core.storage.reading() as connection:
        return granting.standing(connection, domain)


def domains_of(vault: Vault, user: Id) -> list[Id]:
    """Every domain a user was given a key of, but their own and the vault's."""
    with vault.core.storage.reading() as connection:
        found = granting.domains_of(connection, user)
    return [domain for domain in found if domain not in (user, vault.vault_id)]


def kept_by(vault: Vault, user: Id) -> list[Id]:
    """The families that a user keeps a key of and does not open."""
    return [domain for domain in domains_of(vault, user) if holders(vault, domain).get(user) == STEWARD]


def _digest(vault: Vault, user: Id) -> bytes:
    with vault.core.storage.reading() as connection:
        card = read_cards(connection, vault.vault_id).get(user)
    if card is None:
        message = "there is no such user"
        raise NoSuchRecord(message, "look at the list of colleagues")
    if not card.digest:
        message = "this card is not what its user signed"
        raise CardMismatch(message, "somebody may have changed the vault: tell whoever answers for it")
    return card.digest
