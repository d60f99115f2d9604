"""Versions, guards, codecs, screen: planted faults, and this machine itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vigtool.errors import Cancelled
from vigtool.player.abilities import Ability, decoding_speed, try_everything
from vigtool.practice.doctor import checkup, films, guards, programs, screen
from vigtool.practice.doctor.finding import Finding, State, in_order, look_at, not_in_order, unknown
from vigtool.practice.doctor.machine import Machine, answer_of
from vigtool.vault.libraries import Libraries, libraries

NEEDED = ["av<19,>=18.1", "PySide6-Addons<6.12,>=6.11", "mnemonic<0.22,>=0.21", 'x; extra == "dev"']
THERE = {"av": "18.1.0", "pyside6-addons": "6.11.3", "mnemonic": "0.21"}


def test_python_is_new_enough() -> None:
    assert programs.python((3, 11, 7)).state is State.IN_ORDER
    assert programs.python((3, 10, 19)).state is State.NOT_IN_ORDER


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"av": "19.0.2"}, "av 19.0.2 is not the version"),
        ({"av": "17.9"}, "av 17.9 is not the version"),
        ({"pyside6-addons": "6.12.0"}, "pyside6-addons 6.12.0"),
        ({"av": None}, "av is missing"),
        ({"opencv-python": "4.10.0", "opencv-contrib-python-headless": "4.10.0"}, "twice"),
    ],
)
def test_parts_that_are_wrong_are_named(changed: dict[str, str | None], words: str) -> None:
    installed = {name: version for name, version in (THERE | changed).items() if version is not None}
    found = programs.parts(NEEDED[:3], installed)
    assert found.state is State.NOT_IN_ORDER
    assert words in found.sentence


def test_parts_as_they_should_be() -> None:
    assert programs.parts(NEEDED[:3], THERE).state is State.IN_ORDER
    assert programs.parts(None, THERE).state is State.UNKNOWN
    required = programs.required_parts()
    assert required is not None
    assert programs.parts(required, programs.installed_parts()).state is State.IN_ORDER


def test_libraries_of_the_vault() -> None:
    here = libraries()
    assert programs.sqlite(here).state is State.IN_ORDER
    assert here.openssl.startswith("OpenSSL ")
    assert programs.sqlite(Libraries("3.40.1", "OpenSSL 3.0", quantum_safe=True)).state is State.NOT_IN_ORDER
    assert programs.sqlite(Libraries("3.51.3", "OpenSSL 3.0", quantum_safe=True)).state is State.IN_ORDER
    assert programs.ciphers(Libraries("3.53.4", "OpenSSL 3.0", quantum_safe=False)).state is State.LOOK


def linux(root: Path, pattern: str, limit: str) -> Machine:
    (root / "proc" / "sys" / "kernel").mkdir(parents=True)
    (root / "proc" / "self").mkdir()
    (root / "proc" / "sys" / "kernel" / "core_pattern").write_text(pattern + "\n")
    head = "Limit                     Soft Limit           Hard Limit           Units     \n"
    (root / "proc" / "self" / "limits").write_text(f"{head}Max core file size        {limit:20} unlimited  bytes\n")
    return Machine(platform="linux", root=root, environment={}, home=root)


@pytest.mark.parametrize(
    ("pattern", "limit", "state"),
    [
        ("core", "0", State.IN_ORDER),
        ("core", "unlimited", State.LOOK),
        ("core", "8192", State.LOOK),
        ("|/usr/lib/systemd/systemd-coredump %P", "0", State.LOOK),
        ("|/bin/false", "unlimited", State.IN_ORDER),
    ],
)
def test_memory_after_a_crash(tmp_path: Path, pattern: str, limit: str, state: State) -> None:
    assert guards.core_dumps(linux(tmp_path, pattern, limit)).state is state


def test_memory_after_a_crash_elsewhere() -> None:
    assert guards.core_dumps(Machine(platform="darwin")).state is State.UNKNOWN


def test_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "program"
    file.write_text("")
    assert guards.clock(datetime.now(UTC), file).state is State.IN_ORDER
    assert guards.clock(datetime(2012, 1, 1, tzinfo=UTC), file).state is State.NOT_IN_ORDER
    assert guards.clock(datetime(2070, 1, 1, tzinfo=UTC), file).state is State.NOT_IN_ORDER
    assert guards.clock(datetime.now(UTC), tmp_path / "gone").state is State.IN_ORDER


def test_codecs_of_this_machine_are_tried() -> None:
    abilities = try_everything()
    assert [ability.words for ability in abilities if not ability.there or ability.works is False] == []
    assert sum(ability.works is True for ability in abilities) >= 15


@pytest.mark.parametrize(
    "broken", [Ability("H.265", there=False), Ability("H.265", there=True, works=False)], ids=["missing", "wrong"]
)
def test_a_codec_that_is_missing_or_wrong_is_named(broken: Ability) -> None:
    reading, copies = films.codecs(lambda: [broken, Ability("H.264", there=True, works=True, writes=True)])
    assert reading.state is State.NOT_IN_ORDER
    assert "H.265" in reading.sentence
    assert copies.state is State.IN_ORDER


def test_a_decoder_that_shows_other_pictures_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from vigtool.player import abilities

    monkeypatch.setattr(abilities, "_GREY", 30)
    monkeypatch.setattr(abilities, "_alike", lambda left, right: abs(left - 90) < 5 and abs(right - 180) < 5)
    assert not abilities._pictures_come_out("h264", "libx264", "yuv420p")
    assert not abilities._sound_comes_out("mp2float", "aac")


def test_speed_is_a_word() -> None:
    assert films.speed(lambda: 100.0).state is films.speed(lambda: 10.0).state is State.IN_ORDER
    assert films.speed(lambda: 2.0).state is State.LOOK
    assert 0.5 < decoding_speed() < 10_000


SEEN: dict[str, Any] = {"platform": "xcb", "screens": [[1920, 1040, 1.25]], "outputs": 2, "opens": True}
DESKTOP = Machine(platform="linux", environment={"DISPLAY": ":0"})


@pytest.mark.parametrize(
    ("changed", "states"),
    [
        ({}, (State.IN_ORDER, State.IN_ORDER)),
        ({"screens": []}, (State.LOOK, State.IN_ORDER)),
        ({"screens": [[800, 600, 1.0]]}, (State.LOOK, State.IN_ORDER)),
        ({"outputs": 0}, (State.IN_ORDER, State.LOOK)),
        ({"opens": False}, (State.IN_ORDER, State.LOOK)),
    ],
)
def test_screen_and_sound(changed: dict[str, Any], states: tuple[State, State]) -> None:
    found = screen.surroundings(DESKTOP, lambda _environment: SEEN | changed)
    assert tuple(finding.state for finding in found) == states


def test_a_window_that_cannot_be_opened_is_not_in_order() -> None:
    found = screen.surroundings(DESKTOP, lambda _environment: None)
    assert [finding.state for finding in found] == [State.NOT_IN_ORDER, State.UNKNOWN]


def test_without_a_screen_sound_is_asked_all_the_same() -> None:
    asked: list[dict[str, str]] = []

    def ask(environment: dict[str, str]) -> dict[str, Any]:
        asked.append(environment)
        return SEEN

    found = screen.surroundings(Machine(platform="linux", environment={}), ask)
    assert [finding.state for finding in found] == [State.LOOK, State.IN_ORDER]
    assert asked == [{"QT_QPA_PLATFORM": "offscreen"}]


def test_the_window_s_side_answers() -> None:
    told = screen.asked({"QT_QPA_PLATFORM": "offscreen"})
    assert told is not None
    assert told["platform"] == "offscreen"
    assert len(told["screens"]) >= 1
    assert screen.asked({"QT_QPA_PLATFORM": "no such platform"}) is None


def test_a_program_of_the_system_that_is_not_there_says_nothing() -> None:
    assert answer_of(["/no/such/program"]) is None
    assert answer_of(["false"]) is None
    assert answer_of(["echo", "1"]) == "1\n"


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        checkup.examine_machine(Path("/"), cancelled=lambda: True)


def test_only_what_must_be_mended_is_a_failure() -> None:
    fine: list[Finding] = [in_order("a", "b"), look_at("a", "b", "c"), unknown("a", "b", "c")]
    assert checkup.all_in_order(fine)
    assert not checkup.all_in_order([*fine, not_in_order("a", "b", "c")])
