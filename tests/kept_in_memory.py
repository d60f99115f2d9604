"""What is kept of films, in memory: the part that every desk of the tests shares."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass, field
from typing import cast

import makers
from vigtool.ids import Id
from vigtool.player import stand_in as small
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn
from vigtool.player.strip import Strip
from vigtool.player.waveform import Peaks
from vigtool.ui.desk import Cancelled, OpenFilm, Report


@dataclass
class KeptInMemory:
    """Keeps what is made of films. `acts` tells what was kept and made; `hold_stand_in` makes its making wait."""

    peaks_kept: dict[Id, Peaks] = field(default_factory=dict, kw_only=True)
    strips_kept: dict[Id, Strip] = field(default_factory=dict, kw_only=True)
    stand_ins_kept: dict[Id, StandIn] = field(default_factory=dict, kw_only=True)
    acts: list[str] = field(default_factory=list, kw_only=True)
    hold_stand_in: threading.Event | None = field(default=None, kw_only=True)

    def kept_peaks(self, opened: OpenFilm) -> Peaks | None:
        return self.peaks_kept.get(opened.film.id)

    def keep_peaks(self, opened: OpenFilm, found: Peaks) -> None:
        self.acts.append("peaks")
        self.peaks_kept[opened.film.id] = found

    def kept_strip(self, opened: OpenFilm) -> Strip | None:
        return self.strips_kept.get(opened.film.id)

    def keep_strip(self, opened: OpenFilm, strip: Strip) -> None:
        self.acts.append("strip")
        self.strips_kept[opened.film.id] = strip

    def kept_stand_in(self, opened: OpenFilm) -> StandIn | None:
        return self.stand_ins_kept.get(opened.film.id)

    def make_stand_in(self, opened: OpenFilm, report: Report, cancelled: Cancelled) -> StandIn:
        index, out = cast("FrameIndex", opened.index), io.BytesIO()
        small.make_stand_in(opened.opener, index, out, report, cancelled)
        while self.hold_stand_in is not None and not self.hold_stand_in.wait(0.02):
            if cancelled():
                from vigtool.errors import Cancelled as Stopped

                raise Stopped
        opener = makers.opener(out.getvalue())
        made = small.stand_in(opener, index, look_at(opener).index)
        self.acts.append("stand-in")
        self.stand_ins_kept[opened.film.id] = made
        return made
