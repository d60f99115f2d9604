"""Draw the pages of the window on invented records: `python tools/gallery_pages.py FOLDER`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog

from desk_in_memory import TODAY, MemoryDesk, MemoryPractice
from families_in_memory import full_desk
from vigtool.errors import WrongPassphrase
from vigtool.ids import Id
from vigtool.sample.scene import draw_picture
from vigtool.ui import style, theme
from vigtool.ui.desk import Pixels
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.family_forms import NewFamilyForm
from vigtool.ui.families.reading import read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.work_forms import FilmForm, SessionForm
from vigtool.ui.key_sheet import KeySheet
from vigtool.ui.main_window import MainWindow
from vigtool.ui.room import RoomKind
from vigtool.ui.vault.start_pages import StartPages

SIZES = ((1280, 800), (1920, 1080), (1024, 640))


def poster(film: Id, width: int, height: int) -> Pixels:
    made = np.full((height, width, 4), 255, np.uint8)
    made[..., :3] = draw_picture(int(film[:2], 16) / 255 * 40, (width, height))[..., ::-1]
    return made


def wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    for _ in range(20):
        QApplication.processEvents()
        time.sleep(0.005)


def window(desk: MemoryDesk) -> MainWindow:
    kinds = (
        RoomKind("families", "Families", "families", theme.LIGHT, partial(FamiliesRoom, today=lambda: TODAY)),
        RoomKind("film", "Film", "film", theme.DARK, partial(FamiliesRoom, today=lambda: TODAY)),
        RoomKind("reel", "Reel", "reel", theme.DARK, partial(FamiliesRoom, today=lambda: TODAY)),
    )
    made = MainWindow(MemoryPractice(desk), kinds, start=StartPages)
    made.show()
    return made


def shoot(shown: MainWindow, folder: Path, name: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    for size in sizes:
        shown.resize(*size)
        for _ in range(10):
            QApplication.processEvents()
        picture = shown.grab()
        painter = QPainter(picture)
        for dialog in shown.findChildren(QDialog):
            if dialog.isVisible():
                dialog.adjustSize()
                at = QPoint((shown.width() - dialog.width()) // 2, (shown.height() - dialog.height()) // 2)
                painter.drawPixmap(at, dialog.grab())
        painter.end()
        picture.save(str(folder / f"{name}-{size[0]}.png"))


def families(folder: Path) -> None:
    desk = full_desk(poster)
    shown = window(desk)
    shown.workspace.open_desk(desk)
    room = shown.findChild(FamiliesRoom)
    assert isinstance(room, FamiliesRoom)
    mine = next(family.id for family in desk.families() if family.code == "F-0007")
    wait(lambda: room.list.count > 0)
    room.list.opened.emit(mine)
    wait(lambda: shown.workspace.family is not None and shown.workspace.family.id == mine)
    shoot(shown, folder, "families")
    shown.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shoot(shown, folder, "families-rtl", SIZES[:1])
    shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    page = read_page(desk, mine, TODAY)
    assert page is not None
    for name, make in (
        ("new-family", lambda: NewFamilyForm(shown.bench, room)),
        ("consent", lambda: ConsentForm(shown.bench, page, room)),
        ("session", lambda: SessionForm(shown.bench, page, room)),
        ("film-form", lambda: FilmForm(shown.bench, page, Path("IMG_0412.MOV"), room)),
        ("keys", lambda: KeySheet(shown)),
    ):
        form = make()
        form.open()
        shoot(shown, folder, name, SIZES[:1])
        form.reject()
        QApplication.processEvents()
    shown.close()


def start(folder: Path) -> None:
    shown = window(MemoryDesk())
    pages = shown.findChild(StartPages)
    assert isinstance(pages, StartPages)
    shoot(shown, folder, "start", SIZES[:1])
    pages.start.make_wanted.emit()
    pages.make.place.input.setText("/home/me/vigtool-vault")
    shoot(shown, folder, "make", SIZES[:1])
    pages.make.new.kind.set_value(False)
    pages.make.new.kind.chosen.emit(False)
    pages.make.make.click()
    shoot(shown, folder, "make-wrong", SIZES[:1])
    pages.unlock.set_folder(Path("/home/me/vigtool-vault"))
    pages.show_page(pages.unlock)
    pages.unlock.show_error(WrongPassphrase("that passphrase opens nothing here", "look for a missing letter"))
    shoot(shown, folder, "unlock", SIZES[:1])
    shown.workspace.open_desk(MemoryDesk())
    time.sleep(0.2)
    shoot(shown, folder, "nobody", SIZES[:1])
    shown.close()


def main() -> None:
    app = QApplication([])
    ring = style.install(app)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    families(folder)
    start(folder)
    ring.deleteLater()


if __name__ == "__main__":
    main()
