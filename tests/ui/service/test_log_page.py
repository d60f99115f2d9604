"""The audit log on the screen: read from its end, asked by its fields, checked, and handed out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from service_in_memory import NOW
from service_on_screen import page, said
from vigtool.errors import TargetExists
from vigtool.ids import new_id
from vigtool.practice.auditing import Wanted
from vigtool.ui import choosing
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.service.act_words import act_words
from vigtool.ui.service.log_filter import Span
from vigtool.ui.service.log_model import ABOUT, WHAT, WHO
from vigtool.ui.service.log_page import LogPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.said import user_words
from vigtool.vault.shapes import Finding


@pytest.fixture
def log(qtbot: QtBot, room: ServiceRoom) -> LogPage:
    shown = page(room, "log", LogPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0 and bool(shown.model.names.users))
    return shown


def settled(qtbot: QtBot, log: LogPage, count: int) -> None:
    qtbot.waitUntil(lambda: log.model.rowCount() == count and log._job is None)


def test_the_newest_stand_first_and_older_ones_come_when_scrolled_to(qtbot: QtBot, log: LogPage) -> None:
    settled(qtbot, log, 200)
    assert [entry.seq for entry in log.model.entries[:3]] == [450, 449, 448]
    assert "200 of 450" in log.count.text()
    for expected in (400, 450):
        log.view.scrollToBottom()
        settled(qtbot, log, expected)
    assert [entry.seq for entry in log.model.entries] == list(range(450, 0, -1))
    assert "All 450" in log.count.text()
    assert not log.model.canFetchMore(log.view.rootIndex())


def test_a_row_says_when_who_what_and_about_what(log: LogPage, desk: MemoryDesk) -> None:
    family = desk.families()[0]
    place = next(n for n, one in enumerate(log.model.entries) if one.act == "family open" and family.id in one.objects)
    cells = [log.model.index(place, column).data() for column in (WHO, WHAT, ABOUT)]
    assert cells == ["Hanna", "Family opened", family.code]


def test_what_is_asked_for_is_looked_for_to_the_end_of_the_log(qtbot: QtBot, log: LogPage, desk: MemoryDesk) -> None:
    oldest = desk.audit.entries[0]
    assert oldest.act == "unlock"
    log.filter.act.setCurrentIndex(log.filter.act.findData("unlock"))
    settled(qtbot, log, sum(one.act == "unlock" for one in desk.audit.entries))
    assert log.model.entries[-1] == oldest
    assert "in all of the log" in log.count.text()


def test_about_takes_a_code_a_title_and_the_beginning_of_an_id(qtbot: QtBot, log: LogPage, desk: MemoryDesk) -> None:
    family = next(one for one in desk.families() if one.code == "F-0007")
    film = next(one for one in desk.films() if one.title == "kitchen")
    for typed, record in (("f-0007", family.id), ("kitchen", film.id), (film.id[:6], film.id)):
        QTest.keyClick(log, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        log.filter.about.clear()
        QTest.keyClicks(log.filter.about, typed)
        QTest.keyClick(log.filter.about, Qt.Key.Key_Return)
        wanted = log.filter.wanted
        assert wanted is not None
        assert wanted.about == (typed if typed == film.id[:6] else record)
        found = sum(record in one.objects for one in desk.audit.entries)

        def all_there(found: int = found) -> bool:
            log.view.scrollToBottom()
            return log.model.rowCount() == found and log._job is None

        qtbot.waitUntil(all_there)
    log.filter.about.clear()
    QTest.keyClicks(log.filter.about, "nobody of that name")
    QTest.keyClick(log.filter.about, Qt.Key.Key_Return)
    assert log.filter.wanted is None
    assert "Nothing you can open is called that." in said(log.filter)


def test_by_whom_and_when(qtbot: QtBot, log: LogPage, desk: MemoryDesk) -> None:
    ruth = new_id()
    desk.audit.names[ruth] = "Ruth"
    desk.audit.enter("film open", by=ruth, at=NOW)
    desk.audit.enter("film open", by=ruth, at=NOW - timedelta(days=40))
    log.read()
    qtbot.waitUntil(lambda: log.filter.who.findData(ruth) > 0)
    log.filter.who.setCurrentIndex(log.filter.who.findData(ruth))
    settled(qtbot, log, 2)
    log.filter.span.setCurrentIndex(log.filter.span.findData(Span.WEEK))
    settled(qtbot, log, 1)
    log.filter.span.setCurrentIndex(log.filter.span.findData(Span.BETWEEN))
    assert log.filter.since.isVisible()
    assert log.filter.wanted == Wanted(by=ruth, since=TODAY, until=TODAY)
    log.filter.clear()
    assert log.filter.wanted == Wanted()


def test_a_chosen_entry_is_shown_whole_and_ids_stay_where_no_name_is_known(
    qtbot: QtBot, log: LogPage, desk: MemoryDesk
) -> None:
    stranger = new_id()
    desk.audit.enter("family share", stranger, by=new_id(), marks=3)
    log.begin()
    settled(qtbot, log, 200)
    log.view.selectRow(0)
    qtbot.waitUntil(lambda: "Family shared" in said(log.details))
    shown = said(log.details)
    assert stranger[:16] in shown
    assert f"user {desk.audit.entries[-1].by[:8]}" in shown  # type: ignore[index]  # somebody did it
    assert "number 451" in shown
    log.filter.act.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "Choose an entry" in said(log.details))


def test_checking_tells_how_far_it_is_and_names_the_first_broken_entry(
    qtbot: QtBot, log: LogPage, desk: MemoryDesk
) -> None:
    log.check.click()
    qtbot.waitUntil(lambda: "All 450 entries are as they were written" in said(log.doing))
    desk.audit.broken = [
        Finding(
            object=desk.audit.device, what=f"entry {n} of the audit log is not what was written", hint="keep a copy"
        )
        for n in (12, 13)
    ]
    log.check.click()
    qtbot.waitUntil(lambda: bool(log.doing.findChildren(ErrorPanel)))
    shown = said(log.doing)
    assert shown.index("Entry 12 of the audit log") < shown.index("entry 13 of the audit log")


def test_the_table_is_handed_out_as_it_is_asked_for(
    qtbot: QtBot, log: LogPage, desk: MemoryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "log.csv"
    monkeypatch.setattr(choosing, "choose_target", lambda *_: target)
    log.filter.act.setCurrentIndex(log.filter.act.findData("film open"))
    log.export.click()
    qtbot.waitUntil(lambda: desk.audit.exported == [(target, Wanted(act="film open"))])
    qtbot.waitUntil(lambda: not log.doing.is_busy)
    desk.trouble = TargetExists("a file of that name is there already", "choose another name")
    log.export.click()
    qtbot.waitUntil(lambda: "A file of that name is there already" in said(log.doing))


def test_a_person_alone_meets_no_checkpoint(
    qtbot: QtBot, log: LogPage, desk: MemoryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert log.checkpoint.isHidden()
    monkeypatch.setattr(type(desk), "works_alone", lambda _self: False)
    monkeypatch.setattr(choosing, "choose_target", lambda *_: tmp_path / "checkpoint.txt")
    log.read()
    qtbot.waitUntil(lambda: not log.checkpoint.isHidden())
    log.checkpoint.click()
    qtbot.waitUntil((tmp_path / "checkpoint.txt").is_file)


def test_an_empty_log_says_so(qtbot: QtBot, room: ServiceRoom, desk: MemoryDesk) -> None:
    desk.audit.entries.clear()
    shown = page(room, "log", LogPage)
    qtbot.waitUntil(lambda: "All 0 entries" in shown.count.text())


def test_every_act_of_the_program_has_words() -> None:
    assert act_words("reel render: begin") == "Parent's copy handed out: begun"
    assert act_words("something new") == "Something new"


def test_a_user_without_a_name_is_you_or_an_id() -> None:
    me, other = new_id(), new_id()
    assert user_words(me, "Hanna", me) == "Hanna"
    assert user_words(me, "", me) == "you"
    assert user_words(other, "", me) == f"user {other[:8]}"
