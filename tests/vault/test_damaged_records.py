"""Damage to records: bits of the database, rows taken away, exchanged or put back: what changes anything is found."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pysqlite3.dbapi2 as sqlite
import pytest

import vault_case
from soak_ground import stretch_once
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family, Person
from vigtool.crypto import keyslot
from vigtool.errors import VaultDamaged, VigtoolError
from vigtool.vault.log_book import check_against, checkpoints
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

SHORT, LONG = 40, 2000
HINTS = {"head", "device", "alembic_version"}
"""Tables of which nothing that a person wrote depends: they are made again, or only say which copy of a vault it is."""


@pytest.fixture(autouse=True)
def _stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslot, "stretch", stretch_once)


def findings(folder: Path) -> list[Finding]:
    with Vault.open(folder, PASSPHRASE) as vault:
        return verify(vault, vault_case.silent, vault_case.never)


def content(folder: Path) -> dict[str, list[str]] | None:
    """Every row that means anything; none where the database itself says that it is damaged."""
    connection = sqlite.connect(os.fspath(folder / "vault.db"))
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if name not in HINTS and not name.startswith("sqlite")]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in tables}
    except (sqlite.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def outcome(folder: Path, before: dict[str, list[str]]) -> str:
    """What comes of opening it and looking through it."""
    now = content(folder)
    try:
        found = findings(folder)
    except VaultDamaged:
        return "refused"
    except VigtoolError as error:
        return f"refused, called {error.name}"
    except Exception as error:  # noqa: BLE001 - damage must have a name
        return f"NO NAME: {error!r}"
    if found:
        return "found" if all(finding.object for finding in found) else "NO OBJECT"
    changed = "rows" if now is None else [name for name in before if now.get(name) != before[name]]
    return f"NOT FOUND in {changed}" if changed else "nothing was changed"


def bits(folder: Path, count: int, seed: int) -> Counter[str]:
    """Flip bits of a closed vault's database, each in a copy."""
    before = content(folder)
    assert before is not None
    data = (folder / "vault.db").read_bytes()
    counts: Counter[str] = Counter()
    for bit in np.random.default_rng(seed).integers(0, 8 * len(data), count).tolist():
        spoilt = Path(shutil.copytree(folder, folder.with_name("spoilt")))
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        (spoilt / "vault.db").write_bytes(changed)
        counts[outcome(spoilt, before)] += 1
        shutil.rmtree(spoilt)
    return counts


FINE = {"refused", "refused, called SealBroken", "refused, called NotAVault", "found", "nothing was changed"}


def test_bits_of_the_database(folder: Path) -> None:
    counts = bits(folder, SHORT, int.from_bytes(os.urandom(4), "big"))
    assert set(counts) <= FINE
    assert counts.total() == SHORT


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_thousands_of_bits_of_the_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = bits(folder, LONG, 2026)
    with capsys.disabled():
        print(f"\n{LONG} bits of the database: {dict(counts)}")
    assert set(counts) <= FINE
    assert counts["found"] > LONG // 50


def test_a_look_that_believes_everything_is_found_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: whoever looks through the vault finds nothing, whatever stands there."""
    monkeypatch.setattr(sys.modules[__name__], "verify", lambda *_: [])
    before = content(folder)
    assert before is not None
    connection = vault_case.database(folder)
    connection.execute("UPDATE audit SET signature = zeroblob(64) WHERE seq = 2")
    connection.close()
    assert outcome(folder, before) == "NOT FOUND in ['audit']"


def blob(id_: str) -> bytes:
    return bytes.fromhex(id_)


def changed_twice(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        for note in ("first", "second"):
            with vault.transaction("marks change") as writer:
                writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note=note))


def run(*statements: tuple[str, tuple[Any, ...]]) -> Callable[[Path, Case], None]:
    def act(folder: Path, case: Case) -> None:
        connection = vault_case.database(folder)
        connection.execute("PRAGMA foreign_keys = OFF")
        names = {"mark": case.mark.id, "mother": case.mother.id, "family": case.family.id, "other": case.other.id}
        for statement, values in statements:
            connection.execute(statement, tuple(blob(names[value]) for value in values))
        connection.close()

    return act


MARK = "FROM revision WHERE id = ?"
HARMS: dict[str, tuple[Callable[[Path, Case], None], Callable[[Case], str]]] = {
    "the newest revision taken away": (
        run((f"DELETE FROM head WHERE n = (SELECT max(n) {MARK})", ("mark",)),
            (f"DELETE FROM revision WHERE n = (SELECT max(n) {MARK})", ("mark",))),
        lambda case: case.mark.id,
    ),
    "all revisions taken away": (
        run(("DELETE FROM head WHERE id = ?", ("mark",)), ("DELETE FROM revision WHERE id = ?", ("mark",))),
        lambda case: case.mark.id,
    ),
    "an old revision put in the newest's place": (
        run((f"DELETE FROM head WHERE n = (SELECT max(n) {MARK})", ("mark",)),
            (f"DELETE FROM revision WHERE n = (SELECT max(n) {MARK})", ("mark",)),
            (f"INSERT INTO head SELECT max(n), id {MARK} GROUP BY id", ("mark",))),
        lambda case: case.mark.id,
    ),
    "a row moved to another family": (
        run(("UPDATE revision SET domain = ?, parent = ? WHERE id = ?", ("other", "other", "mother"))),
        lambda case: case.mother.id,
    ),
    "a family's records given another family's key": (
        run(("UPDATE domain_grant SET domain = zeroblob(16) WHERE domain = ?", ("family",)),
            ("UPDATE domain_grant SET domain = ? WHERE domain = ?", ("family", "other")),
            ("UPDATE domain_grant SET domain = ? WHERE domain = zeroblob(16)", ("other",))),
        lambda case: case.family.id,
    ),
    "a grant taken away": (
        run(("DELETE FROM domain_grant WHERE domain = ?", ("other",))), lambda case: case.other.id,
    ),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_rows_that_are_gone_old_or_elsewhere_are_named(folder: Path, case: Case, harm: str) -> None:
    do, whose = HARMS[harm]
    changed_twice(folder, case)
    assert findings(folder) == []
    do(folder, case)
    assert whose(case) in {finding.object for finding in findings(folder)}


def test_a_database_put_back_whole_is_seen_against_a_checkpoint(folder: Path, case: Case) -> None:
    """Nothing within it can show it: only what was written down elsewhere."""
    with Vault.open(folder, PASSPHRASE) as vault:
        device = vault.device
    before = (folder / "vault.db").read_bytes()
    changed_twice(folder, case)
    with Vault.open(folder, PASSPHRASE) as vault:
        noted = checkpoints(vault)[device]
    with (folder / "vault.db").open("r+b") as file:  # the same file, so that it is still the same copy of the vault
        file.truncate()
        file.write(before)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert verify(vault, vault_case.silent, vault_case.never) == []
        assert [finding.object for finding in check_against(vault, noted)] == [device]


def test_rows_exchanged_between_two_families_show_nothing_of_either(folder: Path, case: Case) -> None:
    """The families' own records change places, with their digests, heads and all."""
    mine, other = blob(case.family.id), blob(case.other.id)
    connection = vault_case.database(folder)
    rows = {
        id_: connection.execute("SELECT sealed, digest FROM revision WHERE id = ?", (id_,)).fetchone()
        for id_ in (mine, other)
    }
    connection.execute("UPDATE revision SET digest = ? WHERE id = ?", (bytes(32), mine))
    connection.execute("UPDATE revision SET sealed = ?, digest = ? WHERE id = ?", (*rows[mine], other))
    connection.execute("UPDATE revision SET sealed = ?, digest = ? WHERE id = ?", (*rows[other], mine))
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        for family in (case.family, case.other):
            with pytest.raises(VaultDamaged, match=family.id):
                vault.get(Family, family.id)
        assert vault.get(Person, case.mother.id).value == case.mother, "everything else is as it was"
        named = {finding.object for finding in verify(vault, vault_case.silent, vault_case.never)}
    assert {case.family.id, case.other.id} <= named
