"""Which legal holds stand by the audit log, besides what the rows show.

Without a key of a family its rows can only be counted: a hold's row could have been taken away, or another put beneath
it that says nothing and looks like its lifting. The log names both acts, sealed and signed, and everybody can read it
who may erase.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from vigtool.crypto.signing import verify
from vigtool.ids import Id
from vigtool.vault import membership
from vigtool.vault.audit import Entry, links
from vigtool.vault.cards import read_cards
from vigtool.vault.core import Core

HOLD_PLACE, HOLD_LIFT = "hold place", "hold lift"
"""The acts that place a hold and lift one; their entries name the family, the film or the hold, and what they wrote."""


def held_by_log(core: Core, connection: Connection, domain: Id, *, since: date | None = None) -> set[Id]:
    """What of a family was put under a hold that nobody has lifted who may: films, or the family itself.

    Args:
        core: of the open vault.
        connection: with the transaction.
        domain: the family.
        since: only the holds that were placed on this day (of the computer's zone) or later.
    """
    placed: dict[Id, set[Id]] = {}
    lifted: set[Id] = set()
    entries = _signed(core, connection)
    may = membership.keepers(core, connection) if entries else set()
    for entry in entries:
        written = {each.id for each in entry.wrote if each.domain == domain}
        if entry.act == HOLD_PLACE:
            if since is not None and entry.at.astimezone().date() < since:
                continue
            placed |= {hold: set(entry.objects) - {domain, *written} or {domain} for hold in written}
        elif entry.by in may:
            lifted.update(entry.objects)
    return {what for hold, covered in placed.items() if hold not in lifted for what in covered}


def _signed(core: Core, connection: Connection) -> list[Entry]:
    """The entries of holds that whoever they name has signed."""
    cards, found = read_cards(connection, core.vault), list[Entry]()
    for link in links(connection):
        entry = None if link.in_clear else core.audit.read(link)
        if entry is None or entry.by is None or entry.act not in {HOLD_PLACE, HOLD_LIFT}:
            continue
        public = core.keyring.public_of(entry.by) or (cards[entry.by].public if entry.by in cards else None)
        if public is not None and verify(public.sig_public, link.signature, link.signed(core.vault)):
            found.append(entry)
    return found
