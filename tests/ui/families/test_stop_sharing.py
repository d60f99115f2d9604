"""Stopping the work that takes a key back: what is said of the key is so."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import nadia_s, words_in
from keeping_in_memory import HANNA, RUTH
from vigtool.errors import Cancelled
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report
from vigtool.ui.families.reading import read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.room import Bench


@pytest.fixture
def sheet(qtbot: QtBot, room: FamiliesRoom, desk: MemoryDesk, bench: Bench) -> StopSharingSheet:
    desk.shares[nadia_s(bench)] = [HANNA, replace(RUTH, since=TODAY)]
    page = read_page(desk, nadia_s(bench), TODAY)
    assert page is not None
    made = StopSharingSheet(bench, page, [RUTH], room)
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.mark.parametrize("deep", [False, True])
def test_what_was_stopped_before_it_began_took_no_key_back(
    qtbot: QtBot, sheet: StopSharingSheet, desk: MemoryDesk, bench: Bench, *, deep: bool
) -> None:
    go_on = threading.Event()
    bench.jobs.call(lambda: go_on.wait(10), owner=sheet)  # other work of the vault comes first
    try:
        sheet.deep.setChecked(deep)
        sheet.go.click()
        sheet.at_work.cancel()
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: "the key was not taken back" in words_in(sheet))
    assert [one.name for one in desk.shares_of(nadia_s(bench))] == ["Hanna", "Ruth"]
    assert desk.stopped == []


def test_the_key_is_taken_back_though_the_deep_part_was_stopped(
    qtbot: QtBot, sheet: StopSharingSheet, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_share(_family: object, _user: object, *, deep: bool, report: Report, cancelled: MayStop) -> None:
        raise Cancelled

    monkeypatch.setattr(desk, "stop_share", stop_share)
    sheet.deep.setChecked(True)
    with qtbot.waitSignal(sheet.written):  # what stands behind this sheet hears that the key is gone
        sheet.go.click()
    qtbot.waitUntil(lambda: "The key was taken back all the same" in words_in(sheet))
    assert sheet.is_over
    assert sheet.go.text() == "Done"
