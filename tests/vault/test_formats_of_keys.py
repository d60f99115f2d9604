"""The reader that was written from docs/formats.md reads what was shared and what was re-keyed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import users_case
from page_reader import Reader
from users_case import BYTES
from vault_case import PASSPHRASE, Case, never, silent
from vigtool.practice.colleagues import card_text, card_words
from vigtool.practice.sharing import reassign_family, rekey_family
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.vault import Vault


def test_a_family_that_was_rekeyed(folder: Path, case: Case) -> None:
    before = Reader(folder, PASSPHRASE)
    names = {row["digest"]: said for row, said in before.heads() if row["domain"].hex() == case.family.id}
    before.db.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        deep_rekey(
            vault, case.family.id, keep_users=None, act="family rekey", objects=[], report=silent, cancelled=never
        )
    after = Reader(folder, PASSPHRASE)
    heads = {row["digest"]: (row, said) for row, said in after.heads() if row["domain"].hex() == case.family.id}
    kept = names.keys() & heads.keys()
    assert len(kept) == len(names) - 1, "the film has a revision more"
    assert all(heads[name][1] == names[name] for name in kept)
    assert all(hashlib.sha256(heads[name][0]["sealed"]).digest() != name for name in kept)
    (film,) = [said["record"] for row, said in heads.values() if row["kind"] == 6]
    assert after.film(bytes.fromhex(case.family.id), film["footage"]) == case.bytes
    after.db.close()


def test_a_family_that_was_given_by_somebody_else(tmp_path: Path) -> None:
    service = users_case.build(tmp_path / "vault")
    family = service.his.family.id
    with service.opened(service.lea) as vault:
        reassign_family(vault, family, service.lea, reason="long illness", on=users_case.ON)
    with service.opened(service.bo) as vault:
        rekey_family(vault, family)
        words, text = card_words(vault, service.lea), card_text(vault, service.lea)
    reader = Reader(service.folder, PASSPHRASE, bytes.fromhex(service.lea))
    (film,) = [said["record"] for row, said in reader.heads() if row["kind"] == 6]
    assert reader.film(bytes.fromhex(family), film["footage"]) == BYTES
    assert (reader.card_words(bytes.fromhex(service.lea)), reader.card_text(bytes.fromhex(service.lea))) == (
        words,
        text,
    )
    reader.db.close()
