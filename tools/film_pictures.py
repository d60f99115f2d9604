"""Pictures of the Film room on films of one's own, light and dark, at 1280x800 and 1920x1080.

    python -m tools.film_pictures FOLDER FILM [--beside FILM] [--at SECONDS] [--name NAME]
                                  [--zoom TIMES] [--bright LEVEL] [--still] [--panel] [--mirrored] [--theme dark] …

A scratch vault with an invented family is made beside the pictures' settings and taken away again; nothing of the film
is kept but the pictures. Needs no screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tools.pictures import SIZES, THEMES, settle, wait, wait_for, window_on
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.casework.film_pair import PairedBy
from vigtool.casework.session import SessionKind
from vigtool.practice import film_pairs, stills
from vigtool.practice.families import PersonWords, add_family, add_session, begin_cycle
from vigtool.practice.films import FilmWords, bring_in, open_film
from vigtool.practice.opening import make_vault
from vigtool.timebase import to_ticks
from vigtool.ui.application import make_application
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.main_window import MainWindow
from vigtool.ui.vault_desk import VaultDesk

WORDS = "six words for a vault of an hour"
DAY = date(2026, 11, 12)
QUESTION = "How can I tell what Mina is asking me for?"


def make(folder: Path, options: argparse.Namespace) -> None:
    """A vault with the films in one session of an invented family, and what shall be seen of them."""
    with make_vault(folder, WORDS).vault as vault:
        people = [
            PersonWords(name="Nadia", role=Role.PARENT, relation="mother"),
            PersonWords(name="Mina", role=Role.BABY, born=date(2026, 4, 9)),
        ]
        family = add_family(vault, name="Nadia and Mina", people=people, on=DAY).family.id
        session = add_session(
            vault, family=family, on=DAY, kind=SessionKind.FILMING, minutes=60, place="home", present=()
        )
        cycle = begin_cycle(vault, family=family, helping_question=QUESTION, planned=3)
        first, *others = (
            bring_in(
                vault,
                path,
                family,
                FilmWords(title=title, filmed_on=DAY, session=session.id, cycle=cycle.id),
            )
            for path, title in ((options.film, options.title), (options.beside, options.beside_title))
            if path is not None
        )
        if options.still:
            index = open_film(vault, first.id).index
            words = ("looks up", "", "waits, and reaches for the spoon")
            for place, said in enumerate(words):
                stills.keep_still(vault, first.id, index.pts(index.frames * (place + 1) // 5), said)
        if others and options.offset is not None:
            film_pairs.lay_beside(vault, first.id, others[0].id, options.offset, PairedBy.SOUND)


def show(window: MainWindow, options: argparse.Namespace) -> FilmRoom:
    """The Film room on the first film, as the options say."""
    desk = window.workspace.desk
    assert isinstance(desk, VaultDesk)
    (family,) = desk.families()
    films: list[Film] = sorted(desk.films(family.id), key=lambda film: film.title != options.title)
    if options.mirrored:
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.workspace.open_family(family)
    window.workspace.open_cycle(desk.cycles(family.id)[0])
    window.workspace.open_film(films[0])
    window.go_to("film")
    (room,) = window.findChildren(FilmRoom)
    wait_for("the film", lambda: room.work is not None)
    work, page = room.work, room.page
    assert work is not None
    assert page is not None
    work.playback.seek_tick(films[0].start + to_ticks(options.at, films[0].time_base))
    if options.beside is not None:
        settle(window)
        work.looking.acts()["beside"]()
        wait_for("the second film", lambda: work.looking.beside.view is not None)
    page.picture.set_level(options.bright)
    if options.zoom != 1:
        wide, high = page.picture.box
        film = (page.index.picture.width, page.index.picture.height)
        page.picture.look_at(page.picture.look.zoomed(options.zoom, (wide * 0.5, high * 0.4), film, (wide, high)))
    settle(window)
    if options.still:
        page.side.show_stills()
    if options.panel:
        page.looking.open()
    wait(900)
    settle(window)
    return room


def picture_of(window: MainWindow) -> QPixmap:
    """The window, and in front of it the small panel that is open, where one is."""
    picture = window.grab()
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and widget is not window and widget.windowType() == Qt.WindowType.Popup:
            painter = QPainter(picture)
            painter.drawPixmap(widget.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0)), widget.grab())
            painter.end()
            widget.close()
    return picture


def main() -> None:
    """Make the vault, then the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("film", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--offset", type=Fraction, help="seconds; as if the two had been laid together by sound")
    parser.add_argument("--name", default="film")
    parser.add_argument("--title", default="kitchen")
    parser.add_argument("--beside-title", default="kitchen, from the door")
    parser.add_argument("--at", type=Fraction, default=Fraction(0))
    parser.add_argument("--zoom", type=float, default=1.0)
    parser.add_argument("--bright", type=int, default=0)
    for flag in ("still", "panel", "mirrored"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--size", choices=SIZES, action="append")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    os.environ["VIGTOOL_SETTINGS"] = str(home / "settings")
    make_application()
    try:
        make(home / "vault", options)
        for theme in options.theme or THEMES:
            for size in options.size or SIZES:
                with window_on(home / "vault", WORDS, theme, SIZES[size]) as window:
                    show(window, options)
                    target = options.folder / f"{options.name}-{theme}-{size}.png"
                    picture_of(window).save(str(target))
                    print(target)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
