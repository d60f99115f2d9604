"""A colleague's card and a cut-off handover, as the window asks a real vault about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vigtool.casework.copy import CopyKind, CopyOutcome, Intent
from vigtool.casework.member import CardCheck, StaffRole
from vigtool.errors import CardMismatch
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import add_colleague, card_text, card_words
from vigtool.practice.families import add_family
from vigtool.practice.opening import Opened
from vigtool.practice.unfinished_exits import Unfinished
from vigtool.ui.desk_keeping import Heard
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

TODAY = date.today()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    words = "six words that nobody would guess"
    with Vault.create(tmp_path / "vault", words, name="Lea", cost=LEAST_COST) as made:
        yield made


def added(vault: Vault) -> Id:
    return add_colleague(
        vault, name="Bo", roles=[StaffRole.PRACTITIONER], passphrase="a passphrase of one's own", on=TODAY,
        cost=LEAST_COST,
    ).user  # fmt: skip


def test_what_was_heard_is_told_apart_and_only_the_right_card_is_written_down(vault: Vault) -> None:
    bo, desk = added(vault), VaultDesk(Opened(vault, ()))
    words = card_words(vault, bo)
    assert desk.hear_card(bo, " ".join(words)) is Heard.SAME
    assert desk.hear_card(bo, card_text(vault, bo)) is Heard.SAME
    assert desk.hear_card(bo, " ".join(card_words(vault))) is Heard.OWN
    assert desk.hear_card(bo, " ".join(reversed(words))) is Heard.OTHER
    with pytest.raises(CardMismatch):
        desk.compare_card(bo, " ".join(reversed(words)))
    assert {one.checked for one in desk.colleagues()} == {None, CardCheck.ADDED_HERE}
    desk.compare_card(bo, card_text(vault, bo))
    assert {one.checked for one in desk.colleagues()} == {None, CardCheck.QR}


def test_a_handover_that_is_being_made_now_is_not_offered_to_be_given_up(vault: Vault, tmp_path: Path) -> None:
    family = add_family(vault, name="Nadia", on=TODAY).family.id
    before = Intent(
        id=new_id(), family=family, act="film export", source=family, kind=CopyKind.FILM,
        target=str(tmp_path / "no such stick" / "film.mp4"), begun=datetime.now(UTC),
    )  # fmt: skip
    now = replace(before, id=new_id())
    with vault.transaction("film export: begin", [before.id, now.id]) as writer:
        writer.add(before)
        writer.add(now)
    desk = VaultDesk(Opened(vault, (Unfinished(before, None),)))
    assert [one.id for one in desk.register().cut_off] == [before.id]
    desk.say_nothing_left(before.id)
    known = desk.register()
    assert known.cut_off == ()
    assert [(each.copy.target, each.outcome) for each in known.copies] == [(before.target, CopyOutcome.UNKNOWN)]
