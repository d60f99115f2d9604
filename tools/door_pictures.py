"""Pictures of the way into a vault: making one, its recovery sheet, unlocking, and the word before it locks.

Names, words and folders are invented; the recovery key is made for the picture and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from vigtool.casework.erasure import Erasure
from vigtool.ids import new_id
from vigtool.practice.restoring import GenerationFacts, Restored
from vigtool.ui.locking import Locking
from vigtool.ui.main_window import MainWindow
from vigtool.ui.vault.first_pages import OrganisationPage, RecoveryPage
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.start_pages import StartPages

_FOLDER = Path("/home/sam/vigtool-vault")
_USERS = [(new_id(), "Sam"), (new_id(), "Vera K."), (new_id(), "مينا")]
_BACKUPS = [
    GenerationFacts(
        folder=Path("/media/sam/Backups") / str(days),
        backup=new_id(),
        vault="5" * 32,
        made=datetime(2026, 11, 18, 17, 4, 31, tzinfo=UTC) - timedelta(days=days),
        keep_until=date(2027, 2, 16) - timedelta(days=days),
        size=7_300_000_000 - 40_000_000 * days,
        films=12 - days // 10,
    )
    for days in (0, 7, 14, 21)
]
Wait = Callable[[int], None]


def _pages(window: MainWindow) -> StartPages:
    (pages,) = window.findChildren(StartPages)
    return pages


def _own_words(window: MainWindow, wait: Wait) -> None:
    pages = _pages(window)
    pages.show_page(pages.make)
    pages.make.place.input.setText(str(_FOLDER))
    new = pages.make.new
    new.kind.set_value(False)
    new._show_kind(False)  # noqa: SLF001 - as the click on the segment does
    new.own.input.setText("marmalade kettle on Willow Lane")
    wait(1500)


def _offered(window: MainWindow, wait: Wait) -> None:
    pages = _pages(window)
    pages.show_page(pages.make)
    pages.make.place.input.setText(str(_FOLDER))
    wait(200)


def _first(window: MainWindow, page: QWidget, wait: Wait) -> None:
    _pages(window)._show_first(page)  # noqa: SLF001 - as after a vault was made
    wait(200)


def _recovery(window: MainWindow, wait: Wait) -> None:
    _first(window, RecoveryPage(), wait)


def _typed_back(window: MainWindow, wait: Wait) -> None:
    page = RecoveryPage()
    _first(window, page, wait)
    page.part.ask()
    wait(200)


def _organisation(window: MainWindow, wait: Wait) -> None:
    _first(window, OrganisationPage(), wait)


def _unlock(window: MainWindow, wait: Wait) -> None:
    pages = _pages(window)
    pages.ask_to_unlock(_FOLDER)
    wait(300)
    pages.unlock.forget()


def _unlock_several(window: MainWindow, wait: Wait) -> None:
    _unlock(window, wait)
    unlock = _pages(window).unlock
    unlock.key.set_users(_USERS)
    unlock.key.who.input.setCurrentIndex(2)
    wait(200)


def _unlock_by_sheet(window: MainWindow, wait: Wait) -> None:
    _unlock(window, wait)
    unlock = _pages(window).unlock
    unlock.key.show_words(on=True)
    unlock.key.words.set_text("orchard violin autumn ketle")
    unlock.key.words.lines[4].setFocus()
    wait(200)


def _restore(window: MainWindow, wait: Wait) -> None:
    pages = _pages(window)
    pages.start.restore.click()
    form = pages.restore.form
    form.source.set_folder(Path("/media/sam/Backups"))
    form._found(_BACKUPS)  # noqa: SLF001 - as after that stick was looked into
    form.to.set_folder(_FOLDER)
    wait(200)


def _restored(window: MainWindow, wait: Wait) -> None:
    pages = _pages(window)
    pages.start.restore.click()
    family, film = new_id(), new_id()
    erased = Erasure(
        id=new_id(), what=film, family=family, reason="", on=date(2026, 11, 19), by=new_id(), erased=(), files=1
    )
    done = Restored(folder=_FOLDER, facts=_BACKUPS[0], erased_again=(erased,), rolled_back=True, newer_entries=37)
    pages.restore._done(done)  # noqa: SLF001 - as after the work was done
    wait(200)


def _passphrase(window: MainWindow, wait: Wait) -> None:
    PassphraseSheet(window.bench, window).open()
    wait(300)


def notice(window: MainWindow) -> None:
    """Show the word before the vault locks."""
    (locking,) = window.findChildren(Locking)
    locking.notice.show_left(17)


CLOSED: dict[str, Callable[[MainWindow, Wait], None]] = {
    "make": _offered,
    "make-own": _own_words,
    "recovery": _recovery,
    "recovery-typed": _typed_back,
    "organisation": _organisation,
    "restore": _restore,
    "restored": _restored,
    "unlock": _unlock,
    "unlock-several": _unlock_several,
    "unlock-sheet": _unlock_by_sheet,
}
"""Pages that are there while no vault is open."""

OPEN: dict[str, Callable[[MainWindow, Wait], None]] = {"passphrase": _passphrase}
"""Sheets over an open vault."""
