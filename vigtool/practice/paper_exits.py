"""Words that leave the vault on paper: entered before they go to the printer, and what came of it afterwards.

The same door as for files (`exits`): an intent first, then the printer, then the entry in the register of copies. No
program sees what a printer does with paper, so a stop between the two counts as printed: `unfinished_exits` enters it
at the next start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from vigtool.casework.copy import Copy, ExitState, Intent
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.exits import Leaving, entry
from vigtool.vault.vault import Vault


def begin_on_paper(vault: Vault, leaving: Leaving, words: bytes, *, allow: Callable[[], object]) -> Id:
    """Enter that words are about to be printed; `end_on_paper` is to follow, whatever becomes of it.

    Args:
        vault: open.
        leaving: what leaves.
        words: exactly what will be printed.
        allow: asks whether this may leave, and raises where it may not.

    Returns:
        What `end_on_paper` is to be told.

    Raises:
        StorageFailed, and what `allow` raises; nothing may be printed then.
    """
    allow()
    intent = Intent(
        id=new_id(),
        family=leaving.family,
        act=leaving.act,
        source=leaving.source,
        kind=leaving.kind,
        to=leaving.to,
        target="",
        begun=datetime.now(UTC),
        to_words=leaving.to_words,
        purpose=leaving.purpose,
        persons=leaving.persons,
        safe=leaving.safe,
        sha256=hashlib.sha256(words).digest(),
        size=len(words),
    )
    with vault.transaction(f"{leaving.act}: begin", [leaving.family, leaving.source, intent.id]) as writer:
        allow()
        writer.add(intent)
    return intent.id


def end_on_paper(vault: Vault, begun: Id, *, printed: bool) -> Copy | None:
    """Enter what became of it: a copy in the register, or that nothing was printed.

    Raises:
        NoSuchRecord, StorageFailed. InvalidRecord: it has ended already.
    """
    stored = vault.get(Intent, begun)
    intent = stored.value
    if intent.state is not ExitState.BEGUN or intent.target:
        message = "this printing has ended already"
        raise InvalidRecord(message, "look at the register of copies")
    if not printed:
        with vault.transaction(f"{intent.act}: not printed", [intent.family, intent.source, intent.id]) as writer:
            writer.change(stored, replace(intent, state=ExitState.STOPPED))
        return None
    copy = entry(vault, intent)
    with vault.transaction(intent.act, [intent.family, intent.source, copy.id]) as writer:
        writer.add(copy)
        writer.change(stored, replace(intent, state=ExitState.DONE))
    return copy
