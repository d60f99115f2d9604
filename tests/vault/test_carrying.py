"""After a re-keying a name stands inside the envelope: nobody puts other words under the same name in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rekey_case import do, rows
from vault_case import Case, never, silent
from vigtool.crypto import item
from vigtool.vault import carrying, payload, schema
from vigtool.vault import verify as verifying
from vigtool.vault.moments import utc_text
from vigtool.vault.sealing import SIGNATURE_LABEL, Row
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def put_other_words(vault: Vault, row: Row, name: bytes) -> None:
    """What whoever has the family's key can do with a program of their own: all of it is signed, by themselves."""
    core = vault.core
    was = core.seals.open(row)
    assert was.stored.value.name != "somebody else"
    said = payload.unpack(was.statement)
    record = payload.to_map(replace(was.stored.value, name="somebody else"), was.kind.schema)
    statement = payload.pack({**said, "record": record, "edited": utc_text(was.stored.edited)})
    signature = core.keyring.signer.sign(SIGNATURE_LABEL + was.associated + statement)
    epoch = item.epoch_of(row.sealed)
    key = core.keyring.key(row.domain, epoch).item
    sealed = item.seal(key, payload.pack([statement, signature, name]), was.associated, epoch)
    change: Any = schema.revision.update().where(schema.revision.c.digest == name).values(sealed=sealed)
    with core.storage.writing() as connection:
        connection.execute(change)


def of(vault: Vault, case: Case) -> Row:
    found: Row = next(row for row in rows(vault, case.family.id) if row.id == case.mother.id)
    return found


@pytest.mark.parametrize("rekeyed", [0, 1, 2])
def test_other_words_under_the_same_name_are_found(vault: Vault, case: Case, rekeyed: int) -> None:
    for _ in range(rekeyed):
        do(vault, case)
    assert verify(vault, silent, never) == []
    row = of(vault, case)
    put_other_words(vault, row, row.digest)
    assert vault.get(type(case.mother), case.mother.id).value.name == "somebody else", "it opens like any other"
    assert {finding.object for finding in verify(vault, silent, never)} == {case.family.id}


def test_the_check_above_is_what_finds_it(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    do(vault, case)
    row = of(vault, case)
    put_other_words(vault, row, row.digest)
    monkeypatch.setattr(verifying, "check_carried", lambda *_: iter(()))
    assert verify(vault, silent, never) == []


def test_what_is_written_after_a_rekeying_is_no_part_of_it(vault: Vault, case: Case) -> None:
    do(vault, case)
    with vault.transaction("person change") as writer:
        writer.change(vault.get(type(case.mother), case.mother.id), replace(case.mother, name="Nadia M"))
    assert verify(vault, silent, never) == []
    row = of(vault, case)
    assert carrying.carried_pair(row.digest, row.sealed) == row.digest + item.digest(row.sealed)
    assert carrying.carried_pair(item.digest(row.sealed), row.sealed) == b""
