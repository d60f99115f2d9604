"""The audit log: every act is in it or did not happen, and whatever is done to it, or past it, shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vault_case
from vault_case import PASSPHRASE, Case, findings
from vigtool.annotate.mark import Mark
from vigtool.crypto import item
from vigtool.crypto.signing import Signer
from vigtool.errors import InvalidRecord, VaultError, WrongPassphrase
from vigtool.ids import new_id
from vigtool.vault import audit_check, checkpoint, merkle, payload, schema
from vigtool.vault.audit import Entry, Link, links
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault


def entries(vault: Vault) -> list[Entry]:
    with vault.core.storage.reading() as connection:
        found = [vault.core.audit.open(link) for link in links(connection)]
    return sorted(found, key=lambda entry: entry.at)  # a copied vault is another device, and has a log of its own


def run(folder: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement, values in statements:
        assert connection.execute(statement, values).rowcount >= 1, statement
    connection.close()


def test_making_opening_changing_and_locking_are_entered(folder: Path, case: Case) -> None:
    act = ("mark change", [case.film.id], {"marks": 1})
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault, vault.transaction(*act) as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="x"))
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        log = entries(vault)
        assert [entry.act for entry in log][:3] == ["vault create", "unlock", "family add"]
        assert [entry.act for entry in log][-4:] == ["unlock", "mark change", "lock", "unlock"]
        change = log[-3]
        assert change.by == vault.user_id
        assert change.objects == (case.film.id, case.mark.id)
        assert [(each.domain, each.id) for each in change.wrote] == [(case.family.id, case.mark.id)]
        assert change.details == {"marks": 1}
        assert change.at < log[-1].at
        assert findings(vault) == []


def test_an_act_that_failed_is_not_entered_and_one_that_cannot_be_entered_does_not_happen(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(entries(vault))

    def break_off() -> None:
        with vault.transaction("broken") as writer:
            writer.remove(vault.get(Mark, case.mark.id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert len(entries(vault)) == before

    def refuse(*_: object) -> None:
        raise VaultError("no room for the log")

    with monkeypatch.context() as patch:
        patch.setattr(type(vault.core.audit), "enter", refuse)
        with pytest.raises(VaultError), vault.transaction("unheard of") as writer:
            writer.remove(vault.get(Mark, case.mark.id))
    assert vault.get(Mark, case.mark.id).value == case.mark
    assert findings(vault) == []


def test_a_wrong_passphrase_is_entered(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            Vault.open(folder, "another passphrase altogether")
    with Vault.open(folder, PASSPHRASE) as vault:
        assert [(entry.act, entry.by is None) for entry in entries(vault)][-3:] == [
            ("unlock failed", True), ("unlock failed", True), ("unlock", False)
        ]  # fmt: skip
        assert findings(vault) == []


MIDDLE = "seq = 3"
HARMS: dict[str, tuple[str, str]] = {
    "an entry cut out": (f"DELETE FROM audit WHERE {MIDDLE}", "entry 4"),
    "the first ones cut out": ("DELETE FROM audit WHERE seq < 3", "entry 3"),
    "an entry changed": (f"UPDATE audit SET entry = (SELECT entry FROM audit WHERE seq = 4) WHERE {MIDDLE}", "entry 3"),
    "a signature of another": (
        f"UPDATE audit SET signature = (SELECT signature FROM audit WHERE seq = 4) WHERE {MIDDLE}", "entry 3",
    ),
    "another before it": (
        f"UPDATE audit SET previous = (SELECT previous FROM audit WHERE seq = 4) WHERE {MIDDLE}", "entry 3",
    ),
    "two exchanged": (
        "UPDATE audit SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE seq IN (3, 4)", "entry",
    ),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_done_to_the_log_shows_and_the_first_broken_entry_is_named(folder: Path, harm: str) -> None:
    statement, named = HARMS[harm]
    run(folder, (statement, ()))
    if harm == "two exchanged":
        run(folder, ("UPDATE audit SET seq = -seq WHERE seq < 0", ()))
    with Vault.open(folder, PASSPHRASE) as vault:
        found = findings(vault)
        assert found[0].object != vault.device, "the log of the copy that it was, not of the copy that it is"
        assert named in found[0].what
        assert found[0].hint


def test_a_failed_attempt_cannot_stand_for_an_act(folder: Path) -> None:
    """Anybody can write an entry that nobody signs. It hides nothing: the chain goes through it."""
    connection = vault_case.database(folder)
    in_clear = b"\x00" + bytes.fromhex("a0")
    connection.execute("UPDATE audit SET entry = ?, signature = ? WHERE seq = 3", (in_clear, bytes(64)))
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        assert any("entry 4" in finding.what for finding in findings(vault))


def test_an_entry_that_names_nobody_is_not_taken_for_a_failed_attempt(vault: Vault) -> None:
    """Whoever has the vault's key could seal one; without a name it has no signature to be held to."""
    log = vault.core.audit
    with vault.core.storage.reading() as connection:
        last = [link for link in links(connection) if link.device == vault.device][-1]
    seq, previous = last.seq + 1, last.leaf
    place = Link(vault.device, seq, previous, b"", b"")
    said = {"act": "nothing", "at": "2026-11-22T09:30:00.000000Z", "by": None}
    key = vault.core.keyring.key(vault.vault_id, 1).item
    sealed = item.seal(key, payload.pack(said), place.bound(vault.vault_id), 1)
    row = {"device": bytes.fromhex(vault.device), "seq": seq, "previous": previous, "entry": sealed}
    with vault.core.storage.writing() as connection:
        connection.execute(schema.audit.insert().values(signature=bytes(64), **row))
    assert log.open(replace(place, entry=sealed, signature=bytes(64))).by is None
    assert [f"entry {seq} " in finding.what for finding in findings(vault)] == [True]


def test_an_old_row_put_back_shows(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault, vault.transaction("mark change") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="what she really did"))
    run(folder, ("DELETE FROM head WHERE id = ?", (bytes.fromhex(case.mark.id),)))
    run(folder, ("DELETE FROM revision WHERE id = ? AND revision = 2", (bytes.fromhex(case.mark.id),)))
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.get(Mark, case.mark.id).value == case.mark, "by itself the row is sound"
        assert [finding.object for finding in findings(vault)] == [case.mark.id]


def test_a_record_that_vanished_with_all_that_belongs_to_it_shows(folder: Path, case: Case) -> None:
    run(folder, ("DELETE FROM head WHERE id = ?", (bytes.fromhex(case.mark.id),)))
    run(folder, ("DELETE FROM revision WHERE id = ?", (bytes.fromhex(case.mark.id),)))
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.all(Mark) == []
        assert [finding.object for finding in findings(vault)] == [case.mark.id]


def test_a_record_put_in_past_the_log_shows(folder: Path, case: Case) -> None:
    """A copy of the vault was written to, and its rows were brought over without the log that vouches for them."""
    second = vault_case.copy(folder, folder.with_name("second"))
    mark = vault_case.mark_of(case.layer, note="smuggled in")
    with Vault.open(second, PASSPHRASE) as vault, vault.transaction("mark add") as writer:
        writer.add(mark)
    theirs, ours = vault_case.database(second), vault_case.database(folder)
    columns = "digest, id, revision, device, previous, kind, domain, parent, owner, sealed"
    query = f"SELECT {columns} FROM revision WHERE id = ?"
    row = theirs.execute(query, (bytes.fromhex(mark.id),)).fetchone()
    ours.execute(f"INSERT INTO revision ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", tuple(row))
    theirs.close()
    ours.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        assert len(vault.all(Mark)) == 2
        assert [finding.object for finding in findings(vault)] == [mark.id]


def note_of(vault: Vault) -> str:
    leaves = audit_check.leaves_of(vault.core, vault.device)
    made = checkpoint.Checkpoint(vault.vault_id, vault.device, len(leaves), merkle.root(leaves))
    return checkpoint.sign(made, vault.user_id, vault.core.keyring.signer)


def against(vault: Vault, note: str) -> list[Finding]:
    users = {vault.user_id: vault.core.keyring.signer.public}
    return audit_check.check_against(vault.core, checkpoint.parse(note), users)


def test_a_checkpoint_shows_that_the_end_was_cut(folder: Path, case: Case, tmp_path: Path) -> None:
    early = vault_case.copy(folder, tmp_path / "early")
    with Vault.open(folder, PASSPHRASE) as vault:
        with vault.transaction("mark change") as writer:
            writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="x"))
        note = note_of(vault)
        assert against(vault, note) == []
        device = vault.device
    with Vault.open(folder, PASSPHRASE) as vault:
        assert against(vault, note) == [], "what came since takes nothing from it"
    with Vault.open(early, PASSPHRASE) as vault:
        assert findings(vault) == [], "a vault that was put back whole looks whole"
        found = against(vault, note)
        assert [finding.object for finding in found] == [device]


def test_a_checkpoint_of_another_vault_or_signer_is_none(vault: Vault) -> None:
    note = note_of(vault)
    assert against(vault, note.replace(vault.vault_id, new_id()))
    said = checkpoint.parse(note)
    forged = checkpoint.sign(replace(said.checkpoint, size=1), vault.user_id, Signer(bytes(32)))
    assert against(vault, forged)
    assert against(vault, note.replace(f"\n{said.checkpoint.size}\n", f"\n{said.checkpoint.size + 1}\n", 1))


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: "",
        lambda note: note.split("\n\n")[0],
        lambda note: note.replace("\n", "\r\n"),
        lambda note: "x" + note,
        lambda note: note.replace("— ", "- "),
        lambda note: note.replace("=", ""),
        lambda note: note.replace("\n\n", "\nand more\n\n"),
        lambda note: note * 100,
    ],
)
def test_what_is_no_checkpoint_is_named(vault: Vault, harm: Callable[[str], str]) -> None:
    with pytest.raises(InvalidRecord):
        checkpoint.parse(harm(note_of(vault)))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(seed: bytes, size: int, root: bytes) -> None:
    made = checkpoint.Checkpoint(new_id(), new_id(), size, root)
    user, signer = new_id(), Signer(seed)
    signed = checkpoint.parse(checkpoint.sign(made, user, signer))
    assert (signed.checkpoint, signed.user, signed.is_signed_by(signer.public)) == (made, user, True)
    assert not signed.is_signed_by(Signer(bytes(32)).public) or seed == bytes(32)


LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_tree_is_that_of_certificate_transparency(size: int) -> None:
    """The known answers of the reference implementation of RFC 6962."""
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert merkle.root(leaves).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40))
def test_the_tree_is_the_one_the_rfc_describes(data: list[bytes]) -> None:
    def described(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        half = 1 << (len(leaves) - 1).bit_length() - 1
        import hashlib

        return hashlib.sha256(b"\x01" + described(leaves[:half]) + described(leaves[half:])).digest()

    leaves = [merkle.leaf_hash(each) for each in data]
    assert merkle.root(leaves) == described(leaves)


def test_nothing_of_an_act_is_readable_without_a_key(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault, vault.transaction("canary act", [case.film.id]):
        pass
    connection = vault_case.database(folder)
    rows = connection.execute("SELECT entry FROM audit").fetchall()
    connection.close()
    held = b"".join(bytes(row[0]) for row in rows)
    assert b"canary" not in held
    assert bytes.fromhex(case.film.id) not in held
