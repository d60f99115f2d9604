"""Keys that follow from what is entered: who keeps keys of families, and what has to be begun anew after a leaving."""

from __future__ import annotations

from contextlib import suppress

from vigtool.casework.member import CardCheck, KnownCard
from vigtool.errors import CardUnchecked, SealBroken
from vigtool.ids import Id, new_id
from vigtool.vault import user_list
from vigtool.vault.grants import EVERYTHING, STEWARD
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer


def put_keys_in_order(vault: Vault) -> None:
    """Do what is due for whoever opened the vault; nothing is written where nothing is.

    Cards that somebody vouches for are entered, families go into the care of leads and of the organisation, and
    where a colleague has left, what is written from now on gets another key. The vault's own key, once believed, is
    sealed to oneself: that another's card is damaged or exchanged one day must not lock anybody out.
    """
    _take_vouched(vault)
    if user_list.is_given_by_another(vault):
        with suppress(SealBroken), vault.transaction("vault key kept") as writer:
            writer.keys.give(vault.vault_id, vault.user_id, EVERYTHING)
    give_into_care(vault)
    for domain in user_list.closed(vault):
        with suppress(CardUnchecked, SealBroken), vault.transaction("key renew", [domain]) as writer:
            writer.keys.renew(domain, writer.keys.holders(domain))


def give_into_care(vault: Vault) -> None:
    """Give leads and the organisation keys to keep, of every family of this user of which they have none."""
    missing = user_list.uncared(vault)
    if missing:
        with vault.transaction("families into care", details={"keys": len(missing)}) as writer:
            for family, steward in missing:
                with suppress(SealBroken):  # a damaged key of one family must not keep the others from opening
                    writer.keys.give(family, steward, STEWARD)


def end_stewardship(vault: Vault, writer: Writer, user: Id) -> None:
    """Take the keys that somebody kept for others, and have new ones used from now on."""
    for domain in user_list.kept_by(vault, user):
        holders = holders_of(vault, writer, domain)
        writer.keys.take(domain, user)
        renew_or_close(writer, domain, holders, user)


def holders_of(vault: Vault, writer: Writer, domain: Id) -> dict[Id, int] | None:
    """Who holds a family's key; none where one has none oneself, or does not know all of them."""
    if not vault.core.keyring.epochs_held(domain):
        return None
    try:
        return writer.keys.holders(domain)
    except (CardUnchecked, SealBroken):
        return None


def renew_or_close(writer: Writer, domain: Id, holders: dict[Id, int] | None, without: Id) -> None:
    """Begin a new epoch for those who are left; where that is for others to do, have the next of them do it."""
    if holders is None:
        writer.keys.close_epochs(domain)
    else:
        writer.keys.renew(domain, {user: role for user, role in holders.items() if user != without})


def _take_vouched(vault: Vault) -> None:
    """Enter the cards of colleagues whom somebody known has entered: enough to take keys from them."""
    found = user_list.vouched(vault)
    if not found:
        return
    with vault.transaction("card vouched", list(found)) as writer:
        writer.keys.open_own_domain()
        for user, member in found.items():
            writer.add(
                KnownCard(
                    id=new_id(),
                    owner=vault.user_id,
                    user=user,
                    digest=member.card,
                    checked=CardCheck.VOUCHED,
                    on=vault.core.clock().date(),
                )
            )
    user_list.trust_anew(vault)
