"""A film with a place in it is brought in, marked, cut to a reel, and the vault is closed: nothing readable is left."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import makers
from leaks import find_leaks
from vigtool.crypto import kem
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.opening import family_identity
from vigtool.vault.vault import Vault

DAY = Path(__file__).parent / "working_day.py"
PASSPHRASE = "Zwölf Boxkämpfer jagen Viktor quer"
WORDS = {
    "family": "Wéllington-Ñandú",
    "parent": "Quetzalcóatl-Mama",
    "baby": "مینا-ژاله-کوچک",
    "note": 'kettle-whistled-at-dawn "$HOME"',
    "place": "Hollyhock-Lane-Seventeen",
    "file": "IMG_Zanzibar_4711",
    "title": "kitchen-with-marmalade",
    "caption": "She-looked-up-and-laughed",
}
ELSEWHERE = "+51.5007-000.1246/"


@dataclass
class House:
    """Everything a laptop's disk could hold: the vault, a home, temporary folders, a working folder; and a stick."""

    vault: Path
    home: Path
    temporary: Path
    working: Path
    stick: Path
    environment: dict[str, str]

    @property
    def disk(self) -> list[Path]:
        return [self.vault, self.home, self.temporary, self.working]


@pytest.fixture
def house(tmp_path: Path) -> House:
    places = {name: tmp_path / name for name in ("vault", "home", "temporary", "working", "stick")}
    for name, place in places.items():
        if name != "vault":
            place.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VIGTOOL_"))},
        "HOME": str(places["home"]),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(places["temporary"])),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    Vault.create(places["vault"], PASSPHRASE, cost=LEAST_COST).close()
    return House(environment=environment, **places)


def phone_film() -> bytes:
    """A film with a place; the variable VIGTOOL_FILM names a real one to try instead."""
    if named := os.environ.get("VIGTOOL_FILM"):
        return Path(named).read_bytes()
    metadata = (("location", ELSEWHERE), ("make", "Canary Phone"), ("title", WORDS["title"]))
    return makers.make(makers.Film(frames=90, rate=Fraction(30), gop=30, sound=True, metadata=metadata))


def work_through(house: House, film: bytes) -> tuple[Path, str]:
    """Bring a film in from a stick, mark it, hand a reel out to the stick; the copy, and the key of the films."""
    source, copy = house.stick / f"{WORDS['file']}.mp4", house.stick / "moments.mp4"
    source.write_bytes(film)
    (house.stick / "words").write_text(PASSPHRASE + "\n", encoding="utf-8")
    day = [str(DAY), *map(str, (house.vault, house.stick / "words", source, copy)), json.dumps(WORDS)]
    done = subprocess.run(
        [sys.executable, *day], capture_output=True, text=True, check=False, cwd=house.working, env=house.environment
    )
    assert done.returncode == 0, done.stderr
    return copy, json.loads(done.stdout)["identity"]


def test_nothing_readable_is_left(house: House) -> None:
    film = phone_film()
    copy, _ = work_through(house, film)
    words = [*WORDS.values(), PASSPHRASE, ELSEWHERE]
    assert find_leaks(house.disk, words, {"the film": film, "the copy": copy.read_bytes()}) == []
    told = copy.read_bytes()
    for hidden in ("Canary Phone", ELSEWHERE, *WORDS.values()):
        assert hidden.encode() not in told, "the parent's film tells more than it shows"
    plant(house, film)


def plant(house: House, film: bytes) -> None:
    """Leave something in each place, and see it found."""
    planted = house.temporary / "etilqs_planted"
    planted.write_bytes(b"\0" * 100 + film[len(film) // 2 :][:600])
    assert any("the film" in leak for leak in find_leaks(house.disk, [], {"the film": film}))
    planted.write_bytes(WORDS["note"].encode("utf-16-le"))
    assert find_leaks(house.disk, WORDS.values(), {}) != []
    planted.unlink()
    (house.home / f"{WORDS['file']}.lnk").touch()
    assert find_leaks(house.disk, WORDS.values(), {}) != []


def test_a_standard_age_program_opens_the_film_with_the_key(house: House, tmp_path: Path) -> None:
    """The way out without this program: the key of a family's films, and a standard tool."""
    film = phone_film()
    _, identity = work_through(house, film)
    (sealed,) = (house.vault / "footage").rglob("*.age")
    (tmp_path / "key").write_text(identity + "\n", encoding="ascii")
    if not identity.startswith("AGE-SECRET-KEY-PQ-1"):
        opening = ["age", "-d", "-i", str(tmp_path / "key"), str(sealed)]
    elif os.environ.get("VIGTOOL_TYPAGE"):
        script = DAY.parents[2] / "tools" / "typage_open.mjs"
        opening = ["node", str(script), str(sealed), str(tmp_path / "key")]
    else:
        pytest.skip("VIGTOOL_TYPAGE names no folder with typage, which opens post-quantum keys")
    assert subprocess.run(opening, capture_output=True, check=True).stdout == film


def test_the_age_program_opens_the_film_with_a_classic_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine's library has no ML-KEM, keys are X25519, which every age program knows."""
    if shutil.which("age") is None:
        pytest.skip("the age program is not installed")
    monkeypatch.setattr(kem, "kem_available", lambda: False)
    source = tmp_path / "film.mp4"
    source.write_bytes(phone_film())
    with Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST) as vault:
        family = add_family(vault, name="x", on=date(2026, 11, 22)).family.id
        bring_in(vault, source, family, FilmWords())
        (tmp_path / "key").write_text(family_identity(vault, family) + "\n", encoding="ascii")
    (sealed,) = (tmp_path / "vault" / "footage").rglob("*.age")
    done = subprocess.run(["age", "-d", "-i", tmp_path / "key", sealed], capture_output=True, check=True)
    assert done.stdout == source.read_bytes()
