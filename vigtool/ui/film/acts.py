"""What each key of the Film room does, by the id of its action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vigtool.ui.timeline.model import Which

if TYPE_CHECKING:
    from vigtool.ui.film.wiring import FilmAtWork


def acts_of(work: FilmAtWork) -> dict[str, Callable[[], None]]:
    """The table for `FilmKeys`; the words and keys of each stand in `ui.actions`."""
    play, mark = work.playback, work.marking
    return {
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
        "zoom": work.page.timeline.zoom_to_pointer,
        "next-mark": lambda: mark.choose_beside(1),
        "previous-mark": lambda: mark.choose_beside(-1),
        "remove": mark.remove,
    }
