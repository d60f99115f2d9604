"""Looking and sealing at once: both or neither, and the right error of the two."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from vigtool.errors import Cancelled, FilmMissing, NotAFilm, VigtoolError
from vigtool.practice.at_once import look_while_sealing

Report = Callable[[int, int], None]
Stop = Callable[[], bool]


def go_on(report: Report, stop: Stop) -> str:
    """Works until it is stopped."""
    for _ in range(2000):
        if stop():
            raise Cancelled
        threading.Event().wait(0.005)
    message = "nobody stopped it"
    raise AssertionError(message)


def fail(error: Exception) -> Callable[[Report, Stop], Any]:
    def work(_report: Report, _stop: Stop) -> Any:
        raise error

    return work


def run(look: Any, seal: Any, cancelled: Stop = lambda: False) -> tuple[Any, list[Any], list[tuple[int, int]]]:
    discarded: list[Any] = []
    said: list[tuple[int, int]] = []
    try:
        result: Any = look_while_sealing(
            look, seal, discarded.append, report=lambda *far: said.append(far), cancelled=cancelled
        )
    except VigtoolError as error:
        result = error
    return result, discarded, said


def test_both_are_done_at_once() -> None:
    begun = threading.Barrier(2, timeout=5)

    def work(report: Report, _stop: Stop) -> str:
        begun.wait()
        for done in (1, 2, 1, 4):
            report(done, 4)
        return threading.current_thread().name

    (looked, sealed), discarded, said = run(work, work)
    assert looked != sealed == threading.current_thread().name
    assert not discarded
    assert said == sorted(said)
    assert said[-1] == (100_000, 100_000)


def test_what_is_no_film_stops_the_sealing_and_is_named() -> None:
    result, discarded, _ = run(fail(NotAFilm("no film")), go_on)
    assert isinstance(result, NotAFilm)
    assert not discarded


def test_what_was_sealed_goes_where_looking_fails_in_the_end() -> None:
    sealed = threading.Event()

    def look(_report: Report, _stop: Stop) -> None:
        sealed.wait(5)
        raise NotAFilm("no film")

    def seal(_report: Report, _stop: Stop) -> str:
        sealed.set()
        return "sealed"

    result, discarded, _ = run(look, seal)
    assert isinstance(result, NotAFilm)
    assert discarded == ["sealed"]


def test_a_disk_that_fails_stops_the_looking() -> None:
    result, discarded, _ = run(go_on, fail(FilmMissing("gone")))
    assert isinstance(result, FilmMissing)
    assert not discarded


@pytest.mark.parametrize("sealing_ends", [True, False])
def test_whoever_stops_it_stops_both(sealing_ends: bool) -> None:
    asked = threading.Event()
    seal = (lambda _report, _stop: "sealed") if sealing_ends else go_on
    threading.Timer(0.05, asked.set).start()
    result, discarded, _ = run(go_on, seal, asked.is_set)
    assert isinstance(result, Cancelled)
    assert discarded == (["sealed"] if sealing_ends else [])
