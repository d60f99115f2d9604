"""Work off the thread that draws: told where Qt draws, stopped when asked, awaited at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from vigtool.errors import Cancelled, FilmMissing
from vigtool.ui.jobs import Jobs, Where
from vigtool.ui.notices import Faults


@pytest.fixture
def jobs(qapp: QCoreApplication) -> Iterator[Jobs]:
    made = Jobs(Faults())
    yield made
    made.close()


def test_the_end_is_told_where_qt_draws(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    heard: list[tuple[int, str]] = []
    jobs.run(
        lambda _report, _cancelled: threading.current_thread().name,
        owner=owner,
        done=lambda name: heard.append((threading.get_ident(), name)),
    )
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0] == threading.get_ident()
    assert heard[0][1].startswith("vault")


def test_the_vault_thread_keeps_the_order_asked(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    seen: list[int] = []
    heard: list[object] = []
    for number in range(50):
        jobs.call(partial(seen.append, number), owner=owner, done=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert seen == list(range(50))


def test_a_named_error_is_told_and_a_fault_is_kept_too(
    qtbot: QtBot, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    owner: QObject = QObject()
    heard: list[BaseException] = []

    def missing(_report: object, _cancelled: object) -> None:
        raise FilmMissing("the film is gone", "look for the stick")

    def wrong(_report: object, _cancelled: object) -> None:
        raise ZeroDivisionError("Nadia")

    jobs.run(missing, owner=owner, failed=heard.append)
    jobs.run(wrong, owner=owner, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert isinstance(heard[0], FilmMissing)
    assert [report.number for report in jobs.faults.reports] == [1]
    assert "ZeroDivisionError" in jobs.faults.reports[0].text
    assert "Nadia" not in jobs.faults.reports[0].text + caplog.text
    caplog.clear()


def test_progress_never_floods(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    heard: list[tuple[int, int]] = []
    ended: list[object] = []

    def op(report: Callable[[int, int], None], _cancelled: object) -> None:
        for step in range(100_000):
            report(step, 100_000)

    jobs.run(op, owner=owner, progress=lambda *news: heard.append(news), done=ended.append, where=Where.POOL)
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    assert 0 < len(heard) < 50_000
    assert heard == sorted(heard)


def test_cancel_is_seen_and_told(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    heard: list[BaseException] = []
    begun = threading.Event()

    def op(_report: object, cancelled: Callable[[], bool]) -> None:
        begun.set()
        while not cancelled():
            time.sleep(0.001)
        raise Cancelled

    job = jobs.run(op, owner=owner, failed=heard.append, where=Where.POOL)
    assert begun.wait(5)
    job.cancel()
    job.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)
    assert jobs.faults.reports == []


def test_nothing_is_told_to_an_owner_that_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    owner: QObject | None = QObject()
    assert owner is not None
    go = threading.Event()
    heard: list[object] = []
    last: list[object] = []
    jobs.run(lambda _r, _c: go.wait(5), owner=owner, done=heard.append)
    owner.deleteLater()
    del owner
    qtbot.wait(10)
    go.set()
    keeper = QObject()
    jobs.call(lambda: None, owner=keeper, done=last.append)
    qtbot.waitUntil(lambda: bool(last))
    assert heard == []


def test_closing_stops_long_work_but_finishes_every_write_that_was_asked_for(qtbot: QtBot) -> None:
    jobs, owner = Jobs(Faults()), QObject()
    written: list[int] = []
    hold = threading.Event()

    def long(_report: object, cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            time.sleep(0.001)
        raise Cancelled

    jobs.run(long, owner=owner, where=Where.POOL)
    jobs.call(lambda: hold.wait(0.05), owner=owner)
    for number in range(20):
        jobs.call(partial(written.append, number), owner=owner)
    jobs.close()
    jobs.close()
    assert written == list(range(20))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("vault", "work", "background"))]
    with pytest.raises(RuntimeError):
        jobs.call(lambda: None, owner=owner)
