"""What lies in clear beside the records, and is written by somebody without any key: lists of erasures, and labels."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import vault_case
from users_case import ON, Service
from vigtool.casework.erasure import Erasure
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.layout import id_field
from vigtool.ids import Id, new_id
from vigtool.practice.erasing import back_again, erase_family
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.vault import payload, tombstones, users
from vigtool.vault.cards import row_of_card
from vigtool.vault.kinds import kind_of
from vigtool.vault.vault import Vault


def insert(folder: Path, table: str, row: dict[str, object]) -> None:
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    connection.close()


def forged(folder: Path, vault: Id, family: Id) -> bytes:
    """A list that says a family was erased, by a user whose card was just put into the table."""
    user, secret = new_id(), UserSecret.generate()
    insert(folder, "user_card", row_of_card(vault, user, secret))
    said = Erasure(
        id=new_id(), what=family, family=family, reason="", on=ON, by=user, erased=(), files=0, recoverable_until=None
    )
    statement = payload.pack(
        {
            "vault": bytes.fromhex(vault),
            "made": "2026-11-22T09:30:00.000000Z",
            "erasures": [payload.to_map(said, kind_of(Erasure).schema)],
            "reasons": b"",
        }
    )
    signature = secret.signer().sign(b"vig/erasures/1\x00" + id_field(vault) + statement)
    return payload.pack([statement, bytes.fromhex(user), signature])


def test_a_list_by_somebody_with_a_card_and_no_key_is_not_believed(service: Service) -> None:
    """Nor is it taken into the list that the next backup carries, signed by whoever opened the vault."""
    with service.opened(service.lea) as vault:
        name = vault.vault_id
    made = forged(service.folder, name, service.his.family.id)
    (service.folder / tombstones.FILE_NAME).write_bytes(made)
    with service.opened(service.lea) as vault:
        assert tombstones.list_beside(vault.core) == ()
        assert back_again(vault) == []
        assert not tombstones.check_list(made, vault).trusted
        assert tombstones.check_list(tombstones.export_list(vault), vault).erasures == ()


def test_a_list_by_a_colleague_is_believed_by_one_who_never_compared_their_card(service: Service) -> None:
    """Di holds of Bo what Lea has entered, whom she knows."""
    with service.opened(service.bo) as vault:
        erase_family(vault, service.his.family.id, reason="the work is over", on=ON)
        made = tombstones.export_list(vault)
    with Vault.open(service.folder, service.keys()[service.di], service.di) as vault:
        assert tombstones.check_list(made, vault).trusted
        put_keys_in_order(vault)
        assert tombstones.check_list(made, vault).trusted


def test_a_label_commands_no_terminal_and_has_an_end(service: Service) -> None:
    words = b"\x1b]0;owned\x07\x1b[2JBo\xe2\x80\xae\x9b" + b"A" * 100_000
    insert(service.folder, "label", {"user_id": bytes.fromhex(service.bo), "words": words})
    shown = dict(users.pickable(service.folder))[service.bo]
    assert len(shown) <= users.LONGEST_LABEL
    assert all(sign.isprintable() for sign in shown)
    with service.opened(service.bo) as vault, vault.transaction("label change") as writer:
        writer.keys.put_label(service.bo, "نرگس\u200cها")
    assert dict(users.pickable(service.folder))[service.bo] == "نرگس\u200cها"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_in_the_place_of_the_list_keeps_nobody_out(service: Service) -> None:
    os.mkfifo(service.folder / tombstones.FILE_NAME)
    with service.opened(service.lea) as vault:
        assert tombstones.read_beside(vault.folder) is None
