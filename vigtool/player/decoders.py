"""The decoders that a stranger's film may reach, and how large a picture may make them work.

libavcodec knows more than five hundred decoders. Most are for games of the nineties, single pictures and captions;
hardly anybody tries them with broken bytes, and a film chooses its decoder by itself. So only those are let in that
cameras, phones and programs for cutting films have written within the last twenty-five years.
"""

from __future__ import annotations

from typing import Final

from vigtool.player.picture import MAX_PIXELS, MAX_SIDE

_PICTURES: Final = """
h264 hevc vp8 libvpx vp9 libvpx-vp9 av1 libdav1d mpeg1video mpeg2video mpegvideo mpeg4 h263 h263i h263p flv
msmpeg4v1 msmpeg4v2 msmpeg4 wmv1 wmv2 wmv3 vc1 mjpeg mjpegb jpeg2000 dvvideo prores dnxhd cfhd ffv1 huffyuv ffvhuff
utvideo png rawvideo v210 svq1 svq3 theora vp3 vp6 vp6f rv10 rv20 rv30 rv40
"""
_SOUNDS: Final = """
aac aac_fixed aac_latm ac3 ac3_fixed eac3 dca truehd mlp mp1 mp1float mp2 mp2float mp3 mp3float opus libopus vorbis
flac alac wavpack amrnb libopencore_amrnb amrwb libopencore_amrwb wmav1 wmav2 wmapro wmalossless wmavoice speex cook
sipr real_144 real_288 nellymoser gsm gsm_ms qdm2 qcelp adpcm_ms adpcm_ima_wav adpcm_ima_qt adpcm_swf adpcm_yamaha
g726 g726le s302m dvaudio pcm_bluray pcm_dvd pcm_alaw pcm_mulaw pcm_s8 pcm_u8 pcm_s16be pcm_s16le pcm_u16be pcm_u16le
pcm_s24be pcm_s24le pcm_s32be pcm_s32le pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_s16be_planar pcm_s16le_planar
pcm_s24le_planar pcm_s32le_planar
"""

PICTURE_DECODERS: Final = frozenset(_PICTURES.split())
SOUND_DECODERS: Final = frozenset(_SOUNDS.split())
WHITELIST: Final = ",".join(sorted(PICTURE_DECODERS | SOUND_DECODERS))
"""As libav's option `codec_whitelist` wants it."""

# What sound may ask of the machine: outside these a second of it would become hours, or a block hundreds of megabytes.
SLOWEST_SOUND: Final = 2_000
FASTEST_SOUND: Final = 768_000
MOST_CHANNELS: Final = 64

_ROOM: Final = 4
_LEAST_PIXELS: Final = 4096 * 2304
_ALIGNED: Final = 64  # libav counts a picture's width up to a multiple of this


def most_pixels(width: int, height: int) -> int:
    """How many pixels a picture of a film may have that says it has this size.

    A film may change its size on the way (a telephone that is turned, television) or be wrong about it, yet not to
    what would take the memory of the machine: four times the pixels, and 4K in any case, but no more than ever.
    """
    return min(max(_ROOM * width * height, _LEAST_PIXELS), MAX_PIXELS + _ALIGNED * MAX_SIDE)


def can_sound(rate: int, channels: int) -> bool:
    """Whether sound of that rate and so many channels is worked with."""
    return SLOWEST_SOUND <= rate <= FASTEST_SOUND and 0 < channels <= MOST_CHANNELS
