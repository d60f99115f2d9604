"""Bringing a film in from the Families room, and what can be done with the card afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk
from families_on_screen import nadia_s
from vigtool.errors import FilmError, NotAFilm
from vigtool.ids import Id
from vigtool.practice.films import FilmWords
from vigtool.ui import choosing
from vigtool.ui.desk import Report
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.work_forms import FilmForm
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.room import Bench


class Refusing(MemoryDesk):
    """Takes no film."""

    def add_film(self, path: Path, family: Id, words: FilmWords, report: Report, cancelled: Callable[[], bool]):  # type: ignore[no-untyped-def]  # noqa: ANN201
        raise NotAFilm("that file is no film", "choose another one")


def say_film(room: FamiliesRoom, monkeypatch: pytest.MonkeyPatch) -> FilmForm:
    monkeypatch.setattr(choosing, "choose_film", lambda *_: Path("/x/IMG_0412.MOV"))
    room._add_film.click()
    form = room.findChild(FilmForm)
    assert isinstance(form, FilmForm)
    return form


def test_a_film_is_brought_in_while_one_goes_on_working(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = say_film(room, monkeypatch)
    form.title.input.setText("bath")
    form.someone.setChecked(True)
    with qtbot.waitSignal(bench.workspace.records_changed):
        form.go.click()
        (panel,) = room.findChildren(ProgressPanel)
        assert "F-0007" in panel.bar.accessibleName()
    qtbot.waitUntil(lambda: room.page.films.rows.rowCount() == 4)
    made = max(desk.films(nadia_s(bench)), key=lambda found: found.title == "bath")
    assert made.someone_else
    assert len(made.persons) == 4
    assert made.cycle == desk.cycles(nadia_s(bench))[-1].id
    assert made.session == max(desk.sessions(nadia_s(bench)), key=lambda found: found.number).id


def test_a_film_that_is_none_is_said_where_it_was_begun(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(records=bench.desk.records)  # type: ignore[attr-defined]  # the desk in memory
    bench.workspace.desk = refusing
    form = say_film(room, monkeypatch)
    form.go.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ErrorPanel)))
    (panel,) = room.findChildren(ErrorPanel)
    assert "That file is no film. Nothing of it was kept." in panel.accessibleName()
    panel.answered.emit(1)
    assert not room.findChildren(ErrorPanel)
    assert issubclass(NotAFilm, FilmError)
