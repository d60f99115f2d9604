"""The films that every question about frames is asked of: each is one way in which cameras and phones differ."""

from __future__ import annotations

from fractions import Fraction

from makers import Film, vary

_90K = Fraction(1, 90_000)

FILMS: dict[str, Film] = {
    "phone": Film(sound=True),
    "long group": Film(frames=80, gop=80, bframes=3),
    "no B-frames": Film(bframes=0, gop=5),
    "variable": Film(times=vary(60, (3000, 3003, 9000, 1500)), time_base=_90K),
    "gaps of seconds": Film(times=vary(40, (3000, 3000, 180_000)), time_base=_90K),
    "turned": Film(rotation=90, size=(192, 160)),
    "upside down": Film(rotation=180),
    "turned and mirrored": Film(rotation=270, mirrored=True, container="mov"),
    "mirrored": Film(mirrored=True),
    "ten seconds in": Film(first=250),
    "one frame": Film(frames=1),
    "two frames": Film(frames=2),
    "wide pixels": Film(aspect=Fraction(4, 3)),
    "ten bits": Film(codec="libx265", pixel_format="yuv420p10le"),
    "hevc open groups": Film(codec="libx265", open_gop=True, bframes=3),
    "open groups": Film(container="mpegts", open_gop=True, bframes=3, sound=True),
    "camera MPEG-2": Film(codec="mpeg2video", container="mpegts"),
    "intra refresh": Film(container="mpegts", bframes=0, options=(("x264-params", "intra-refresh=1"),)),
    "program stream": Film(codec="mpeg2video", container="mpeg", sound=True, frames=90),
    "matroska variable": Film(container="matroska", times=vary(60, (33, 34, 66, 20)), time_base=Fraction(1, 1000)),
    "webm": Film(codec="libvpx-vp9", container="webm", frames=40, size=(128, 96)),
    "old avi": Film(codec="mpeg4", container="avi"),
    "avi out of order": Film(container="avi", bframes=2),
    "motion jpeg": Film(codec="mjpeg", container="mov", pixel_format="yuvj420p"),
    "windows media": Film(codec="wmv2", container="asf", bframes=0),
    "flash": Film(container="flv"),
    "editor's copy": Film(codec="prores_ks", container="mov", pixel_format="yuv422p10le", frames=20),
}
