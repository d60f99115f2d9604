"""After locking the window comes back to the same picture, with what was half typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rooms_in_memory import Film, desk_of, open_vault, shown_window
from vigtool.casework.draft import Draft
from vigtool.ids import new_id
from vigtool.practice.returning import Place, Typing
from vigtool.ui import application, restart
from vigtool.ui.desk_returning import Back
from vigtool.ui.drafts_panel import DraftsPanel
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Field, Line, Paper, Passphrase
from vigtool.ui.returning import keep_place
from vigtool.ui.room import Spot
from vigtool.ui.unsaved import unsaved_typing


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with shown_window(qtbot) as made:
        yield made


def test_where_one_is_and_what_is_half_typed_is_kept_before_the_window_closes(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []
    monkeypatch.setattr(restart, "restart", begun.append)
    desk = open_vault(window)
    family = next(found for found in desk.families() if found.code == "F-0007")
    window.workspace.open_family(family)
    window.workspace.open_cycle(desk.cycles(family.id)[-1])
    window.go_to("film")
    form = Dialog("Form", parent=window)
    name, note, secret = Field("Name", Line()), Field("Note", Paper()), Field("Passphrase", Passphrase())
    untouched = Field("Place", Line("Willow Lane"))
    for field in (name, note, secret, untouched):
        form.body.addWidget(field)
    form.open()
    for field in (name, note, secret):
        QTest.keyClicks(field.input, "half ty")
    window.cover_now()
    application.lock(window)
    assert desk.closed
    assert begun == [desk.folder]
    assert desk.kept_place == Place(
        room="film", family=family.id, cycle=desk.cycles(family.id)[-1].id, tick=-40, clip="c" * 32
    )
    assert desk.kept_typing == [Typing("Name", "half ty"), Typing("Note", "half ty")]


def test_without_an_open_form_nothing_is_half_typed(window: MainWindow) -> None:
    QPlainTextEdit("typed", window)
    assert unsaved_typing() == []


def test_nothing_is_kept_where_no_vault_is_open(window: MainWindow) -> None:
    keep_place(window, (), window)
    assert desk_of(window).kept_place is None


def test_it_comes_back_to_the_same_place_and_never_by_way_of_the_list(window: MainWindow) -> None:
    desk = desk_of(window)
    family = next(found for found in desk.families() if found.code == "F-0007")
    place = Place(room="film", family=family.id, tick=77)
    open_vault(window, Back(place=place, family=family, cycle=desk.cycles(family.id)[0]))
    assert window.workspace.family == family
    assert window.workspace.cycle == desk.cycles(family.id)[0]
    (room,) = window.findChildren(Film)
    assert room.gone_back == Spot(tick=77)
    assert room.came == "back"


def test_a_room_that_is_not_there_any_more_gives_way_to_the_first(window: MainWindow) -> None:
    open_vault(window, Back(place=Place(room="planetarium")))
    assert window.room is not None
    assert window.room[0] == "families"


def test_what_was_half_typed_is_shown_until_one_is_done_with_it(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    drafts = [Draft(id=new_id(), user=new_id(), words="Note", text="she looked\nup", kept=None)]  # type: ignore[arg-type]  # the panel shows no time
    open_vault(window, Back(place=Place(), drafts=drafts))
    (panel,) = window.findChildren(DraftsPanel)
    shown = {label.text() for label in panel.findChildren(QLabel)}
    assert any("she looked up" in text for text in shown | {label.toolTip() for label in panel.findChildren(QLabel)})
    panel.done.emit()
    qtbot.waitUntil(lambda: list(desk.forgotten) == drafts)
    qtbot.waitUntil(lambda: not window.findChildren(DraftsPanel))
