"""Right colours: what is stored is reckoned from the standards, what is shown is measured; view, still and copy agree.

Every line of the table is a film. Within 3 of 255 each of these is the colour that was filmed, and the same as the
others: the view (smaller, and at full size), the still as PNG, and the copy of a reel, decoded as a phone does it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import av
import cv2
import numpy as np
import pytest
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

import colour_films
import hdr_reference
from colour_films import HD, PATCHES, SD, ColourFilm, Floats, middles
from vigtool.annotate.reel import Clip, Reel
from vigtool.export.cut_list import make_cut_list
from vigtool.export.render import RenderSettings, Source, render
from vigtool.ids import new_id
from vigtool.player import colours
from vigtool.player.frame import Frame
from vigtool.player.frame_reader import FrameReader
from vigtool.player.light import Signal
from vigtool.player.look import look_at
from vigtool.player.probe import film_facts
from vigtool.player.small_frame import packed
from vigtool.player.still import png
from vigtool.timebase import Span

LIMIT = 3
FORMATS = ("yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le")
# Where wide primaries leave those of a screen a step of the signal is many steps of the screen: these stay inside.
MILD = tuple((0.5 * red + 64, 0.5 * green + 64, 0.5 * blue + 64) for red, green, blue in PATCHES.tolist())
GREYS = tuple((float(level),) * 3 for level in (255, 0, 128, 200, 40, 180, 60, 96))


def _plain() -> dict[str, ColourFilm]:
    """Every matrix and range, tagged; and untagged, of both sizes."""
    films = {}
    for pixel_format in FORMATS:
        for full in (False, True):
            extent = "full" if full else "limited"
            for matrix in (1, 5, 6, 9):
                films[f"{matrix} {extent} {pixel_format}"] = ColourFilm(
                    coded=matrix, full=full, matrix=matrix, range=1 + full, pixel_format=pixel_format
                )
            for size, matrix in ((SD, 6), (HD, 1)):
                if size == SD or pixel_format.startswith("yuv420p"):
                    films[f"untagged {size[1]} {extent} {pixel_format}"] = ColourFilm(
                        coded=matrix, full=full, range=2 if full else 0, pixel_format=pixel_format, size=size
                    )
    films["a tag is stronger than the size"] = ColourFilm(coded=6, matrix=6, range=1, size=HD)
    return films


def _odd() -> dict[str, ColourFilm]:
    """What phones, cameras and laboratories really write."""
    tagged = ColourFilm(coded=1, matrix=1, range=1)
    return {
        "h264": replace(tagged, codec="libx264", container="mp4", primaries=1, transfer=1),
        "h264 full by name": ColourFilm(
            coded=5, full=True, matrix=5, range=2, primaries=5, transfer=6, pixel_format="yuvj420p", codec="libx264",
            container="mp4",
        ),
        "hevc, ten bits": replace(tagged, codec="libx265", container="mp4", pixel_format="yuv420p10le"),
        "motion jpeg": ColourFilm(coded=5, full=True, range=2, pixel_format="yuvj422p", codec="mjpeg", container="avi"),
        "large motion jpeg": ColourFilm(
            coded=5, full=True, range=2, pixel_format="yuvj420p", codec="mjpeg", container="avi", size=HD
        ),
        "prores with alpha": ColourFilm(
            coded=6, matrix=6, range=1, pixel_format="yuva444p10le", codec="prores_ks", container="mov"
        ),
        "alpha": replace(tagged, pixel_format="yuva420p"),
        "primaries alone, 601": ColourFilm(coded=6, primaries=6, range=1, size=HD),
        "primaries alone, 709": ColourFilm(coded=1, primaries=1, range=1),
        "grey, full": ColourFilm(coded=6, full=True, range=2, pixel_format="gray", signal=GREYS),
        "grey, limited": ColourFilm(coded=6, range=1, pixel_format="gray", signal=GREYS),
        "grey, limited, ten bits": ColourFilm(coded=6, range=1, pixel_format="gray10le", signal=GREYS),
        "grey, hevc": ColourFilm(coded=6, pixel_format="gray", signal=GREYS, codec="libx265", container="mp4"),
        "grey, raw": ColourFilm(
            coded=6, full=True, pixel_format="gray", signal=GREYS, codec="rawvideo", container="avi"
        ),
        "rgb, png": ColourFilm(coded=0, pixel_format="rgb24", codec="png", container="mov"),
        "rgb with alpha, png": ColourFilm(coded=0, pixel_format="rgba", codec="png", container="mov"),
        "rgb, raw": ColourFilm(coded=0, pixel_format="bgr24", codec="rawvideo", container="avi"),
        "rgb, h264": ColourFilm(coded=0, pixel_format="bgr24", codec="libx264rgb", container="mp4"),
        "rgb, ten bits": ColourFilm(coded=0, pixel_format="gbrp10le"),
        "rgb, sixteen bits": ColourFilm(coded=0, pixel_format="rgb48le"),
    }  # fmt: skip


def _wide() -> dict[str, ColourFilm]:
    """High dynamic range, and primaries that a screen does not have."""
    films = {}
    for name, transfer in (("hlg", 18), ("pq", 16)):
        for pixel_format in ("yuv420p10le", "yuv422p10le"):
            for kind, signal in (("colours", MILD), ("greys", GREYS), ("pale", _pale())):
                films[f"{name} {kind} {pixel_format}"] = ColourFilm(
                    coded=9, matrix=9, range=1, transfer=transfer, primaries=9, pixel_format=pixel_format, signal=signal
                )
        films[f"{name}, nothing else told"] = ColourFilm(
            coded=9, transfer=transfer, pixel_format="yuv420p10le", signal=_pale()
        )
    films["hlg, hevc"] = replace(films["hlg pale yuv420p10le"], codec="libx265", container="mp4")
    films["p3"] = ColourFilm(coded=6, full=True, matrix=6, range=2, transfer=1, primaries=12, signal=MILD)
    films["2020 without high range"] = ColourFilm(
        coded=9, matrix=9, range=1, transfer=14, primaries=9, pixel_format="yuv420p10le",
        signal=MILD,
    )  # fmt: skip
    return films


def _pale() -> tuple[tuple[float, float, float], ...]:
    """Skin, walls and sky, dark to bright."""
    return (
        (150, 132, 120), (184, 168, 158), (205, 196, 190), (230, 222, 218),
        (180, 205, 210), (96, 84, 76), (60, 66, 58), (214, 214, 206),
    )  # fmt: skip


PLAIN, ODD, WIDE = _plain(), _odd(), _wide()
FILMS = PLAIN | ODD | WIDE


def filmed(film: ColourFilm) -> Floats:
    """What a screen should show of each patch."""
    if film.transfer in (16, 18) or film.primaries in (9, 12):
        primaries = 9 if film.primaries == 2 else film.primaries
        return np.array(
            [hdr_reference.on_screen(tuple(rgb), film.transfer, primaries) for rgb in film.patches.tolist()]
        )
    return film.patches


@dataclass(frozen=True)
class Seen:
    """The patches as they came out; `kept` is the view of a frame that was kept in few bytes on the way."""

    view: Floats
    kept: Floats
    whole: Floats
    still: Floats

    def errors(self, wanted: Floats) -> float:
        """How far the farthest is from what was filmed, and from the others."""
        apart = [self.view - self.whole, self.kept - self.whole, self.still - self.whole]
        filmed_at = [each - wanted for each in (self.view, self.kept, self.whole)]
        return float(max(np.abs(part).max() for part in (*filmed_at, *apart)))


@cache
def opener(film: ColourFilm) -> Callable[[], io.BytesIO]:
    data = colour_films.make(film)
    return lambda: io.BytesIO(data)


@cache
def one_frame(film: ColourFilm) -> Frame:
    with FrameReader(opener(film), look_at(opener(film)).index) as reader:
        return reader.get(2)


def seen(film: ColourFilm) -> Seen:
    frame = one_frame(film)
    still = cv2.imdecode(np.frombuffer(png(frame), np.uint8), cv2.IMREAD_UNCHANGED)
    assert still is not None
    assert still.shape == (frame.height, frame.width, 3)
    return Seen(
        view=middles(frame.bgra(160, 90)[..., 2::-1]),
        kept=middles(packed(frame.bgra(160, 90), 0, 0, (160, 90)).bgra(160, 90)[..., 2::-1]),
        whole=middles(frame.rgb()),
        still=middles(still[..., ::-1]),
    )


@pytest.mark.parametrize("name", FILMS)
def test_view_and_still_show_what_was_filmed(name: str) -> None:
    assert seen(FILMS[name]).errors(filmed(FILMS[name])) <= LIMIT


@cache
def copied(names: tuple[str, ...]) -> dict[str, Floats]:
    """One reel of all these films: the patches of each as a phone shows them."""
    sources, clips = {}, []
    for name in names:
        look = look_at(opener(FILMS[name]))
        film, index = new_id(), look.index
        sources[film] = Source(opener(FILMS[name]), index, film_facts(index, look.audio, look.damage))
        clips.append(Clip(id=new_id(), mark=None, film=film, span=Span(index.pts(0), index.pts(3))))
    reel = Reel(id=new_id(), family=new_id(), author=new_id(), clips=tuple(clips))
    cuts = make_cut_list(reel, {film: source.index for film, source in sources.items()})
    out = io.BytesIO()
    render(cuts, sources, out, RenderSettings(width=320, height=180))
    pictures = phone_pictures(out.getvalue())
    return {name: middles(pictures[cut.out_last]) for name, cut in zip(names, cuts.cuts, strict=True)}


def phone_pictures(data: bytes) -> list[Floats]:
    """Every picture of a copy, from its planes by the matrix and range that it must be tagged with."""
    found = []
    with av.open(io.BytesIO(data), "r") as container:
        for frame in container.decode(video=0):
            assert (frame.colorspace, frame.color_range, frame.color_trc, frame.color_primaries) == (1, 1, 1, 1)
            planes = [rows(plane) for plane in frame.planes]
            levels = [planes[0], *(np.repeat(np.repeat(plane, 2, 0), 2, 1) for plane in planes[1:])]
            found.append(colour_films.decoded_709(np.stack(levels, -1).astype(float)))
    return found


def rows(plane: VideoPlane) -> NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]


def test_the_copy_shows_what_was_filmed_and_what_the_view_shows() -> None:
    wrong = {}
    plain = [name for name in PLAIN if name.endswith(("yuv420p", "yuv420p10le")) and not name.startswith("6")]
    for name, patches in copied((*plain, *ODD, *WIDE)).items():
        view = seen(FILMS[name]).view
        error = max(np.abs(patches - filmed(FILMS[name])).max(), np.abs(patches - view).max())
        if error > LIMIT:
            wrong[name] = round(float(error), 1)
    assert wrong == {}


def taken_wrong(names: dict[str, ColourFilm]) -> set[str]:
    return {name for name, film in names.items() if seen(film).errors(filmed(film)) > LIMIT}


def test_the_table_sees_a_wrong_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.player.conversion.matrix_of", lambda _: Colorspace.ITU601)
    wrong = taken_wrong(PLAIN)
    assert wrong == {name for name, film in PLAIN.items() if film.coded in (1, 9)}


def test_the_table_sees_an_ignored_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.player.conversion.range_of", lambda _: ColorRange.MPEG)
    assert taken_wrong(PLAIN) == {name for name, film in PLAIN.items() if film.full}


def test_the_table_sees_high_definition_taken_as_601(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colours, "_HD_LONG", 10_000)
    monkeypatch.setattr(colours, "_HD_SHORT", 10_000)
    assert taken_wrong(PLAIN) == {name for name in PLAIN if name.startswith("untagged 720")}


def test_the_table_sees_high_range_taken_as_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.player.conversion.signal_of", lambda _: Signal())
    assert taken_wrong(WIDE) == set(WIDE)


@pytest.mark.parametrize(
    ("percent", "least", "most"),
    [(0, 0, 1), (38, 100, 116), (45, 125, 145), (58, 165, 185), (75, 215, 240), (100, 253, 255)],
)
def test_natural_brightness(percent: int, least: int, most: int) -> None:
    """ITU-R BT.2408, table 1: a grey card is at 38 % of HLG, skin at 45 to 65 %, white at 75 %, lamps above."""
    grey = (percent * 2.55,) * 3
    film = ColourFilm(
        coded=9, matrix=9, range=1, transfer=18, primaries=9, pixel_format="yuv420p10le", signal=(grey,) * len(PATCHES)
    )
    shown = seen(film).view
    assert least <= shown.min()
    assert shown.max() <= most
