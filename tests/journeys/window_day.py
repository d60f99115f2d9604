"""A working day in the real window, in one process: `window_day.py begin|after STICK`.

On the stick lie `words.json` (what is said and called), the film, and whatever the test writes to lead the day on.
The first process makes a vault and works until it locks; the second is what it becomes, and waits to be unlocked.
Nothing of the words is known to the second: it reads the passphrase from the stick once it may go on.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from vigtool.casework.consent_entry import SignedForm
from vigtool.dumps import write_no_dumps
from vigtool.ui import restart
from vigtool.ui.application import make_application, make_window
from vigtool.ui.drafts_panel import DraftsPanel
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Field, Paper
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.rooms import rooms
from vigtool.ui.vault.first_pages import OrganisationPage, RecoveryPage
from vigtool.ui.vault.start_pages import StartPages
from vigtool.ui.vault_desk import VaultDesk, VaultPractice
from vigtool.vault import creation
from vigtool.vault.passphrases import LEAST_COST

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
LIVE = date.today()


def until(ready: Callable[[], Any], what: str, seconds: float = 180) -> Any:
    """Let the window work until something is there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QTest.qWait(20)
        found = ready()
        if found:
            return found
    raise TimeoutError(what)


class Day:
    """The window, its vault, and what is said in it."""

    def __init__(self, stick: Path, plants: list[str]) -> None:
        self.stick, self.plants = stick, plants
        self.words: dict[str, str] = json.loads((stick / "words.json").read_text(encoding="utf-8"))
        self.window: MainWindow = make_window(VaultPractice(), rooms)
        self.window.resize(1280, 800)
        self.window.show()

    @property
    def desk(self) -> VaultDesk:
        desk = self.window.workspace.desk
        assert isinstance(desk, VaultDesk)
        return desk

    def do(self, act: Callable[[], T]) -> T:
        """An act on the vault thread, as every act is."""
        done: list[T] = []
        failed: list[BaseException] = []
        self.window.jobs.call(act, owner=self.window, done=done.append, failed=failed.append)
        until(lambda: done or failed, "an act")
        if failed:
            raise failed[0]
        return done[0]

    def settle(self) -> None:
        """Until what was begun by itself has ended."""
        until(lambda: not self.window.jobs._running, "the jobs")

    def make_vault(self, vault: Path) -> None:
        """First start: one's own passphrase, the recovery sheet typed back, no organisation."""
        (pages,) = self.window.findChildren(StartPages)
        pages.start.make.click()
        pages.make.place.input.setText(str(vault))
        pages.make.new.kind.set_value(False)
        pages.make.new._show_kind(False)
        QTest.qWait(300)
        for field in (pages.make.new.own, pages.make.new.again):
            field.input.setText(self.words["passphrase"])
        pages.make.make.click()
        page = until(lambda: _shown(pages, RecoveryPage), "the recovery sheet")
        page.go.click()
        (self.stick / "recovery").write_text(page.part.key.words(), encoding="utf-8")
        words = page.part.key.words().split()
        for place, field in zip(page.part._places, page.part.fields, strict=True):
            field.input.setText(words[place - 1])
        page.go.click()
        until(lambda: _shown(pages, OrganisationPage), "the question about the organisation").no.click()
        until(lambda: self.window.workspace.desk, "the vault")

    def begin_family(self) -> None:
        """A family, what they agreed to, and their film."""
        from vigtool.casework.consent import Answer, Scope
        from vigtool.casework.family import Role
        from vigtool.practice.families import PersonWords
        from vigtool.practice.films import FilmWords

        desk, words = self.desk, self.words
        people = [PersonWords(name=words["parent"], role=Role.PARENT), PersonWords(name=words["baby"], role=Role.BABY)]
        self.family = self.do(
            lambda: desk.add_family(name=words["family"], people=people, place=words["place"], safe_contact="")
        )
        self.people = self.do(lambda: desk.persons(self.family.id))
        self.parent = next(person for person in self.people if person.role is Role.PARENT)
        everybody = tuple(person.id for person in self.people)
        answers = dict.fromkeys(Scope, Answer.YES)
        self.do(
            lambda: desk.give_consent(
                SignedForm(
                    family=self.family.id,
                    signed_by=self.parent.id,
                    signed_as="mother",
                    for_persons=everybody,
                    answers=answers,
                    on=LIVE,
                    recipients=(self.parent.id,),
                )
            )
        )
        self.window.workspace.open_family(self.family)
        self.window.go_to("families")
        self.settle()
        source = self.stick / f"{words['file']}.mp4"
        film_words = FilmWords(title=words["title"])
        self.film = self.do(lambda: desk.add_film(source, self.family.id, film_words, lambda *_: None, lambda: False))

    def mark_and_note(self) -> None:
        """Look at the film, mark it by key, and write a note."""
        self.window.workspace.open_film(self.film)
        self.window.go_to("film")
        (room,) = self.window.findChildren(FilmRoom)
        until(lambda: room.work and room.work.playback.picture, "the film's picture")
        assert room.work is not None
        assert room.page is not None
        work, page = room.work, room.page
        work.playback.seek_frame(20)
        until(lambda: work.playback.picture and work.playback.picture.number == 20, "frame 20")
        QTest.keyClick(page.picture, Qt.Key.Key_I)
        work.playback.seek_frame(28)
        QTest.keyClick(page.picture, Qt.Key.Key_O)
        QTest.keyClick(page.picture, Qt.Key.Key_Return)
        until(lambda: work.marking.chosen_mark, "the mark")
        QTest.keyClick(page.picture, Qt.Key.Key_S)
        work.begin_note()
        QTest.keyClicks(page.side.note.paper, self.words["note"])
        QTest.keyClick(page.side.note.paper, Qt.Key.Key_Return)
        QGuiApplication.clipboard().setText(self.words["note"])
        work.playback.seek_frame(20)
        until(lambda: not self.window.workspace.is_saving, "the marks")
        self.settle()

    def make_reel(self) -> None:
        """A reel with a caption, and the parent's copy onto the stick."""
        self.window.go_to("reel")
        (room,) = self.window.findChildren(ReelRoom)
        until(lambda: room.work.records.offered(room.work.scheme), "the shelf")
        room.work.add(next(iter(room.work.records.offered(room.work.scheme))))
        until(lambda: room.work.clips, "the clip")
        room.work.set_caption(room.work.clips[0].id, "en", self.words["caption"])
        room.work.set_title(self.words["caption"])
        until(lambda: room.work.is_settled and not self.window.workspace.is_saving, "the reel")
        desk, reel = self.desk, room.work.reel
        assert reel is not None
        copy = self.stick / "moments.mp4"
        self.do(lambda: desk.make_copy(reel.id, self.parent.id, copy, lambda *_: None, lambda: False))

    def work_with_others(self) -> None:
        """A colleague comes, is shown the family; consent is taken back in part; a backup is made."""
        from vigtool.casework.consent import Scope
        from vigtool.casework.member import StaffRole
        from vigtool.practice.backups import back_up
        from vigtool.practice.colleagues import add_colleague, card_words, check_card
        from vigtool.practice.sharing import share_family
        from vigtool.practice.withdrawal import withdraw

        vault, words = self.desk.vault, self.words
        colleague = self.do(
            lambda: add_colleague(
                vault, name=words["colleague"], roles=[StaffRole.SUPERVISOR], passphrase=words["other"], on=LIVE
            )
        )
        said = self.do(lambda: " ".join(card_words(vault, colleague.user)))
        self.do(lambda: check_card(vault, colleague.user, said))
        self.do(lambda: share_family(vault, self.family.id, colleague.user, on=LIVE))
        self.do(
            lambda: withdraw(
                vault, family=self.family.id, signed_by=self.parent.id,
                for_persons=tuple(person.id for person in self.people), scopes=[Scope.TRAINING, Scope.COPY], on=LIVE,
            )
        )  # fmt: skip
        self.do(lambda: back_up(vault, self.stick / "backup"))

    def lock(self) -> None:
        """Back to the film, half a thought on an open form, and lock: the process becomes another program."""
        self.window.go_to("film")
        (room,) = self.window.findChildren(FilmRoom)
        until(lambda: room.work and room.work.playback.picture, "the film's picture")
        assert room.work is not None
        room.work.playback.seek_frame(20)
        tick = room.work.playback.tick
        form = Dialog("Form", parent=self.window)
        paper = Field("Note", Paper())
        form.body.addWidget(paper)
        form.open()
        QTest.keyClicks(paper.input, self.words["draft"])
        self.settle()
        (self.stick / "tick").write_text(str(tick), encoding="ascii")
        (self.stick / "working").touch()
        until((self.stick / "lock").exists, "the word to lock")
        if "bare" not in self.plants:
            restart.PROGRAM = [__file__, "after", str(self.stick)]
        self.window.lock_wanted.emit()

    def plant(self) -> None:
        """Leave something where nothing may be, to see it found."""
        if "file" in self.plants:
            Path(os.environ["TMPDIR"], "etilqs_x").write_text(self.words["note"], encoding="utf-16-le")
        if "log" in self.plants:
            logging.getLogger("vigtool.planted").warning("could not read %s", self.words["family"])
        if "memory" in self.plants:
            program = "import sys, time; kept = sys.stdin.readline(); time.sleep(120)"
            child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, text=True)
            assert child.stdin is not None
            child.stdin.write(self.words["note"] + "\n")
            child.stdin.flush()


def _shown(pages: StartPages, kind: type[W]) -> W | None:
    return next((page for page in pages.findChildren(kind) if page.isVisible()), None)


def begin(stick: Path, plants: list[str]) -> None:
    """From the first start to the lock."""
    creation.fitting_cost = lambda: LEAST_COST
    day = Day(stick, plants)
    day.make_vault(Path(os.environ["DAY_VAULT"]))
    day.begin_family()
    day.mark_and_note()
    if plants:
        day.plant()
    else:
        day.make_reel()
        day.work_with_others()
    day.lock()


def after(stick: Path) -> None:
    """The lock screen; once it may go on, unlock, look where one is, and close."""
    window = make_window(VaultPractice(), rooms, Path(os.environ["VIGTOOL_VAULT"]))
    window.resize(1280, 800)
    window.show()
    QTest.qWait(300)
    (stick / "locked").touch()
    until((stick / "unlock").exists, "the word to unlock")
    passphrase = json.loads((stick / "words.json").read_text(encoding="utf-8"))["passphrase"]
    (pages,) = window.findChildren(StartPages)
    assert pages.unlock.isVisible()
    pages.unlock.key.passphrase.input.setText(passphrase)
    pages.unlock.open.click()
    until(lambda: window.workspace.desk, "the vault")
    (room,) = window.findChildren(FilmRoom)
    until(lambda: room.work and room.work.playback.picture, "the film's picture")
    assert room.work is not None
    assert window.room is not None
    told = {
        "room": window.room[0],
        "tick": room.work.playback.tick,
        "family": window.workspace.family is not None,
        "drafts": len(window.findChildren(DraftsPanel)),
    }
    (stick / "result.json").write_text(json.dumps(told), encoding="utf-8")
    window.close()


def main() -> None:
    write_no_dumps()
    make_application()
    if sys.argv[1] == "begin":
        begin(Path(sys.argv[2]), sys.argv[3:])
    else:
        after(Path(sys.argv[2]))


main()
