"""The reader that was written from docs/formats.md, and the program, read the vault that is kept as a vector."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey

from page_reader import Reader, plain

VECTOR = Path(__file__).parent.parent / "vectors" / "vault-1"


def has_ml_kem() -> bool:
    try:
        MLKEM768PrivateKey.generate()
    except UnsupportedAlgorithm:
        return False
    return True


needs_ml_kem = pytest.mark.skipif(not has_ml_kem(), reason="the vector is sealed with X-Wing")
expected = json.loads((VECTOR / "expected.json").read_text(encoding="ascii"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the vector."""
    return Path(shutil.copytree(VECTOR / "vault", tmp_path / "vault"))


@needs_ml_kem
def test_a_reader_written_from_the_page_reads_the_vector(kept: Path) -> None:
    reader = Reader(kept, expected["passphrase"])
    assert reader.vault.hex() == expected["vault"]
    assert reader.user.hex() == expected["user"]
    found, removed = {}, []
    for row, said in reader.heads():
        if said["removed"]:
            removed.append(row["id"].hex())
            continue
        found[row["id"].hex()] = {
            "kind": row["kind"],
            "revision": row["revision"],
            "domain": row["domain"].hex(),
            "parent": row["parent"].hex(),
            "owner": row["owner"].hex(),
            "created": said["created"],
            "edited": said["edited"],
            "record": plain(said["record"]),
        }
    assert removed == expected["removed"]
    assert found == expected["heads"]
    hint = {row["n"] for row in reader.db.execute("SELECT n FROM head")}
    assert hint == {row["n"] for row, _ in reader.heads()}
    reader.db.close()


@needs_ml_kem
def test_a_reader_written_from_the_page_opens_the_film(kept: Path) -> None:
    reader = Reader(kept, expected["passphrase"])
    (film,) = [(row, said["record"]) for row, said in reader.heads() if row["kind"] == 6]
    data = reader.film(film[0]["domain"], film[1]["footage"])
    assert hashlib.sha256(data).hexdigest() == expected["film_sha256"] == film[1]["footage"]["sha256"].hex()
    assert len(data) == film[1]["footage"]["size"]
    reader.db.close()


@needs_ml_kem
def test_the_program_reads_the_vector(kept: Path) -> None:
    from vigtool.casework.film import Film
    from vigtool.vault import footage, payload
    from vigtool.vault.kinds import KINDS
    from vigtool.vault.moments import utc_text
    from vigtool.vault.vault import Vault
    from vigtool.vault.verify import verify

    with Vault.open(kept, expected["passphrase"]) as vault:
        assert (vault.vault_id, vault.user_id, vault.upgraded) == (expected["vault"], expected["user"], True)
        found = {}
        for kind in KINDS:
            stored_of_kind: list[Any] = vault.all(kind.cls)
            # The vector is never made again: what was added to the format since is not in it.
            assert stored_of_kind or kind.number > 14, f"the vector has a {kind.cls.__name__}"
            for stored in stored_of_kind:
                found[stored.id] = {
                    "kind": stored.kind,
                    "revision": stored.revision,
                    "domain": stored.domain,
                    "parent": stored.parent,
                    "owner": stored.owner,
                    "created": utc_text(stored.created),
                    "edited": utc_text(stored.edited),
                    "record": plain(payload.to_map(stored.value, kind.schema)),
                }
        # What was added to a kind since has the value that says nothing; the vector does not know it.
        for identity, head in expected["heads"].items():
            record = found[identity]["record"]
            added = {name: record.pop(name) for name in record.keys() - head["record"].keys()}
            assert all(value in ("", 0, None, []) for value in added.values()), identity
            record["schema"] = head["record"]["schema"]
        assert found == expected["heads"]
        (film,) = vault.all(Film)
        with footage.opener(vault, film.value.footage, film.domain)() as opened:
            assert hashlib.sha256(opened.read()).hexdigest() == expected["film_sha256"]
        assert footage.footage_identity(vault, film.domain) == expected["film_identity"]
        assert verify(vault, lambda *_: None, lambda: False) == []


def test_the_vector_is_small() -> None:
    assert sum(file.stat().st_size for file in VECTOR.rglob("*") if file.is_file()) < 300_000
