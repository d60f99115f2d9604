"""Five marks of one film, for trying edits on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from vigtool.annotate import edits
from vigtool.annotate.bounds import Bounds
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks
from vigtool.annotate.scheme_file import built_in
from vigtool.timebase import Span

SCHEME = built_in()
LAYER = Layer(id="layer", film="film", author="hanna", scheme="attuned", scheme_version=1)
FILM = Bounds(film="film", start=10, end=1000, time_base=Fraction(1, 100))


def mark(name: str, start: int, end: int | None = None, code: str | None = "b.voice", chain: str | None = None) -> Mark:
    span = Span(start, start if end is None else end)
    return replace(edits.new_mark(id=name, layer=LAYER, span=span, scheme=SCHEME, code=code), chain=chain)


COO, WAIT, FUN = mark("coo", 100, 200), mark("wait", 250, 300, "enc.wait"), mark("fun", 260, 400, "tog.fun")
ECHO, KETTLE = mark("echo", 350, 420, "rec.echo"), mark("kettle", 20, 40, None)
MARKS = Marks([FUN, ECHO, WAIT, KETTLE, COO])
