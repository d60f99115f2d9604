"""The form that gets a vault back is seen whole at 1280x800, whatever it asks; in a small window it stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from restoring_in_memory import backup_of
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.vault.restore_page import RestorePage
from vigtool.ui.vault.start_pages import StartPages
from vigtool.ui.workspace import Workspace

LONG = "Dr. Wilhelmina-Alexandra van der Hoeven-Schimmelpenninck of the infant team"


@pytest.fixture
def practice() -> MemoryPractice:
    made = MemoryPractice(MemoryDesk())
    made.backups = [backup_of(days) for days in (0, 7, 14)]
    made.backup_users = [("a" * 32, LONG), ("b" * 32, "Sam"), ("c" * 32, "")]
    return made


@pytest.fixture
def pages(qtbot: QtBot, practice: MemoryPractice, own_home: Path) -> Iterator[StartPages]:
    jobs = Jobs()
    made = StartPages(Bench(jobs, Workspace(), practice, lambda _room: None))
    qtbot.addWidget(made)
    yield made
    jobs.close()


def asked(qtbot: QtBot, pages: StartPages, size: tuple[int, int], direction: Qt.LayoutDirection) -> RestorePage:
    """The form with everything that it can ask for."""
    pages.setLayoutDirection(direction)
    pages.resize(*size)
    pages.show()
    pages.start.restore.click()
    form = pages.restore.form
    form.source.set_folder(Path("/media/sam/a stick with a name that is longer than the line that shows it"))
    form.source.chosen.emit()
    qtbot.waitUntil(form.key.who.isVisible)
    form.replaced.set_folder(Path("/home/sam/vigtool-vault"))
    return form


def is_whole(widget: QWidget) -> bool:
    """Whether nothing of it is scrolled away."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("by_words", [False, True])
def test_everything_is_seen_at_once(
    qtbot: QtBot, pages: StartPages, direction: Qt.LayoutDirection, *, by_words: bool
) -> None:
    form = asked(qtbot, pages, (1280, 800), direction)
    form.key.show_words(on=by_words)
    key = (form.key.words.lines[0], form.key.words.lines[-1]) if by_words else (form.key.who, form.key.passphrase)
    parts = [form.source, form.rows, form.to, *key, form.replaced, form.back, form.go]
    (around,) = pages.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: all(is_whole(part) for part in parts))
    assert around.verticalScrollBar().maximum() == 0
    left, right = (part.mapTo(pages, QPoint(0, 0)).x() for part in (form.source, form.to))
    assert (left < right) is (direction is Qt.LayoutDirection.LeftToRight)


def test_in_a_small_window_one_stands_below_the_other_and_scrolls(qtbot: QtBot, pages: StartPages) -> None:
    form = asked(qtbot, pages, (900, 600), Qt.LayoutDirection.LeftToRight)
    (around,) = pages.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: around.verticalScrollBar().maximum() > 0)
    assert not is_whole(form.go)
    assert pages.restore.width() <= 900
    below = form.to.mapTo(pages, QPoint(0, 0)).y() > form.source.mapTo(pages, QPoint(0, 0)).y()
    assert below
    pages.resize(1280, 800)
    qtbot.waitUntil(lambda: is_whole(form.go))


def test_nothing_is_wide_before_a_backup_was_found(qtbot: QtBot, pages: StartPages) -> None:
    pages.resize(1280, 800)
    pages.show()
    pages.start.restore.click()
    narrow = pages.restore.width()
    form = asked(qtbot, pages, (1280, 800), Qt.LayoutDirection.LeftToRight)
    assert pages.restore.width() > narrow
    form.forget()
    assert pages.restore.width() == narrow
