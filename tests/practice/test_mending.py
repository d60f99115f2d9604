"""A film that was damaged before its family got another key is mended from a backup made before that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import vault_case
from damage_case import FILES, LOST, file_of, gone, readable, spoil_row
from erased import found_in, traces_of
from erased_films_case import Kept, content, fill
from erasing_case import erase_film
from vault_case import PASSPHRASE, Stop, findings
from vigtool.casework.film import Film
from vigtool.errors import BackupDamaged, Cancelled, NotABackup, SealBroken
from vigtool.practice.backups import back_up
from vigtool.practice.scrubbing import damaged_films, mend_film, scrub
from vigtool.practice.sharing import rekey_family
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

HARMS = {**FILES, **LOST}
PAGES = 800


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Kept]:
    """A vault with a family of two films, and a backup of it as it was whole."""
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        made = fill(vault, "F-0001", 2, 1, stand_ins=False, pages=PAGES)
        back_up(vault, tmp_path / "stick")
    return tmp_path, made


def without_first(vault: Vault, kept: Kept) -> None:
    erase_film(vault, kept.first, giving_up=list(kept.films))


def all_anew(vault: Vault, kept: Kept) -> None:
    rekey_family(vault, kept.family.id)


EACH = [(harm, without_first) for harm in HARMS] + [(harm, all_anew) for harm in FILES]
"""Who has nothing of a film left erases it, or mends it first, before all of its family is sealed anew."""


@pytest.mark.parametrize(("harm", "act"), EACH)
def test_damage_stays_named_and_is_mended(
    kept: tuple[Path, Kept], harm: str, act: Callable[[Vault, Kept], None]
) -> None:
    place, made = kept
    second = list(made.films)[1]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        HARMS[harm](vault, made, second)
        act(vault, made)
        scrub(vault, anew=True)
        (damaged,) = damaged_films(vault)
        assert damaged.film == second
        traces = traces_of(vault, made.family.id).keys if harm in FILES else []
        with pytest.raises(Cancelled):
            mend_film(vault, second, place / "stick", cancelled=Stop(1))
        assert mend_film(vault, second, place / "stick").damaged == ()
        assert damaged_films(vault) == []
        assert content(vault, second) == made.films[second]
        assert findings(vault) == []
        assert found_in([vault.folder / "vault.db"], traces) == len(traces), "no key of before came along"
        back_up(vault, place / "stick")
        gone(vault, made, second)
        mend_film(vault, second, place / "stick")
        assert content(vault, second) == made.films[second]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert findings(vault) == []
        assert vault.core.keyring.epochs(made.family.id) == [2]


def test_a_backup_that_is_damaged_too_is_named_and_changes_nothing(kept: tuple[Path, Kept]) -> None:
    place, made = kept
    second = list(made.films)[1]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        old = file_of(vault, second).stem
        FILES["its last byte"](vault, made, second)
        without_first(vault, made)
        before = vault.get(Film, second)
        could = readable(vault, before.value)
        (in_backup,) = (place / "stick").rglob(f"{old}.age")
        whole = in_backup.read_bytes()
        in_backup.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(BackupDamaged):
            mend_film(vault, second, place / "stick")
        in_backup.unlink()
        with pytest.raises(NotABackup):
            mend_film(vault, second, place / "stick")
        assert vault.get(Film, second) == before
        assert readable(vault, before.value) == could
        assert not list(vault.folder.rglob("*.part"))


def test_a_backup_of_somebody_else_mends_nothing(kept: tuple[Path, Kept], monkeypatch: pytest.MonkeyPatch) -> None:
    place, made = kept
    second = list(made.films)[1]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        gone(vault, made, second)
        without_first(vault, made)
        with monkeypatch.context() as patch:
            patch.setattr("vigtool.vault.mending.vouched", lambda *_: False)
            with pytest.raises(NotABackup):
                mend_film(vault, second, place / "stick")
        with pytest.raises(SealBroken):
            content(vault, second)
        mend_film(vault, second, place / "stick")
        assert content(vault, second) == made.films[second]


def test_a_vault_that_left_a_film_behind_is_backed_up_and_opens(kept: tuple[Path, Kept]) -> None:
    place, made = kept
    second = list(made.films)[1]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        LOST["a byte of its header"](vault, made, second)
        without_first(vault, made)
        back_up(vault, place / "other")
        with pytest.raises(SealBroken, match="another key"):
            content(vault, second)
        left = file_of(vault, second)
        assert left.exists()
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert left.exists(), "what is left of it stays"
        assert {finding.object for finding in findings(vault)} == {second}
        with pytest.raises(NotABackup):
            mend_film(vault, second, place / "other")
        mend_film(vault, second, place / "stick")
        assert content(vault, second) == made.films[second]
        assert findings(vault) == []
        assert not left.exists()


def test_what_was_cut_off_amid_damage_is_cleared_up(kept: tuple[Path, Kept], monkeypatch: pytest.MonkeyPatch) -> None:
    place, made = kept
    second = list(made.films)[1]
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        spoil_row(vault, second)
        with monkeypatch.context() as patch:  # as a program that is ended does: nothing is cleared up
            patch.setattr("vigtool.vault.footage.discard", lambda *_: None)
            patch.setattr("vigtool.vault.rekey._move_films", _ended)
            with pytest.raises(KeyboardInterrupt):
                without_first(vault, made)
        assert len(list(vault.core.folder.footage.rglob("*.age"))) == 3
    with Vault.open(place / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert len(list(vault.core.folder.footage.rglob("*.age"))) == 2
        assert content(vault, made.first) == made.films[made.first]
        without_first(vault, made)
        assert len(list(vault.core.folder.footage.rglob("*.age"))) == 1


def _ended(*_told: object) -> None:
    raise KeyboardInterrupt
