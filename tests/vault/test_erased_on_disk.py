"""An erased family on the disk: no key and no row of it is left, wherever the run was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import vault_case
from erased import files_of, found_in, traces_of
from erasing_case import erase_family, filled
from postgres import Server
from vault_case import PASSPHRASE, findings
from vigtool.practice import erasing
from vigtool.vault import shredding, tombstones
from vigtool.vault.grants import EpochState
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault


def test_no_key_and_no_row_of_an_erased_family_is_left_anywhere(fresh: Vault, place: Server | None) -> None:
    ours, other = filled(fresh)
    gone, kept = traces_of(fresh, ours.id), traces_of(fresh, other.id)
    assert found_in(files_of(fresh, place), gone.all()) == len(gone.all()), "the search finds what is there"
    erasure = erase_family(fresh, ours.id)
    assert erasure.keys >= 1
    files = files_of(fresh, place)
    assert found_in(files, gone.keys) == 0
    assert found_in(files, gone.rows) == 0
    assert found_in(files, gone.headers) == 0
    assert found_in(files, kept.all()) == len(kept.all())
    assert findings(fresh) == []


def test_the_search_finds_a_key_where_what_is_deleted_is_not_overwritten(fresh: Vault, place: Server | None) -> None:
    if place is not None:
        pytest.skip("a server has no such switch")
    fresh.core.storage.ask("secure_delete=0")
    ours, _ = filled(fresh)
    gone = traces_of(fresh, ours.id)
    erase_family(fresh, ours.id)
    assert found_in(files_of(fresh, place), gone.keys) > 0


def test_the_search_finds_a_key_where_the_database_was_not_made_to_forget(
    fresh: Vault, place: Server | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = filled(fresh)
    gone = traces_of(fresh, ours.id)
    monkeypatch.setattr(type(fresh.core.storage), "forget", lambda _self: None)
    erase_family(fresh, ours.id)
    assert found_in(files_of(fresh, place), gone.keys) > 0


class LateState:
    """The states of an epoch, the last of which cannot be had."""

    SHREDDING = EpochState.SHREDDING

    @property
    def SHREDDED(self) -> EpochState:
        raise ZeroDivisionError


def cut(*_: object, **__: object) -> Any:
    raise ZeroDivisionError


CUTS: dict[str, tuple[object, str, object]] = {
    "before the list is written": (tombstones, "keep_beside", cut),
    "before the keys are forgotten": (Storage, "forget", cut),
    "before a file is overwritten": (shredding, "_take_away", cut),
    "before it is removed": (Path, "unlink", cut),
    "before it is written down": (shredding, "EpochState", LateState()),
}


@pytest.mark.parametrize("where", CUTS)
def test_a_run_cut_off_after_the_commit_is_finished_when_the_vault_is_next_opened(
    fresh: Vault, tmp_path: Path, place: Server | None, where: str
) -> None:
    ours, other = filled(fresh)
    gone, kept = traces_of(fresh, ours.id), traces_of(fresh, other.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*CUTS[where])
        with pytest.raises(ZeroDivisionError):
            erase_family(fresh, ours.id)
    assert not shredding.is_finished(fresh.core)
    assert "Not finished" in erasing.certificate(fresh, erasing.erasures(fresh)[0])
    fresh.close()
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert shredding.is_finished(vault.core)
        assert found_in(files_of(vault, place), gone.all()) == 0
        assert found_in(files_of(vault, place), kept.all()) == len(kept.all())
        assert "Not finished" not in erasing.certificate(vault, erasing.erasures(vault)[0])
        assert tombstones.read_beside(vault.folder) is not None
        assert vault.swept.strangers == 0
        assert findings(vault) == []
