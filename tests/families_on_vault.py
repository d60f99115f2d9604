"""The Families room over a real vault: one family, who agreed to everything, with a film of numbered frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

import makers
from benches import bench_of
from desk_in_memory import MemoryPractice
from vigtool.casework.consent import Scope
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import NewFamily, PersonWords, add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.opening import Opened
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.jobs import Jobs
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

BEGUN = date.today() - timedelta(days=60)
"""When the work with the family began, and the parent signed."""


@dataclass(frozen=True)
class Filmed:
    """An open vault with a family and its film; `source` is the file the film was brought in from."""

    vault: Vault
    family: NewFamily
    film: Film
    source: Path


def filmed(folder: Path, source: Path) -> Filmed:
    """A mother and her baby, filmed on the first day: thirty frames."""
    vault = Vault.create(folder, "six words that nobody would guess", name="Sam", cost=LEAST_COST)
    people = [
        PersonWords(name="Nadia", role=Role.PARENT, relation="mother"),
        PersonWords(name="Mina", role=Role.BABY, born=BEGUN),
    ]
    family = add_family(vault, name="Nadia and Mina", people=people, on=BEGUN)
    parents_sign(vault, family.family.id, list(Scope), on=BEGUN)
    source.write_bytes(makers.make(makers.Film(frames=30, gop=10)))
    persons = tuple(person.id for person in family.persons)
    film = bring_in(vault, source, family.family.id, FilmWords(title="kitchen", filmed_on=BEGUN, persons=persons))
    return Filmed(vault, family, film, source)


@contextmanager
def room_over(qtbot: QtBot, jobs: Jobs, vault: Vault) -> Iterator[tuple[FamiliesRoom, VaultDesk]]:
    """The room on the screen with its family open; the vault is closed at the end, after the last job."""
    desk = VaultDesk(Opened(vault, ()))
    room = FamiliesRoom(bench_of(jobs, MemoryPractice(), desk))
    qtbot.addWidget(room)
    room.resize(1200, 760)
    room.show()
    room.entered()
    qtbot.waitUntil(lambda: room.family_page() is not None)
    yield room, desk
    jobs.close()
    desk.close()
