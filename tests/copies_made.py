"""Copies made of films whose frames are numbered, and which numbers they show."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import av
import av.container
import numpy as np

from makers import read_number
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.export.cut_list import CutList, make_cut_list
from vigtool.export.render import Rendered, RenderSettings, Source, render
from vigtool.ids import new_id
from vigtool.player.look import look_at
from vigtool.player.probe import film_facts
from vigtool.timebase import Span


class NumberedFilm(Protocol):
    """A film of the fixture: frame n shows n, and begins at a time that is known without reading it."""

    @property
    def data(self) -> bytes: ...
    @property
    def begins(self) -> tuple[Fraction, ...]: ...
    @property
    def upright(self) -> tuple[int, int]: ...
    def opener(self) -> io.BytesIO: ...


@dataclass(frozen=True)
class Choice:
    """One clip as a person chose it: frames of a film, the last included and never the film's own last."""

    film: NumberedFilm
    first: int
    last: int
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True)
class Copy:
    """What came out, opened again."""

    data: bytes
    pictures: list[np.ndarray]
    rendered: Rendered


def opened(data: bytes) -> av.container.InputContainer:
    container = av.open(io.BytesIO(data))
    assert isinstance(container, av.container.InputContainer)
    return container


def sources_of(choices: Sequence[Choice]) -> dict[int, tuple[str, Source]]:
    """The films of some clips, looked at once each."""
    made: dict[int, tuple[str, Source]] = {}
    for choice in choices:
        if id(choice.film) not in made:
            look = look_at(choice.film.opener)
            facts = film_facts(look.index, look.audio, look.damage)
            made[id(choice.film)] = new_id(), Source(choice.film.opener, look.index, facts)
    return made


def placed(choices: Sequence[Choice], title: str = "", shift: int = 0) -> tuple[CutList, dict[str, Source]]:
    """The cut list of some clips; `shift` frames too late for the second one is the fault that tests must find."""
    known = sources_of(choices)
    clips = []
    for place, choice in enumerate(choices):
        film, source = known[id(choice.film)]
        moved = shift if place == 1 else 0
        # where a container's clock begins is its own affair; from there on every timestamp is known
        offset = source.index.pts(0) * source.index.time_base - choice.film.begins[0]
        chosen = (choice.first + moved, choice.last + 1 + moved)
        edges = [(choice.film.begins[n] + offset) / source.index.time_base for n in chosen]
        assert all(edge.denominator == 1 for edge in edges)
        span = Span(int(edges[0]), int(edges[1]))
        clips.append(Clip(id=new_id(), mark=None, film=film, span=span, captions=choice.captions))
    reel = Reel(id=new_id(), family=new_id(), author=new_id(), title=title, clips=tuple(clips))
    sources = dict(known.values())
    return make_cut_list(reel, {film: source.index for film, source in sources.items()}), sources


def copy_of(choices: Sequence[Choice], title: str = "", shift: int = 0, settings: RenderSettings | None = None) -> Copy:
    cuts, sources = placed(choices, title, shift)
    out = io.BytesIO()
    rendered = render(cuts, sources, out, settings)
    with opened(out.getvalue()) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    return Copy(out.getvalue(), pictures, rendered)


def expected_numbers(choices: Sequence[Choice], rate: int) -> list[list[int]]:
    """For each clip, the number that each of its output frames must show: from the films' timestamps alone."""
    wanted = []
    for choice in choices:
        film = choice.film
        start, end = film.begins[choice.first], film.begins[choice.last + 1]
        frames = max(1, int((end - start) * rate + Fraction(1, 2)))
        numbers = []
        for k in range(frames):
            time = start + Fraction(k, rate)
            numbers.append(max(n for n, begin in enumerate(film.begins) if begin <= time))
        wanted.append(numbers)
    return wanted


def wrong_frames(copy: Copy, choices: Sequence[Choice], rate: int, title_frames: int, picture: tuple[int, int]) -> int:
    """How many output frames do not show what they must; `picture` is the size that films are shown in."""
    wrong = 0
    position = title_frames
    for choice, numbers in zip(choices, expected_numbers(choices, rate), strict=True):
        left, top, width, height = inside(choice.film, picture)
        for number in numbers:
            wrong += number_in(copy.pictures[position][top : top + height, left : left + width]) != number
            position += 1
    return wrong + abs(len(copy.pictures) - position)


def number_in(picture: np.ndarray) -> int | None:
    try:
        return read_number(picture)
    except ValueError:
        return None


def inside(film: NumberedFilm, picture: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where a film stands in a picture of another shape: fitted, in the middle."""
    width, height = film.upright
    scale = min(picture[0] / width, picture[1] / height)
    width, height = int(width * scale), int(height * scale)
    return (picture[0] - width) // 2, (picture[1] - height) // 2, width, height


Get = Callable[[str], NumberedFilm]
