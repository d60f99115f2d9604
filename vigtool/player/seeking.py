"""Where to send a demuxer so that decoding begins at a given key frame.

Every container has its own idea of what a time to seek to means, and some land late. What stands here only makes
seeking quick; that the right frame comes out is proved afterwards, by the frames themselves.
"""

from __future__ import annotations

from typing import cast

import av.error
from av.video.stream import VideoStream

from vigtool.player.footage import Footage
from vigtool.player.frame_index import UNKNOWN, FrameIndex

# These look for a decoding time (the transport stream lands late for any other), the rest for a time shown.
_BY_DECODING_TIME = ("mpegts", "mpeg", "avi", "asf", "flv", "mpegvideo", "gxf")

# Where timestamps are put on the wrong pictures at first, begin so many pictures earlier.
_SPARE = 3
# These are cut into pictures by looking at their bytes. After a seek the first piece is the rest of an earlier
# picture, and takes the timestamp of the next one.
UNALIGNED = ("mpegts", "mpeg", "mpegvideo", "h264", "hevc", "m4v", "vc1", "obu")


def seek_to_key(footage: Footage, index: FrameIndex, row: int) -> bool:
    """Send the demuxer to the place in row `row` of the key table; whether it went."""
    try:
        stream = footage.container.streams[index.picture.stream]
        footage.seek(_target(index, row), cast("VideoStream", stream))
    except (av.error.FFmpegError, EOFError):
        return False
    return True


def _target(index: FrameIndex, row: int) -> int:
    """The tick to ask for."""
    keys = index.keys
    pts, dts = int(keys.pts[row]), int(keys.dts[row])
    if index.format in _BY_DECODING_TIME:
        earlier = _SPARE * index.usual if index.format == "mpeg" else 0
        return (pts if dts == UNKNOWN else dts) - earlier
    if index.format == "mov":
        # Here the decoding time, moved by the largest delay of the film, is compared: ask that much later, but
        # never so late that the next key frame would be taken.
        late = pts + 2 * index.reorder
        return min(late, max(pts, int(keys.pts[row + 1]) - 1)) if row + 1 < len(keys.pts) else late
    return pts
