"""A vault of format 2 with several users, a share, a re-keyed family and an erased one, read as each of them reads it.

It is made here by the tool that makes the vector; once one is kept in tests/vectors/vault-2, that one is read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import vault_case
from page_reader import Reader, plain
from soak_ground import stretch_once
from tools import make_vault_2_vector as tool
from vigtool.crypto import keyslot
from vigtool.crypto.kem import kem_available
from vigtool.vault import schema
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

KEPT = Path(__file__).parent.parent / "vectors" / "vault-2"
USERS = ("practitioner", "supervisor", "lead")

pytestmark = pytest.mark.skipif(not kem_available(), reason="the vector is sealed with X-Wing")


@pytest.fixture(autouse=True)
def _stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslot, "stretch", stretch_once)


@pytest.fixture(scope="module")
def vector(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if KEPT.is_dir():
        return KEPT
    folder = tmp_path_factory.mktemp("vector")
    tool.make(folder)
    return folder


@pytest.fixture
def expected(vector: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((vector / "expected.json").read_text(encoding="ascii"))
    return said


@pytest.fixture
def kept(vector: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(vector / "vault", tmp_path / "vault"))


@pytest.mark.parametrize("name", USERS)
def test_the_program_reads_it(kept: Path, expected: dict[str, Any], name: str) -> None:
    user = expected["users"][name]
    with Vault.open(kept, user["passphrase"], user=user["id"]) as vault:
        assert vault.vault_id == expected["vault"]
        seen = tool.seen_by(vault)
        assert (seen["heads"], seen["films"]) == (user["heads"], user["films"])
        assert set(seen["certified"]) >= set(expected["erased"])
        assert verify(vault, vault_case.silent, vault_case.never) == []


@pytest.mark.parametrize("name", USERS)
def test_a_reader_written_from_the_page_reads_it(kept: Path, expected: dict[str, Any], name: str) -> None:
    user = expected["users"][name]
    reader = Reader(kept, user["passphrase"], bytes.fromhex(user["id"]))
    found = {
        row["id"].hex(): {
            "kind": row["kind"],
            "revision": row["revision"],
            "domain": row["domain"].hex(),
            "parent": row["parent"].hex(),
            "owner": row["owner"].hex(),
            "created": said["created"],
            "edited": said["edited"],
            "record": plain(said["record"]),
        }
        for row, said in reader.heads()
        if not said["removed"]
    }
    films = {
        id_: hashlib.sha256(reader.film(bytes.fromhex(each["domain"]), unplain(each["record"]["footage"]))).hexdigest()
        for id_, each in found.items()
        if each["kind"] == 6
    }
    reader.db.close()
    assert found == user["heads"]
    assert films == user["films"]


def unplain(footage: dict[str, Any]) -> dict[str, Any]:
    return {name: bytes.fromhex(value) if isinstance(value, str) else value for name, value in footage.items()}


def test_who_has_no_key_reads_nothing_of_the_family(expected: dict[str, Any]) -> None:
    """The supervisor it is shared with reads what the practitioner does; the lead nothing."""
    kinds = {name: [each["kind"] for each in expected["users"][name]["heads"].values()] for name in USERS}
    assert kinds["practitioner"].count(8) == kinds["supervisor"].count(8) > 0
    assert not {1, 2, 6, 8} & set(kinds["lead"])


def test_what_was_erased_is_not_there(kept: Path, expected: dict[str, Any]) -> None:
    user = expected["users"]["practitioner"]
    with Vault.open(kept, user["passphrase"], user=user["id"]) as vault, vault.core.storage.reading() as connection:
        domains = {row.domain.hex() for row in connection.execute(schema.domain_grant.select())}
        records = {row.id.hex() for row in connection.execute(schema.revision.select())}
    assert not set(expected["erased"]) & (domains | records)


def test_the_vector_is_small(vector: Path) -> None:
    assert sum(file.stat().st_size for file in vector.rglob("*") if file.is_file()) < 500_000
