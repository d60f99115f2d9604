"""Where somebody was when the vault was locked: ids and numbers, each user's own, taken once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import users_case
import vault_case
from vigtool.casework.draft import Draft
from vigtool.ids import new_id
from vigtool.practice.records import values
from vigtool.practice.returning import Place, Typing, drafts, forget_drafts, keep_place, take_place
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import Setting
from vigtool.vault.vault import Vault

PASSPHRASE = vault_case.PASSPHRASE


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST) as made:
        yield made


def place(vault: Vault) -> Place:
    family = vault_case.add_family(vault)
    return Place(room="film", family=family.id, cycle=new_id(), film=new_id(), reel=new_id(), clip=new_id(), tick=-7)


def test_a_place_is_taken_once(vault: Vault) -> None:
    assert take_place(vault) is None
    kept = place(vault)
    keep_place(vault, kept)
    assert take_place(vault) == kept
    assert take_place(vault) is None


def test_it_outlives_the_program_and_the_last_one_counts(vault: Vault) -> None:
    keep_place(vault, place(vault))
    last = Place(room="reel", tick=12)
    keep_place(vault, last)
    keep_place(vault, last)
    vault.close()
    with Vault.open(vault.folder, PASSPHRASE) as again:
        assert take_place(again) == last
        assert len(vault_settings(again)) == 1


def vault_settings(vault: Vault) -> list[Setting]:
    return [setting for setting in values(vault, Setting) if setting.name.startswith("place of")]


def test_another_user_s_place_is_not_taken(vault: Vault) -> None:
    with vault.transaction("x") as writer:
        writer.add(Setting(id=new_id(), name=f"place of {new_id()}", value='{"room": "film"}'))
    assert take_place(vault) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"room": 3}',
        '{"tick": true}',
        '{"tick": "4"}',
        '{"film": "Nadia"}',
        '{"note": "x"}',
        "null",
        '{"room": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}',
    ],
)
def test_what_the_program_does_not_write_is_no_place(vault: Vault, text: str) -> None:
    with vault.transaction("x") as writer:
        writer.add(Setting(id=new_id(), name=f"place of {vault.user_id}", value=text))
    assert take_place(vault) is None


def test_only_ids_and_numbers_are_kept(vault: Vault) -> None:
    kept = place(vault)
    keep_place(vault, kept)
    (setting,) = vault_settings(vault)
    assert vault_case.NAME not in setting.value
    for word in (kept.family, kept.film, "film", "-7"):
        assert str(word) in setting.value


def test_what_was_half_typed_is_its_writer_s_and_lies_with_the_family(vault: Vault) -> None:
    kept = place(vault)
    keep_place(vault, kept, [Typing("Note", "she looked\nup"), Typing("Place", "مينا")])
    found = drafts(vault)
    assert [(draft.words, draft.text) for draft in found] == [("Note", "she looked\nup"), ("Place", "مينا")]
    assert {stored.domain for stored in vault.all(Draft)} == {kept.family}
    stranger = Draft(id=new_id(), user=new_id(), text="theirs", kept=found[0].kept)
    assert stranger not in drafts(vault)
    forget_drafts(vault, found[:1])
    assert drafts(vault) == found[1:]
    forget_drafts(vault, found)
    assert drafts(vault) == []


def test_what_is_about_no_open_family_lies_under_its_writer_s_own_key(vault: Vault) -> None:
    keep_place(vault, Place(family=new_id()), [Typing("Name", "N")])
    assert {stored.domain for stored in vault.all(Draft)} == {vault.user_id}
    kept = place(vault)
    keep_place(vault, kept, [Typing("Note", "of theirs"), Typing("Name", "N", about_another=True)])
    assert {stored.value.text: stored.domain for stored in vault.all(Draft)}["N"] == vault.user_id
    assert [stored.domain for stored in vault.all(Draft) if stored.value.text == "of theirs"] == [kept.family]
    assert len(drafts(vault)) == 3
    forget_drafts(vault, drafts(vault))
    assert drafts(vault) == []
    assert vault_case.findings(vault) == []


def test_no_colleague_s_key_opens_what_is_about_no_open_family(tmp_path: Path) -> None:
    service = users_case.build(tmp_path / "service")
    with service.opened(service.bo) as vault:
        keep_place(vault, Place(room="families"), [Typing("Name", "Zdenka Canary")])
        assert [draft.text for draft in drafts(vault)] == ["Zdenka Canary"]
    for other in (service.lea, service.di):
        with service.opened(other) as vault:
            assert vault.all(Draft) == []
    with service.opened(service.bo) as vault:
        forget_drafts(vault, drafts(vault))
        assert drafts(vault) == []


def test_what_an_earlier_version_kept_in_the_vault_s_domain_is_still_shown(vault: Vault) -> None:
    old = Draft(id=new_id(), user=vault.user_id, text="from before", kept=vault.core.clock())
    with vault.transaction("place keep") as writer:
        writer.add(old)
    assert drafts(vault) == [old]
    forget_drafts(vault, [old])
    assert drafts(vault) == []
