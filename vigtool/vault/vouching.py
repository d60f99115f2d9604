"""Vouching anew for records that are older than the log, after some of them were erased.

A vault of format 1 has records that no entry of the log names one by one: the entry `baseline` vouches for all of them
together. Once some of them are erased it fits no more, and another one is entered for those that are left, where the
one before fitted until then: what came past the log is not vouched for by erasing something else.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from vigtool.vault.audit import Entry, links
from vigtool.vault.audit_check import BASELINE, baseline_of
from vigtool.vault.core import Core
from vigtool.vault.schema import revision


def vouch_again(core: Core, connection: Connection, gone: Collection[bytes], written: Collection[bytes] = ()) -> None:
    """Enter a new baseline where one is needed, inside the transaction that erases.

    Args:
        core: of the open vault.
        connection: with the transaction.
        gone: digests of the revisions that it erases, 32 bytes each; whether they stand any more does not matter.
        written: digests of those that this transaction has written so far: its entry will name them.
    """
    named = set(written)
    baselines: list[Entry] = []
    for link in links(connection):
        entry = core.audit.read(link)
        if entry is not None:
            named.update(each.digest for each in entry.wrote)
            if entry.act == BASELINE:
                baselines.append(entry)
    lost = set(gone) - named
    if not baselines or not lost:
        return
    left = set(connection.execute(select(revision.c.digest)).scalars()) - named - lost
    if left and any(entry.details.get("digest") == baseline_of(left | lost) for entry in baselines):
        known: dict[str, str | int] = {"revisions": len(left), "digest": baseline_of(left)}
        core.audit.enter(connection, BASELINE, core.clock(), details=known)
