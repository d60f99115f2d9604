"""Films that are cut short or damaged: what comes of them is what a plain decoding shows, and it is said."""

from __future__ import annotations

from collections.abc import Callable

import remaking
from film_kind import Kind
from makers import Film, make

_M2TS = (("mpegts_m2ts_mode", "1"),)
_FRAGMENTS = (("movflags", "frag_keyframe+empty_moov+default_base_moof"),)
_SAME_AGAIN = Film(container="matroska", muxer=(("fflags", "bitexact"),))  # else it is given a name at random
_TABLED = Film(muxer=(("moov_size", "6000"),))


def _truncated(part: float) -> Callable[[bytes], bytes]:
    return lambda data: remaking.truncated(data, part)


def _holed(*numbers: int, part: float = 0.5) -> Callable[[bytes], bytes]:
    return lambda data: remaking.holed(data, *numbers, part=part)


def _broken(film: Film, remade: Callable[[bytes], bytes]) -> Kind:
    return Kind(film=film, remade=remade, timed=False, broken=True, groups=None)


BROKEN: dict[str, Kind] = {
    "recordings joined, program stream": _broken(
        Film(container="mpeg", codec="mpeg2video"),
        lambda data: data + make(Film(container="mpeg", codec="mpeg2video", frames=40)),
    ),
    "cut short, table first": _broken(_TABLED, _truncated(0.8)),
    "cut short, matroska": _broken(Film(container="matroska"), _truncated(0.7)),
    "cut short, transport stream": _broken(Film(container="mpegts"), _truncated(0.7)),
    "cut short, camera's MTS": _broken(Film(container="mpegts", muxer=_M2TS), _truncated(0.61)),
    "cut short, program stream": _broken(Film(codec="mpeg2video", container="mpeg"), _truncated(0.7)),
    "cut short, avi": _broken(Film(codec="mpeg4", container="avi"), _truncated(0.7)),
    "cut short, fragments": _broken(Film(muxer=_FRAGMENTS), _truncated(0.9)),
    "a picture that is gone": _broken(Film(), _holed(30, part=1)),
    "half a picture": _broken(Film(bframes=0), _holed(30)),
    "half a key picture": _broken(Film(), _holed(24)),
    "holes everywhere": _broken(Film(frames=100), _holed(13, 14, 31, 60, 61, 62)),
    "a hole, hevc": _broken(Film(codec="libx265", open_gop=True), _holed(27)),
    "a hole, mpeg-4": _broken(Film(codec="mpeg4", container="mp4"), _holed(27, part=0.9)),
    **{
        f"changed bytes {seed}": _broken(_TABLED, lambda data, seed=seed: remaking.corrupted(data, seed, 12, 0.4, 0.9))  # type: ignore[misc]
        for seed in range(3)
    },
    "changed bytes, transport stream": _broken(
        Film(container="mpegts"), lambda data: remaking.corrupted(data, 3, 20, 0.3, 0.8)
    ),
    "changed bytes, mpeg-2": _broken(
        Film(codec="mpeg2video", container="mpegts"), lambda data: remaking.corrupted(data, 4, 20, 0.3, 0.8)
    ),
    "changed bytes, matroska": _broken(_SAME_AGAIN, lambda data: remaking.corrupted(data, 5, 20, 0.3, 0.8)),
}
