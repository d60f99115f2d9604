"""What each key of the Film room does, by the id of its action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vigtool.ui.timeline.model import Which
from vigtool.ui.timeline.timeline import ZOOM_STEP

if TYPE_CHECKING:
    from vigtool.ui.film.wiring import FilmAtWork


def acts_of(work: FilmAtWork) -> dict[str, Callable[[], object]]:
    """The table for `FilmKeys`; the words and keys of each stand in `ui.actions`."""
    play, mark = work.playback, work.marking
    return {
        **work.looking.acts(),
        "play": play.toggle,
        "shuttle-back": lambda: play.shuttle(-1),
        "shuttle-stop": lambda: play.shuttle(0),
        "shuttle-forward": lambda: play.shuttle(1),
        "frame-back": lambda: play.step(-1),
        "frame-forward": lambda: play.step(1),
        "second-back": lambda: play.step_seconds(-1),
        "second-forward": lambda: play.step_seconds(1),
        "slower": lambda: play.change_speed(-1),
        "faster": lambda: play.change_speed(1),
        "in": mark.set_in,
        "out": mark.set_out,
        "edge-in": lambda: mark.set_edge(Which.START),
        "edge-out": lambda: mark.set_edge(Which.END),
        "mark": mark.mark,
        "star": mark.star,
        "link": mark.link,
        "note": work.begin_note,
        "loop": mark.toggle_loop,
        "only-marked": work.only_marked.toggle,
        "zoom-in": lambda: work.page.timeline.zoom(1 / ZOOM_STEP),
        "zoom-out": lambda: work.page.timeline.zoom(ZOOM_STEP),
        "zoom-whole": work.page.timeline.show_whole,
        "zoom-mark": work.show_mark,
        "next-mark": lambda: mark.choose_beside(1),
        "previous-mark": lambda: mark.choose_beside(-1),
        "remove": mark.remove,
    }


def held_acts_of(work: FilmAtWork) -> dict[str, Callable[[], object]]:
    """What keys do instead while they are held down and repeat themselves."""
    play = work.playback
    return {
        "frame-back": lambda: play.step(-1, held=True),
        "frame-forward": lambda: play.step(1, held=True),
    }
