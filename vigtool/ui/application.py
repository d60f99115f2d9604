"""From the start of the program to its end: the application, the window, and locking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from vigtool.settings import Settings, load_settings, save_settings
from vigtool.ui import restart, style
from vigtool.ui.desk import Practice
from vigtool.ui.ending import ended_by_signals
from vigtool.ui.film.memory import cache_bytes
from vigtool.ui.jobs import Jobs
from vigtool.ui.locking import Locking
from vigtool.ui.main_window import MainWindow
from vigtool.ui.notices import Faults
from vigtool.ui.returning import keep_place
from vigtool.ui.room import Bench, Holder, RoomKind
from vigtool.ui.vault.start_pages import StartPages

Kinds = Callable[[], Sequence[RoomKind]]


def make_application() -> QApplication:
    """The application, dressed; made once, before any widget."""
    running = QCoreApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("vigtool")
    application.setQuitOnLastWindowClosed(True)
    style.install(application)
    return application


def make_window(
    practice: Practice, kinds: Kinds, folder: Path | None = None, passphrase: str = "", faults: Faults | None = None
) -> MainWindow:
    """The window with its start pages; with a folder that vault's lock screen comes first, with a passphrase it opens.

    Args:
        practice: what can be done without a vault.
        kinds: the rooms, asked for after the application is there, since their names are translated.
        folder: the vault to open.
        passphrase: its passphrase, where it was given at the start.
        faults: where reports of the program's own faults are kept.
    """
    pages: list[StartPages] = []

    def start(bench: Bench) -> StartPages:
        pages.append(StartPages(bench, folder))
        return pages[0]

    window = MainWindow(practice, list(kinds()), start=start, jobs=Jobs(faults))
    window.workspace.desk_changed.connect(lambda: _remember(window))
    window.workspace.preferences_changed.connect(lambda settings: _prefer(window, kinds, settings))
    window.lock_wanted.connect(lambda: lock(window))
    Locking(window)
    if folder is not None and passphrase:
        pages[0].open_with(folder, passphrase)
    return window


def run(practice: Practice, kinds: Kinds, folder: Path | None = None, passphrase: str = "") -> int:
    """Show the window until it is closed, or until the system asks the program to end; the program's exit status."""
    application = make_application()
    faults = Faults()
    faults.install()
    window = make_window(practice, kinds, folder or _last_vault(), passphrase, faults)
    window.show()

    def end() -> None:
        window.close()
        application.quit()  # a dialog that is open keeps no program running

    with ended_by_signals(end):
        return application.exec()


def lock(window: MainWindow) -> None:
    """Lock: keep where one is, end the program, and begin it again at the lock screen (`ui.restart`)."""
    desk, start = window.workspace.desk, window.start
    folder = desk.folder if desk is not None else start.folder if isinstance(start, Holder) else None
    keep_place(window, window.cover.hidden, window)
    window.close()
    restart.restart(folder)


def _prefer(window: MainWindow, kinds: Kinds, settings: Settings) -> None:
    """Wear another theme, and keep decoded pictures within another budget, at once."""
    window.dress_rooms(list(kinds()))
    cache_bytes(settings.memory_mb)


def _last_vault() -> Path | None:
    kept = load_settings().vault
    return Path(kept) if kept and Path(kept).is_dir() else None


def _remember(window: MainWindow) -> None:
    """Offer this vault again at the next start; the sample family is looked at, not worked with."""
    desk = window.workspace.desk
    if desk is not None and not desk.is_sample:
        save_settings(replace(load_settings(), vault=str(desk.folder.absolute())))
