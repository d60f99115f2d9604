"""The room as the window knows it: which pages there are, by which keys, and who begins in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from service_on_screen import names
from vault_case import PASSPHRASE
from vigtool.casework.member import StaffRole
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import InvalidRecord
from vigtool.practice import colleagues
from vigtool.practice.families import add_family
from vigtool.practice.opening import Opened
from vigtool.ui.main_window import MainWindow
from vigtool.ui.rooms import rooms
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault


@pytest.fixture
def window(qtbot: QtBot, desk: MemoryDesk) -> Iterator[MainWindow]:
    made = MainWindow(MemoryPractice(desk), rooms(), start=lambda _bench: QWidget())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def shown(window: MainWindow) -> str:
    assert window.room is not None
    return window.room[0]


def test_whoever_keeps_keys_and_works_with_no_family_begins_here(
    qtbot: QtBot, window: MainWindow, desk: MemoryDesk
) -> None:
    desk.keeps_keys_only = True
    window.workspace.open_desk(desk)
    qtbot.waitUntil(lambda: shown(window) == "service")
    qtbot.waitUntil(lambda: not window.jobs._running)


def test_everybody_else_begins_with_families_and_comes_here_by_key(
    qtbot: QtBot, window: MainWindow, desk: MemoryDesk
) -> None:
    window.workspace.open_desk(desk)
    qtbot.waitUntil(lambda: not window.jobs._running)
    assert shown(window) == "families"
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "service"
    qtbot.waitUntil(lambda: not window.jobs._running)


def test_pages_are_walked_by_the_arrow_keys(qtbot: QtBot, room: ServiceRoom) -> None:
    assert room.side.view.hasFocus()
    assert names(room) == ["vault", "copies", "retention", "log"]
    for page in ("copies", "retention", "log"):
        QTest.keyClick(room.side.view, Qt.Key.Key_Down)
        assert room._shown == page
    qtbot.waitUntil(lambda: not room.bench.jobs._running)


def test_everything_that_can_be_pressed_or_walked_has_a_name(qtbot: QtBot, room: ServiceRoom, desk: MemoryDesk) -> None:
    desk.staff[:] = list(desk.colleagues())
    for page in ("vault", "copies", "retention", "log", "people"):
        room.turn_to(page)
    qtbot.waitUntil(lambda: not room.bench.jobs._running)
    for kind in (QPushButton, QAbstractItemView):
        for widget in room.findChildren(kind):
            if kind is QAbstractItemView and widget.window() is not room.window():
                continue  # the list of a choice, which has a window of its own
            assert widget.accessibleName(), (type(widget).__name__, widget.objectName())


def test_an_administrator_without_families_is_known_by_the_vault(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    with Vault.create(folder, PASSPHRASE, name="Hanna", cost=LEAST_COST) as vault:
        desk = VaultDesk(Opened(vault, ()))
        assert not desk.begins_in_service()  # alone: the first family is still to come
        add_family(vault, name="Nadia and Mina", on=date(2026, 11, 22))
        desk.call_oneself("Hanna of the house")
        other = "another passphrase altogether"
        added = colleagues.add_colleague(
            vault,
            name="Ines",
            roles=[StaffRole.ADMINISTRATOR],
            passphrase=other,
            on=date(2026, 11, 22),
            cost=LEAST_COST,
        )
        assert not desk.begins_in_service()
        with pytest.raises(InvalidRecord):
            desk.call_oneself("INES")
    with Vault.open(folder, other, user=added.user) as vault:
        desk = VaultDesk(Opened(vault, ()))
        assert desk.families() == []
        assert desk.begins_in_service()
        assert {one.name for one in desk.colleagues()} == {"Hanna of the house", "Ines"}
        assert len(desk.own_card()[0]) == 6
