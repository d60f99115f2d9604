"""What a film is: its facts, told without its name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vigtool.player.damage import Damage
from vigtool.player.frame_index import FrameIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """The sound of a film.

    Attributes:
        stream: index of its stream in the container.
        codec: short name, such as `aac`.
        rate: samples a second.
        channels: how many.
        start: seconds on the film's own clock (that of its ticks) at which it begins.
    """

    stream: int
    codec: str
    rate: int
    channels: int
    start: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFacts:
    """What is known of a film besides its pictures.

    Attributes:
        frames: how many it shows.
        start, end: first tick shown, and the tick at which the last frame ends.
        time_base: seconds of one tick.
        vfr: whether the time from frame to frame varies by more than rounding.
        rotation: 0, 90, 180 or 270: how far the stored picture is turned clockwise to stand upright.
        mirrored: whether left and right are exchanged after that.
        width, height: upright, in square pixels.
        codec: of the picture, such as `h264`.
        container: such as `mov` (MP4 and its kin), `matroska`, `mpegts`.
        audio: the sound, if there is any that can be decoded.
        damage: plain sentences about what is broken in it; empty for a sound film.
        exact: whether it shows each of its pictures whole, at a time of its own.
    """

    frames: int
    start: int
    end: int
    time_base: Fraction
    vfr: bool
    rotation: int
    mirrored: bool
    width: int
    height: int
    codec: str
    container: str
    audio: SoundFacts | None
    damage: tuple[str, ...] = ()
    exact: bool = True

    @property
    def duration(self) -> Fraction:
        """Exact length in seconds."""
        return (self.end - self.start) * self.time_base


def film_facts(index: FrameIndex, audio: SoundFacts | None, damage: Damage) -> FilmFacts:
    """The facts that follow from an index, with what it does not hold."""
    picture = index.picture
    return FilmFacts(
        frames=index.frames,
        start=index.start,
        end=index.end,
        time_base=index.time_base,
        vfr=index.vfr,
        rotation=picture.rotation,
        mirrored=picture.mirrored,
        width=picture.width,
        height=picture.height,
        codec=picture.codec,
        container=index.format,
        audio=audio,
        damage=damage.sentences,
        exact=damage.exact,
    )


def facts_json(facts: FilmFacts) -> dict[str, object]:
    """The facts as a JSON document; durations are decimal seconds, a time base is written `1/600`."""
    audio = facts.audio
    return {
        "frames": facts.frames,
        "duration": _decimal(facts.duration),
        "time_base": f"{facts.time_base.numerator}/{facts.time_base.denominator}",
        "start": facts.start,
        "end": facts.end,
        "vfr": facts.vfr,
        "rotation": facts.rotation,
        "mirrored": facts.mirrored,
        "width": facts.width,
        "height": facts.height,
        "codec": facts.codec,
        "container": facts.container,
        "audio": None
        if audio is None
        else {
            "codec": audio.codec,
            "rate": audio.rate,
            "channels": audio.channels,
            "start": _decimal(audio.start),
        },
        "damage": list(facts.damage),
    }


def _decimal(seconds: Fraction) -> float:
    """To the microsecond."""
    return round(float(seconds), 6)
