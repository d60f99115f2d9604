"""On the way to a far frame, leaving out the pictures that no other picture is made of.

In H.264 such pictures say so themselves (`nal_ref_idc` is 0, ITU-T H.264, 7.4.1): nothing that is decoded later needs
them. In H.265 a picture that says nearly the same may still be needed by those of a higher layer, so there nothing is
left out; nor where one cannot tell from a packet which frame it holds, or where chance decides what comes out.

A transport stream is cut into packets by looking at its bytes. Where it is interlaced a packet may be half a frame, of
which the other half would be left out without it; so only whole pictures are left out there.
"""

from __future__ import annotations

from av.packet import Packet
from av.video.stream import VideoStream

from vigtool.player.frame_index import FrameIndex


class Skipping:
    """Tells the decoder, packet by packet, what may be left out.

    Attributes:
        until: frames before this one are wanted by nobody.
    """

    def __init__(self, index: FrameIndex) -> None:
        cut = index.format in ("mov", "matroska") or (index.format == "mpegts" and not index.picture.interlaced)
        self._able = cut and index.names is None and not index.fragile and index.picture.codec == "h264"
        self._index = index
        self.until = 0

    def decide(self, packet: Packet[VideoStream]) -> None:
        """Look at a packet before it is decoded."""
        if self._able:
            number = None if packet.pts is None else self._index.number_of(packet.pts)
            wanted = number is None or number >= self.until
            packet.stream.codec_context.skip_frame = "DEFAULT" if wanted else "NONREF"
