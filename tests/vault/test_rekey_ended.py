"""A re-keying that the program's end cuts off at any step: the family is found whole, under the old key or the new."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from rekey_case import add_stand_in, do, is_whole, states
from vault_case import PASSPHRASE, Case
from vigtool.vault import footage, footage_again, granting, rekey, shredding
from vigtool.vault.footage_again import Way
from vigtool.vault.grants import EpochState
from vigtool.vault.sealing import Seals
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault


class Killed(BaseException):
    """The program ends here: nothing after it is done."""


STEPS: dict[str, tuple[Any, str, int, int]] = {
    "before the first film": (footage_again, "seal_again", 1, 1),
    "before the second film": (footage_again, "seal_again", 2, 1),
    "while a film is sealed": (footage_again, "opened_again", 2, 1),
    "before the switch": (rekey, "_refuse_unsettled", 1, 1),
    "before the new key": (granting, "renew", 1, 1),
    "amid the records": (Seals, "carried", 4, 1),
    "before the films' records": (rekey, "_move_films", 1, 1),
    "before the old keys go": (granting, "shred_before", 1, 1),
    "before the commit": (Vault, "_witness", 1, 1),
    "after the commit": (shredding, "finish", 1, 2),
    "before the disk forgets": (Storage, "forget", 1, 2),
    "before the old files go": (shredding, "_take_away", 1, 2),
    "amid the old files": (shredding, "_take_away", 2, 2),
}
"""Where the program ends: before which call of what, and in which epoch the family is found afterwards."""


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("step", STEPS)
def test_ended_at_any_step_the_old_or_the_new_is_found_whole(folder: Path, case: Case, step: str, way: Way) -> None:
    vault = Vault.open(folder, PASSPHRASE)
    stand_in = add_stand_in(vault, case)
    place, name, which, epoch = STEPS[step]
    calls = 0
    whole: Callable[..., Any] = getattr(place, name)

    with pytest.MonkeyPatch.context() as patch:

        def ends(*told: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == which:
                patch.setattr(footage, "discard", lambda *_: None)  # who is gone clears nothing up
                patch.setattr(footage, "_clear", lambda *_: None)
                raise Killed
            return whole(*told, **more)

        patch.setattr(place, name, ends)
        with pytest.raises(Killed):
            do(vault, case, way=way)
    _abandon(vault)
    with Vault.open(folder, PASSPHRASE) as again:
        is_whole(again, case, epoch, stand_in.id)
        expected = [EpochState.ACTIVE] if epoch == 1 else [EpochState.SHREDDED, EpochState.ACTIVE]
        assert states(again, case.family.id) == expected
        do(again, case)
        is_whole(again, case, epoch + 1, stand_in.id)


def _abandon(vault: Vault) -> None:
    """Let go of a vault as a program that was ended does: without a last word in the log, and without tidying."""
    connection = vault.core.storage._connection
    assert connection is not None
    with suppress(Exception):
        connection.connection.dbapi_connection.close()  # type: ignore[union-attr]  # it is there
    vault._lock.release()
