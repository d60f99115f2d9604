"""Pictures of every room, taken of the real window on the sample family.

    python -m tools.pictures FOLDER          the pictures of the guide
    python -m tools.pictures --all FOLDER    every room, light and dark, at 1280x800 and 1920x1080

The window is driven as a person would drive it; nothing is drawn for the picture. Needs no screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from tools import door_pictures, family_pictures, service_pictures
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.practice.records import values
from vigtool.sample.family import VAULT_NAME, WORDS_NAME, make_sample_family
from vigtool.settings import Settings, save_settings
from vigtool.ui.application import make_application, make_window
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.main_window import MainWindow
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.rooms import rooms
from vigtool.ui.vault_desk import VaultDesk, VaultPractice

SIZES = {"1280x800": QSize(1280, 800), "1920x1080": QSize(1920, 1080)}
THEMES = ("light", "dark")
GUIDE = [
    ("start", "rooms"),
    ("recovery", "rooms"),
    ("restore", "rooms"),
    ("unlock-several", "rooms"),
    ("lock-notice", "rooms"),
    ("families", "rooms"),
    ("consent", "rooms"),
    ("withdrawal", "rooms"),
    ("sharing", "rooms"),
    ("brought-in", "rooms"),
    ("film", "rooms"),
    ("reel", "rooms"),
    ("copy", "rooms"),
    ("vault", "rooms"),
    ("log", "rooms"),
    ("film-page", "rooms"),
]


def wait(milliseconds: int) -> None:
    """Let the program work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(what: str, ready: Callable[[], bool], seconds: float = 60) -> None:
    """Let the program work until something holds."""
    for _ in range(int(seconds * 20)):
        if ready():
            return
        wait(50)
    raise TimeoutError(what)


@contextmanager
def window_on(vault: Path, words: str, theme: str, size: QSize) -> Iterator[MainWindow]:
    """The window on the open vault, in one theme and size."""
    save_settings(Settings(theme=theme))
    window = make_window(VaultPractice(), rooms, vault if words else None, words)
    window.resize(size)
    window.show()
    try:
        if words:
            wait_for("the vault", lambda: window.workspace.desk is not None)
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        wait(50)


def settle(window: MainWindow) -> None:
    """Until no work is under way any more, and what it made is painted."""
    quiet = 0
    for _ in range(1200):
        wait(50)
        quiet = 0 if window.jobs._running else quiet + 1  # noqa: SLF001 - the pictures wait for whatever runs
        if quiet >= 8:
            return
    raise TimeoutError("the window never came to rest")


def open_sample(window: MainWindow) -> None:
    """Open the family, its cycle, film and reel."""
    desk = window.workspace.desk
    assert isinstance(desk, VaultDesk)
    (family,) = values(desk.vault, Family)
    cycles = values(desk.vault, Cycle, domain=family.id)
    window.workspace.open_family(family)
    window.workspace.open_cycle(max(cycles, key=lambda cycle: cycle.number))
    window.workspace.open_film(values(desk.vault, Film, domain=family.id)[0])
    window.workspace.open_reel(values(desk.vault, Reel, domain=family.id)[0])


def start(window: MainWindow) -> None:
    """The first page."""
    settle(window)


def families(window: MainWindow) -> None:
    """The Families room on the sample family."""
    open_sample(window)
    window.go_to("families")
    settle(window)


def film(window: MainWindow) -> None:
    """The Film room, at a mark in the middle of a chain."""
    open_sample(window)
    window.go_to("film")
    (room,) = window.findChildren(FilmRoom)
    wait_for("the film", lambda: room.work is not None)
    assert room.work is not None
    assert room.page is not None
    chained: list[Mark] = sorted(
        (mark for mark in room.work.marking.marks.values() if mark.chain), key=lambda m: m.span
    )
    chosen = chained[len(chained) // 3]
    room.work.marking.choose(chosen.id)
    room.work.playback.seek_tick((chosen.span.start + chosen.span.end) // 2)
    settle(window)


def reel(window: MainWindow) -> None:
    """The Reel room with a clip chosen."""
    open_sample(window)
    window.go_to("reel")
    settle(window)


def copy(window: MainWindow) -> None:
    """The sheet of the parent's copy."""
    reel(window)
    (room,) = window.findChildren(ReelRoom)
    room.make_copy()
    settle(window)


def lock_notice(window: MainWindow) -> None:
    """The word before the vault locks, over the Film room."""
    film(window)
    door_pictures.notice(window)


def _waiting(page: Callable[[MainWindow, Callable[[int], None]], None]) -> Callable[[MainWindow], None]:
    return lambda window: page(window, wait)


CLOSED = {"start": start, **{name: _waiting(page) for name, page in door_pictures.CLOSED.items()}}
"""Pages before a vault is open."""

PAGES: dict[str, Callable[[MainWindow], None]] = {
    **CLOSED,
    **{name: _waiting(page) for name, page in door_pictures.OPEN.items()},
    "lock-notice": lock_notice,
    "families": families,
    **{name: _waiting(page) for name, page in family_pictures.PAGES.items()},
    "film": film,
    "reel": reel,
    "copy": copy,
    **{name: _waiting(page) for name, page in service_pictures.PAGES.items()},
}


def picture_of(window: MainWindow) -> QPixmap:
    """The window, and in front of it the sheet that is open, where one is."""
    picture = window.grab()
    for sheet in window.findChildren(QDialog):
        if sheet.isVisible():
            painter = QPainter(picture)
            painter.drawPixmap(sheet.geometry().topLeft() - window.geometry().topLeft(), sheet.grab())
            painter.end()
            sheet.close()
    return picture


def take(vault: Path, words: str, page: str, theme: str, size: str, target: Path) -> None:
    """One picture."""
    own = vault
    # These write more into the vault than the other pictures shall show.
    if page in {**family_pictures.PAGES, **service_pictures.PAGES}:
        own = vault.with_name("vault-of-its-own")
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(vault, own)
    with window_on(own, "" if page in CLOSED else words, theme, SIZES[size]) as window:
        PAGES[page](window)
        picture_of(window).save(str(target))
        print(target)


def main() -> None:
    """Make the sample family, then the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--page", choices=PAGES)
    parser.add_argument("--seconds", type=int, default=75)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    os.environ["VIGTOOL_SETTINGS"] = str(home / "settings")
    make_application()
    try:
        make_sample_family(home / "sample", seconds=options.seconds)
        words = (home / "sample" / WORDS_NAME).read_text(encoding="utf-8").strip()
        if options.all:
            wanted = [(page, theme, size) for page in PAGES for theme in THEMES for size in SIZES]
        else:
            wanted = [(page, theme, "1280x800") for page, theme in GUIDE]
        for page, theme, size in wanted:
            if options.page in (None, page):
                name = f"{page}-{size}.png" if theme == "rooms" else f"{page}-{theme}-{size}.png"
                take(home / "sample" / VAULT_NAME, words, page, theme, size, options.folder / name)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
