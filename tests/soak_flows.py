"""What a vault is in the middle of when the battery dies, and what must hold afterwards, whenever that was.

A flow is done by a worker (`soak_zygote`), which says aloud what it has acknowledged: from then on somebody relies it.
Whoever cuts it short looks afterwards whether the ground is whole, with everything that was acknowledged in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import vault_case
from soak_ground import (
    OTHER_WORDS,
    SOURCE,
    Ground,
    all_or_nothing,
    as_it_was,
    kept,
    old_vault,
    one_of_two_words,
    under_one_key,
    with_backups,
)  # fmt: skip
from vigtool.annotate.layer import Layer
from vigtool.casework.film import Film
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.backups import back_up
from vigtool.practice.erasing import erase_family
from vigtool.practice.marking import keep_marks
from vigtool.practice.sharing import rekey_family
from vigtool.vault import ways_in

VECTOR = Path(__file__).parent / "vectors" / "vault-1"
DAY = date(2026, 6, 1)

Say = Callable[[str], None]
"""Acknowledges something aloud, such as "mark 0123…"."""


@dataclass(frozen=True)
class Flow:
    """One act.

    Attributes:
        build: puts the ground in an empty folder.
        act: does it, in a program that has just begun, and acknowledges.
        done: what it acknowledges at its end, for flows that can be done although what they replaced is not wiped yet.
        whole: what is wrong with the ground afterwards, given what was acknowledged; empty where all is well.
    """

    build: Callable[[Ground], None]
    act: Callable[[Ground, Say], None]
    whole: Callable[[Ground, list[str]], list[str]]
    done: str = ""


def usual(ground: Ground) -> None:
    """Two families; two films, marks on one of them."""
    ground.root.mkdir(parents=True, exist_ok=True)
    case = vault_case.build(ground.vault)
    with ground.open() as vault:
        other = vault_case.add_film(vault, b"of the other family" * 900, case.other.id)
    known = {
        "family": case.family.id,
        "other": case.other.id,
        "film": case.film.id,
        "other_film": other.id,
        "layer": case.layer.id,
        "mark": case.mark.id,
    }
    (ground.root / "known.json").write_text(json.dumps(known), encoding="ascii")


def copied(ground: Ground, to: Path) -> Ground:
    """The same ground in another folder."""
    shutil.copytree(ground.root, to)
    return Ground(to)


def annotate(ground: Ground, say: Say) -> None:
    known = ground.known
    with ground.open() as vault:
        (layer,) = (stored.value for stored in vault.all(Layer))
        for number in range(3):
            mark = vault_case.mark_of(layer, 10 + number, note="she waits")
            keep_marks(vault, known["film"], [], [mark])
            say(f"mark {mark.id}")
            keep_marks(vault, known["film"], [mark], [replace(mark, note="and looks")])


def bring_in(ground: Ground, say: Say) -> None:
    family = ground.known["family"]
    with ground.open() as vault:
        film = vault_case.add_film(vault, SOURCE, family)
        say(f"film {film.id}")


def passphrase(ground: Ground, say: Say) -> None:
    with ground.open() as vault:
        ways_in.set_passphrase(vault, OTHER_WORDS, cost=LEAST_COST)
        say("words changed")


def upgrade(ground: Ground, say: Say) -> None:
    with old_vault(ground) as vault:
        say(f"upgraded {vault.upgraded}")


def format_1(ground: Ground) -> None:
    """The vault that an older program left."""
    shutil.copytree(VECTOR / "vault", ground.vault)
    shutil.copy(VECTOR / "expected.json", ground.root / "known.json")


def backed_up(ground: Ground) -> None:
    """The usual, with a backup from before."""
    usual(ground)
    with ground.open() as vault:
        back_up(vault, ground.backup)


def backup(ground: Ground, say: Say) -> None:
    known = ground.known
    with ground.open() as vault:
        (layer,) = (stored.value for stored in vault.all(Layer))
        mark = vault_case.mark_of(layer, 30)
        keep_marks(vault, known["film"], [], [mark])
        say(f"mark {mark.id}")
        vault_case.add_film(vault, SOURCE, known["family"])
        say(f"backup {back_up(vault, ground.backup).id}")


def rekey(ground: Ground, say: Say) -> None:
    with ground.open() as vault:
        rekey_family(vault, ground.known["family"])
        say("key changed")


def erase_a_film(ground: Ground, say: Say) -> None:
    from vigtool.practice.erasing import erase_film

    with ground.open() as vault:
        if vault.all(Film, domain=ground.known["family"]):
            erase_film(vault, ground.known["film"], reason="asked for", on=DAY)
        say("erased it")


def erase_a_family(ground: Ground, say: Say) -> None:
    with ground.open() as vault:
        if vault.has_key(ground.known["other"]):
            erase_family(vault, ground.known["other"], reason="its time is over", on=DAY)
        say("erased it")


FLOWS: dict[str, Flow] = {
    "annotate": Flow(usual, annotate, kept),
    "bring in": Flow(usual, bring_in, kept),
    "passphrase": Flow(usual, passphrase, one_of_two_words, "words changed"),
    "backup": Flow(backed_up, backup, with_backups),
    "re-key": Flow(usual, rekey, under_one_key, "key changed"),
    "erase a film": Flow(usual, erase_a_film, all_or_nothing("film"), "erased it"),
    "erase a family": Flow(usual, erase_a_family, all_or_nothing("other"), "erased it"),
    "upgrade": Flow(format_1, upgrade, as_it_was),
}


def built(folder: Path, name: str) -> Ground:
    """The ground of a flow, before it."""
    ground = Ground(folder / name.replace(" ", "-"))
    ground.root.mkdir(parents=True)
    FLOWS[name].build(ground)
    return ground
