"""Bringing a film in from the Families room, and what can be done with the card afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk
from families_on_screen import chips, nadia_s, words_in
from vigtool.casework.family import Role
from vigtool.casework.stray_copy import StrayPlace
from vigtool.errors import CannotErase, FilmError, NotAFilm
from vigtool.ids import Id
from vigtool.practice.families import PersonWords
from vigtool.practice.films import FilmWords
from vigtool.ui import choosing
from vigtool.ui.desk import Report
from vigtool.ui.families.brought_in import BroughtInPanel
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.work_forms import FilmForm
from vigtool.ui.parts.chip import Chip
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


def brought(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, monkeypatch: pytest.MonkeyPatch, whom: tuple[str, ...] = ()
) -> BroughtInPanel:
    """A film that was brought in; `whom` alone is seen or heard in it, or everybody where nobody is named."""
    form = say_film(room, monkeypatch)
    for person, check in form.persons.checks.items():
        name = next(one.name for one in bench.desk.persons() if one.id == person)
        check.setChecked(not whom or name in whom)
    form.go.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(BroughtInPanel)))
    return room.findChildren(BroughtInPanel)[0]


def test_after_it_the_card_may_be_erased_and_other_places_stay_listed(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = brought(qtbot, room, bench, monkeypatch)
    said = words_in(panel)
    assert "read back and compared" in said
    assert "You may erase the card." in said
    assert panel.source.text() == "IMG_0412.MOV"
    assert not any(check.isChecked() for check in panel.places.values())
    panel.erase.click()
    qtbot.waitUntil(lambda: "compared and erased" in words_in(panel))
    assert not panel.erase.isVisible()
    panel.places[StrayPlace.PHONE].setChecked(True)
    panel.places[StrayPlace.CLOUD].setChecked(True)
    panel.close_it.click()
    qtbot.waitUntil(lambda: len(desk.strays_of(nadia_s(bench))) == 2)
    assert {stray.where for stray in desk.strays_of(nadia_s(bench))} == {StrayPlace.PHONE, StrayPlace.CLOUD}
    assert not room.findChildren(BroughtInPanel)


def test_a_card_that_holds_another_film_is_left_alone(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotErase("this file is not the film that lies in the vault", "look which file is the right one")

    panel = brought(qtbot, room, bench, monkeypatch)
    monkeypatch.setattr(desk, "erase_card", refuse)
    panel.erase.click()
    qtbot.waitUntil(lambda: bool(panel.findChildren(ErrorPanel)))
    assert "the file is where it was" in panel.findChildren(ErrorPanel)[0].accessibleName()
    assert panel.erase.isEnabled()


@pytest.mark.parametrize(("whom", "flagged"), [(("Nadia", "Mina"), False), (("Nadia", "Omar"), True)])
def test_a_film_without_everybody_s_consent_is_flagged_at_once(
    qtbot: QtBot,
    room: FamiliesRoom,
    bench: Bench,
    desk: MemoryDesk,
    monkeypatch: pytest.MonkeyPatch,
    whom: tuple[str, ...],
    *,
    flagged: bool,
) -> None:
    desk.add_person(nadia_s(bench), PersonWords(name="Omar", role=Role.OTHER))
    bench.workspace.records_changed.emit()
    qtbot.waitUntil(lambda: "Omar, Film: not asked yet" in chips(room))
    panel = brought(qtbot, room, bench, monkeypatch, whom)
    qtbot.wait(50)
    assert bool(panel.findChildren(Chip)) is flagged
    assert ("neither shown to" in words_in(panel)) is flagged
    qtbot.waitUntil(lambda: room.page.films.rows.rowCount() == 4)
    spoken = [str(room.page.films.rows.index(n).data()) for n in range(4)]
    assert any(one.endswith("consent missing") for one in spoken) is flagged
