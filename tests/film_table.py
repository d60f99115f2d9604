"""The films that every question about frames is asked of: each is one way in which cameras, phones and editors differ.

The truth about each is a plain decoding from its beginning: see `film_questions`.
"""

from __future__ import annotations

from fractions import Fraction

import remaking
from broken_films import BROKEN
from film_kind import Kind
from makers import Film, make, vary

_90K = Fraction(1, 90_000)
_MS = Fraction(1, 1000)
_NTSC = Fraction(30_000, 1001)
_M2TS = (("mpegts_m2ts_mode", "1"),)
_QUICK_AV1 = (("preset", "12"), ("svtav1-params", "lp=1"))
_INTERLACED = (("flags", "+ildct+ilme"),)
_TABLE_FIRST = (("moov_size", "6000"),)
_FRAGMENTS = (("movflags", "frag_keyframe+empty_moov+default_base_moof"),)
_EARLY = (("avoid_negative_ts", "disabled"),)


def _cut(*entries: tuple[int, int], shows: tuple[int, ...], film: Film | None = None) -> Kind:
    """A film with an edit list: milliseconds, and the frame with which each piece begins (-1: nothing is shown)."""

    def remade(data: bytes) -> bytes:
        return remaking.edited(data, *((length, -1 if at < 0 else 1024 + at * 512) for length, at in entries))

    return Kind(film=film or Film(), remade=remade, shows=shows, timed=False, groups=6)


def _x264(words: str, **more: object) -> Film:
    return Film(options=(("x264-params", words),), **more)  # type: ignore[arg-type]  # the fields of Film by name


def _ran(*pairs: tuple[int, int]) -> tuple[int, ...]:
    return tuple(number for first, end in pairs for number in range(first, end))


CODECS: dict[str, Kind] = {
    "phone": Kind(film=Film(sound=True)),
    "long group": Kind(film=Film(frames=90, gop=90, bframes=3)),
    "deep B-frames": Kind(film=_x264("b-pyramid=normal:ref=6", bframes=8, gop=40)),
    "no B-frames": Kind(film=Film(bframes=0, gop=5)),
    "every picture whole": Kind(film=Film(gop=1, bframes=0, pixel_format="yuv422p10le", container="mov")),
    "h264 ten bits": Kind(film=Film(pixel_format="yuv420p10le")),
    "open groups": Kind(film=Film(container="mpegts", open_gop=True, bframes=3, sound=True)),
    "intra refresh": Kind(film=_x264("intra-refresh=1", container="mpegts", bframes=0), groups=4),
    "hevc": Kind(film=Film(codec="libx265", bframes=3)),
    "hevc open groups": Kind(film=Film(codec="libx265", open_gop=True, bframes=3)),
    "hevc ten bits": Kind(film=Film(codec="libx265", pixel_format="yuv420p10le")),
    "hevc ten bits, open": Kind(film=Film(codec="libx265", pixel_format="yuv420p10le", open_gop=True, bframes=3)),
    "hevc 4:2:2": Kind(film=Film(codec="libx265", pixel_format="yuv422p10le", open_gop=True, bframes=3)),
    "hevc transport stream": Kind(film=Film(codec="libx265", container="mpegts", open_gop=True, bframes=3)),
    "hevc matroska": Kind(film=Film(codec="libx265", container="matroska", open_gop=True, bframes=3, sound=True)),
    "vp8": Kind(film=Film(codec="libvpx", container="webm", frames=40, size=(128, 96))),
    "vp9": Kind(film=Film(codec="libvpx-vp9", container="webm", frames=40, size=(128, 96))),
    "vp9 with hidden pictures": Kind(
        film=Film(
            codec="libvpx-vp9",
            container="webm",
            size=(128, 96),
            options=(("auto-alt-ref", "1"), ("lag-in-frames", "25"), ("deadline", "good"), ("cpu-used", "5")),
        )
    ),
    "vp9 in mp4": Kind(film=Film(codec="libvpx-vp9", frames=40, size=(128, 96), sound=True)),
    "av1": Kind(film=Film(codec="libsvtav1", frames=40, options=_QUICK_AV1)),
    "av1 webm": Kind(film=Film(codec="libsvtav1", container="webm", frames=40, options=_QUICK_AV1, sound=True)),
    "mpeg-4 avi": Kind(film=Film(codec="mpeg4", container="avi", bframes=0, sound=True)),
    "mpeg-4 avi, B-frames": Kind(film=Film(codec="mpeg4", container="avi", bframes=2)),
    "mpeg-4 avi, packed": Kind(
        film=Film(codec="mpeg4", container="avi", bframes=1), remade=remaking.packed, named=True
    ),
    "mpeg-4 quarter pixels": Kind(film=Film(codec="mpeg4", bframes=2, options=(("flags", "+qpel"),))),
    "h264 avi": Kind(film=Film(container="avi", bframes=2), named=True),
    "msmpeg4 avi": Kind(film=Film(codec="msmpeg4", container="avi", bframes=0)),
    "windows media": Kind(film=Film(codec="wmv2", container="asf", bframes=0), groups=4),
    "flash": Kind(film=Film(container="flv")),
    "mpeg-1": Kind(film=Film(codec="mpeg1video", container="mpeg"), groups=4),
    "mpeg-2 transport stream": Kind(film=Film(codec="mpeg2video", container="mpegts")),
    "mpeg-2 program stream": Kind(film=Film(codec="mpeg2video", container="mpeg", sound=True, frames=90), groups=4),
    "a program stream with large pictures": Kind(
        film=Film(
            codec="mpeg2video", container="mpeg", size=(384, 256), bframes=0, options=(("qmin", "1"), ("qmax", "1"))
        ),
        groups=4,
    ),
    "mpeg-2 of a DVD": Kind(film=Film(codec="mpeg2video", container="vob"), groups=4),
    "mpeg-2 mxf": Kind(film=Film(codec="mpeg2video", container="mxf")),
    "motion jpeg": Kind(film=Film(codec="mjpeg", container="mov", pixel_format="yuvj420p")),
    "motion jpeg avi": Kind(film=Film(codec="mjpeg", container="avi", pixel_format="yuvj422p", sound=True)),
    "dv": Kind(film=Film(codec="dvvideo", container="dv", size=(720, 576), frames=12, bframes=0, sound=True)),
    "dv avi": Kind(
        film=Film(
            codec="dvvideo",
            container="avi",
            size=(720, 480),
            rate=_NTSC,
            frames=12,
            bframes=0,
            pixel_format="yuv411p",
        )
    ),
    "h263 3gp": Kind(film=Film(codec="h263", container="3gp", size=(176, 144), bframes=0, rate=Fraction(15))),
    "mpeg-4 3gp": Kind(
        film=Film(
            codec="mpeg4",
            container="3gp",
            size=(176, 144),
            bframes=0,
            times=vary(40, (66, 67, 200)),
            time_base=_MS,
            sound=True,
        )
    ),
    "h264 3gp": Kind(film=Film(container="3gp", bframes=0, size=(176, 144), sound=True, sound_channels=1)),
    "editor's copy": Kind(film=Film(codec="prores_ks", container="mov", pixel_format="yuv422p10le", frames=20)),
    "lossless": Kind(film=Film(codec="ffv1", container="matroska", bframes=0, frames=30)),
}

TIMES: dict[str, Kind] = {
    "variable": Kind(film=Film(times=vary(60, (3000, 3003, 9000, 1500)), time_base=_90K)),
    "variable matroska": Kind(
        film=Film(container="matroska", times=vary(60, (33, 34, 66, 20)), time_base=_MS, sound=True)
    ),
    "variable hevc": Kind(
        film=Film(codec="libx265", open_gop=True, times=vary(50, (3000, 4500, 2999)), time_base=_90K)
    ),
    "holes of seconds": Kind(film=Film(times=vary(40, (3000, 3000, 180_000)), time_base=_90K)),
    "holes in a transport stream": Kind(
        film=Film(container="mpegts", times=vary(40, (3600, 3600, 200_000)), time_base=_90K)
    ),
    "a hole of ten minutes": Kind(film=Film(times=(*range(20), *range(15_000, 15_020)), container="matroska")),
    "29.97 a second": Kind(film=Film(rate=_NTSC, sound=True)),
    "240 a second": Kind(film=Film(rate=Fraction(240), frames=90, gop=30)),
    "ten seconds in": Kind(film=Film(first=250)),
    "five hours in": Kind(film=Film(first=25 * 3600 * 5)),
    "five hours in, transport stream": Kind(
        film=Film(first=25 * 3600 * 5, container="mpegts", sound=True, sound_start=Fraction(18_000))
    ),
    "five hours in, matroska": Kind(film=Film(first=25 * 3600 * 5, container="matroska")),
    "before zero": Kind(film=Film(first=-25, container="mpegts", muxer=_EARLY)),
    "before zero, hidden": Kind(film=Film(first=-25), shows=_ran((25, 60)), timed=False),
    "before zero, matroska": Kind(film=Film(first=-25, container="matroska", muxer=_EARLY), groups=None, timed=False),
    "a clock that runs over": Kind(film=Film(first=2_386_063, container="mpegts")),
    "shifted the newer way": Kind(film=Film(muxer=(("movflags", "negative_cts_offsets"),))),
    "edit list: nothing first": _cut((1000, -1), (2400, 0), shows=_ran((0, 60))),
    "edit list: inside a group": _cut((2200, 5), shows=_ran((5, 60))),
    "edit list: between ticks": Kind(
        film=Film(),
        remade=lambda data: remaking.edited(data, (1600, 1024 + 5 * 512 + 100)),
        shows=_ran((6, 46)),
        timed=False,
    ),
    "edit list: shortened": _cut((1000, 0), shows=_ran((0, 25))),
    "edit list: both ends": _cut((1000, 17), shows=_ran((17, 42))),
    "edit list: middle left out": _cut((800, 2), (800, 35), shows=_ran((2, 22), (35, 55))),
    "edit list: three pieces": _cut((400, 2), (400, 20), (400, 45), shows=_ran((2, 12), (20, 30), (45, 55))),
    "edit list: shown twice": _cut((800, 0), (800, 10), shows=_ran((0, 20), (10, 30))),
    "edit list: end first": _cut((800, 30), (800, 0), shows=_ran((30, 50), (0, 20))),
    "edit list: without entries": Kind(film=Film(), remade=remaking.edited),
    "edit list: hevc, inside a group": _cut(
        (1200, 15), shows=_ran((15, 45)), film=Film(codec="libx265", bframes=2, options=())
    ),
    "recordings joined": Kind(
        film=Film(container="mpegts"),
        remade=lambda data: data + make(Film(container="mpegts", frames=40)),
        shows=_ran((0, 60), (0, 40)),
        timed=False,
        groups=None,
    ),
    "recordings joined, later first": Kind(
        film=Film(container="mpegts", first=500, muxer=_M2TS),
        remade=lambda data: data + make(Film(container="mpegts", muxer=_M2TS)),
        shows=_ran((0, 60), (0, 60)),
        timed=False,
        groups=None,
    ),
}

CONTAINERS: dict[str, Kind] = {
    "quicktime": Kind(film=Film(container="mov", sound=True)),
    "matroska": Kind(film=Film(container="matroska", sound=True)),
    "transport stream": Kind(film=Film(container="mpegts")),
    "camera's MTS": Kind(film=Film(container="mpegts", muxer=_M2TS, bframes=3, sound=True)),
    "table first": Kind(film=Film(muxer=_TABLE_FIRST)),
    "in fragments": Kind(film=Film(muxer=_FRAGMENTS, sound=True)),
    "in fragments, hevc": Kind(film=Film(codec="libx265", open_gop=True, muxer=_FRAGMENTS)),
    "sound begins late": Kind(film=Film(sound=True, sound_start=Fraction(3, 4))),
    "sound begins late, transport stream": Kind(
        film=Film(container="mpegts", first=250, sound=True, sound_start=Fraction(11))
    ),
    "sound begins early": Kind(film=Film(container="mpegts", first=250, sound=True, sound_start=Fraction(8))),
    "sound begins early, mp4": Kind(film=Film(first=50, sound=True)),
    "sound nobody knows": Kind(film=Film(sound=True), remade=remaking.nameless_sound),
    "two films, the first is meant": Kind(
        film=Film(size=(128, 96), sound=True),
        remade=lambda _: remaking.beside(Film(size=(256, 128)), Film(size=(128, 96), sound=True)),
    ),
    "two sounds": Kind(
        film=Film(sound=True), remade=lambda _: remaking.beside(Film(size=(64, 48), sound=True), Film(sound=True))
    ),
    "two programs": Kind(
        film=Film(container="mpegts", sound=True),
        remade=lambda _: remaking.beside(
            Film(container="mpegts", size=(96, 64)), Film(container="mpegts", sound=True), container="mpegts"
        ),
    ),
    "a cover": Kind(film=Film(), remade=lambda _: remaking.beside(Film(), cover=True)),
    "a cover as a stream": Kind(
        film=Film(container="matroska"),
        remade=lambda _: remaking.beside(Film(), cover=True, container="matroska"),
    ),
    "stills beside it": Kind(film=Film(), remade=lambda _: remaking.beside(Film(), stills=((640, 480),))),
    "captions": Kind(
        film=Film(container="matroska", sound=True),
        remade=lambda _: remaking.beside(Film(container="matroska", sound=True), texts=2),
    ),
    "a time code": Kind(
        film=Film(container="mov", sound=True),
        remade=lambda _: remaking.beside(Film(container="mov", sound=True), timecode=True),
    ),
    "a track of data": Kind(film=Film(sound=True), remade=lambda _: remaking.beside(Film(sound=True), data=True)),
    "names that are no text": Kind(film=Film(metadata=(("title", "QQQQQQQQ"),)), remade=remaking.bad_names),
}

PICTURES: dict[str, Kind] = {
    **{
        f"turned by {turn}{', mirrored' * mirror}": Kind(
            film=Film(rotation=turn, mirrored=mirror, size=(192, 160), container="mov" if turn % 180 else "mp4")
        )
        for turn in (0, 90, 180, 270)
        for mirror in (False, True)
        if turn or mirror
    },
    "turned hevc": Kind(film=Film(codec="libx265", rotation=90, size=(192, 160), pixel_format="yuv420p10le")),
    "turned matroska": Kind(film=Film(rotation=180, container="matroska")),
    "wide pixels": Kind(film=Film(aspect=Fraction(4, 3))),
    "narrow pixels": Kind(film=Film(codec="mpeg2video", container="mpegts", aspect=Fraction(16, 15))),
    "odd size": Kind(film=Film(size=(191, 127), pixel_format="yuv444p")),
    "odd size mpeg-2": Kind(film=Film(size=(191, 127), codec="mpeg2video", container="mpegts")),
    "odd size vp9": Kind(film=Film(size=(191, 127), codec="libvpx-vp9", container="webm", frames=30)),
    "odd size motion jpeg": Kind(film=Film(size=(191, 127), codec="mjpeg", container="avi", pixel_format="yuvj420p")),
    "not whole blocks": Kind(film=Film(size=(182, 122))),
    "interlaced": Kind(film=_x264("tff=1", container="mpegts", muxer=_M2TS)),
    "interlaced, lower first": Kind(film=_x264("bff=1", open_gop=True)),
    "interlaced mpeg-2": Kind(film=Film(codec="mpeg2video", container="mpegts", options=_INTERLACED)),
    "interlaced mpeg-2, program stream": Kind(
        film=Film(codec="mpeg2video", container="vob", options=_INTERLACED), groups=4
    ),
    "one frame": Kind(film=Film(frames=1)),
    "two frames": Kind(film=Film(frames=2)),
    "three frames": Kind(film=Film(frames=3, container="matroska")),
}

FILMS: dict[str, Kind] = {**CODECS, **TIMES, **CONTAINERS, **PICTURES, **BROKEN}
