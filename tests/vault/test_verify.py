"""Looking a vault through finds each thing that is wrong, names it, and finds nothing where all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import vault_case
from vault_case import PASSPHRASE, Case, findings
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.crypto import item
from vigtool.crypto.signing import Signer
from vigtool.errors import Cancelled, VaultError
from vigtool.vault import payload, schema
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def test_a_whole_vault_has_no_findings(vault: Vault, case: Case) -> None:
    said: list[tuple[int, int]] = []
    with vault.transaction("changes") as writer:
        changed = writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="x"))
        writer.remove(changed)
    assert verify(vault, lambda done, total: said.append((done, total)), vault_case.never) == []
    assert said == sorted(said)
    assert said[-1][0] > 0.9 * said[-1][1]


def test_it_can_be_stopped_at_any_point(vault: Vault) -> None:
    patient = vault_case.Stop(1_000_000)
    assert verify(vault, vault_case.silent, patient) == []
    assert patient.asked > 5
    for after in range(patient.asked):
        with pytest.raises(Cancelled):
            verify(vault, vault_case.silent, vault_case.Stop(after))


def film_file(folder: Path, case: Case) -> Path:
    return folder / "footage" / case.film.footage.file[:2] / f"{case.film.footage.file}.age"


def flip_in_film(folder: Path, case: Case) -> None:
    file = film_file(folder, case)
    data = bytearray(file.read_bytes())
    data[70_000] ^= 4
    file.write_bytes(data)


def run(statement: str, *values: Any) -> Callable[[Path, Case], None]:
    def harm(folder: Path, _: Case) -> None:
        connection = vault_case.database(folder)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
        connection.close()

    return harm


def forget_layer(folder: Path, case: Case) -> None:
    run("DELETE FROM revision WHERE id = ?", bytes.fromhex(case.layer.id))(folder, case)


def forget_first_revision(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault, vault.transaction("change") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="x"))
    run("DELETE FROM revision WHERE id = ? AND revision = 1", bytes.fromhex(case.mark.id))(folder, case)


def lose_film(folder: Path, case: Case) -> None:
    film_file(folder, case).unlink()


HARMS: dict[str, tuple[Callable[[Path, Case], None], Callable[[Case], str], str]] = {
    "a chunk": (flip_in_film, lambda case: case.film.id, ""),
    "no file": (lose_film, lambda case: case.film.id, "gone"),
    "no footage row": (run("DELETE FROM footage"), lambda case: case.film.id, "entered"),
    "no parent": (forget_layer, lambda case: case.mark.id, "belongs to"),
    "no earlier revision": (forget_first_revision, lambda case: case.mark.id, "earlier"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_harm_is_found_and_named(folder: Path, case: Case, harm: str) -> None:
    do, whose, words = HARMS[harm]
    do(folder, case)
    with Vault.open(folder, PASSPHRASE) as vault:
        found = [finding for finding in findings(vault) if finding.object == whose(case)]
        assert len(found) == 1
        assert words in found[0].what
        assert found[0].hint


def test_a_film_whose_record_tells_of_other_bytes(vault: Vault, case: Case) -> None:
    lying = replace(case.film, footage=replace(case.film.footage, sha256=bytes(32)))
    with vault.transaction("lie") as writer:
        writer.change(vault.get(Film, case.film.id), lying)
    assert [finding.object for finding in findings(vault)] == [case.film.id]


def test_a_card_that_its_user_did_not_sign(vault: Vault) -> None:
    with vault.core.storage.writing() as connection:
        connection.execute(schema.user_card.update().values(signature=bytes(64)))
    found = findings(vault)
    assert vault.user_id in {finding.object for finding in found}


def test_a_key_that_does_not_open(folder: Path, case: Case) -> None:
    run("UPDATE domain_grant SET role = 2 WHERE domain = ?", bytes.fromhex(case.other.id))(folder, case)
    with Vault.open(folder, PASSPHRASE) as vault:
        found = findings(vault)
        assert {finding.object for finding in found} == {case.other.id, vault.user_id}, "and whose key it was"
    assert any("key" in finding.what for finding in found)


def test_heads_that_are_wrong(vault: Vault) -> None:
    with vault.core.storage.writing() as connection:
        connection.exec_driver_sql("DELETE FROM head")
    assert [finding.object for finding in findings(vault)] == [vault.vault_id]


def test_a_stranger_among_the_films_is_told(folder: Path) -> None:
    (folder / "footage" / "cd").mkdir(exist_ok=True)
    (folder / "footage" / "cd" / f"{'cd' * 16}.age").write_bytes(b"age-encryption.org/v1\n")
    with Vault.open(folder, PASSPHRASE) as vault:
        assert "orphans" in findings(vault)[0].what


def test_a_record_sealed_with_the_right_key_by_somebody_else(vault: Vault, case: Case) -> None:
    """A colleague who may open the family cannot write in another's name: the signature says who it was."""
    from vigtool.vault.verify import _rows

    row = next(row for row in _rows(vault.core) if row.id == case.mother.id)
    opened = vault.core.seals.open(row)
    forger = Signer(bytes(32))
    inner = payload.pack([opened.statement, forger.sign(opened.signed_bytes())])
    key = vault.core.keyring.key(row.domain, 1).item
    envelope = item.seal(key, inner, opened.associated, 1)
    with vault.core.storage.writing() as connection:
        forged = schema.revision.update().where(schema.revision.c.digest == row.digest)
        connection.execute(forged.values(sealed=envelope, digest=item.digest(envelope)))
    assert [(finding.object, "signed" in finding.what) for finding in findings(vault)] == [(case.mother.id, True)]


def test_a_closed_vault_cannot_be_looked_through(vault: Vault) -> None:
    vault.close()
    with pytest.raises(VaultError, match="closed"):
        findings(vault)
