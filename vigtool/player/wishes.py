"""How a wish for one frame is fulfilled: from what is at hand, from the stand-in first, or by decoding.

Everything here belongs to the decoding thread, but for `Wish`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from vigtool.errors import Cancelled, FilmError
from vigtool.player.back_filler import BackFiller
from vigtool.player.decode_work import DecodeWork, Overtaken
from vigtool.player.frame_cache import Size, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.looking_ahead import Aim
from vigtool.player.stand_in_pictures import StandInPictures

_PATIENCE: Final = 3  # wishes given up in a row before one is served to its end
_REST: Final = 0.08  # seconds without a newer wish, until a glance becomes a look
_LONG_REST: Final = 0.5  # the same, until a frame is decoded anew for the finest of its colours
_SOON: Final = 0.04  # seconds that a frame may take before its stand-in is shown first


@dataclass(frozen=True, slots=True)
class Wish:
    """A frame in a size.

    Attributes:
        glance: whether something true at once is better than the frame itself later.
        at: when it was made, by the monotonic clock.
    """

    number: int
    size: Size
    glance: bool
    at: float


@dataclass(frozen=True, slots=True)
class Later:
    """What is still to be shown of a wish once nothing newer came for a while.

    Attributes:
        due: when, by the monotonic clock.
        anew: whether the frame shows already, and only the finest of its colours are wanting.
    """

    wish: Wish
    due: float
    anew: bool = False


class Wisher(Protocol):
    """Whose wishes are fulfilled.

    Attributes:
        change: notified when there is a newer wish, and when the back-filler has kept a frame.
        newest: the wish that was not taken up yet.
        aim: where the film is looked at.
        looks_ahead: whether anything is decoded before it is asked for.
        stands_in: whether the film has a stand-in, so that nothing has to be waited for long.
    """

    change: threading.Condition
    newest: Wish | None
    aim: Aim
    looks_ahead: bool

    @property
    def stands_in(self) -> bool:
        """As it says."""

    def anything(self) -> bool:
        """Whether there is anything to do that somebody waits for."""

    def take(self, wish: Wish, picture: ViewPicture) -> None:
        """Here is a picture of that frame."""

    def hear(self, number: int, problem: FilmError) -> None:
        """That frame cannot be had."""


class Fulfilling:
    """Shows single frames."""

    def __init__(self, wisher: Wisher, index: FrameIndex, work: DecodeWork, filler: BackFiller) -> None:
        self._wisher, self._index, self._work, self._filler = wisher, index, work, filler
        self._given_up = 0

    def at_once(self, wish: Wish, stand_in: StandInPictures | None) -> Later | None:
        """Show one frame, or something true of it first; what is still to be shown of it later."""
        if stand_in is not None and self._work.at_hand(wish.number) is None:
            if wish.glance or self._work.seconds_to(wish.number) > _SOON:
                self._approximately(wish, stand_in)
            if wish.glance:
                self._filler.hold()
                return Later(wish, wish.at + _REST)
        return self.exactly(wish)

    def wholly(self, wish: Wish) -> None:
        """Decode a frame anew that shows already, for the finest of its colours; any newer wish ends that."""
        self._filler.hold()
        try:
            picture = self._work.picture(wish.number, wish.size, self._wisher.anything)
        except (Overtaken, Cancelled, FilmError):
            return
        self._wisher.take(wish, picture)
        self._look_ahead()

    def exactly(self, wish: Wish) -> Later | None:
        """Show one frame; what is still to be shown of it later."""
        try:
            picture = self._work.at_hand(wish.number) or self._decoded(wish)
        except (Overtaken, Cancelled):
            return None
        except FilmError as problem:
            self._wisher.hear(wish.number, problem)
            return None
        self._given_up = 0
        self._wisher.take(wish, picture)
        self._look_ahead()
        return Later(wish, wish.at + _LONG_REST, anew=True) if self._work.is_light(wish.number) else None

    def _look_ahead(self) -> None:
        if self._wisher.looks_ahead:
            self._filler.aim(self._wisher.aim, self._work.frame_bytes, border=not self._wisher.stands_in)

    def stop(self, _frame: object) -> None:
        """Give up what is worth nothing once there is something newer.

        Raises:
            Overtaken: if there is.
        """
        if self._wisher.anything():
            raise Overtaken

    def _approximately(self, wish: Wish, stand_in: StandInPictures) -> None:
        """Show the stand-in's picture; where it has none, the film itself will be shown."""
        try:
            self._wisher.take(wish, stand_in.picture(wish.number, wish.size, self.stop))
        except (Overtaken, Cancelled, FilmError):
            return

    def _decoded(self, wish: Wish) -> ViewPicture:
        """That frame, from the back-filler where it is nearer to it, else decoded here while the back-filler waits.

        Raises:
            Overtaken, Cancelled: something newer is wished for.
            FilmError: where it cannot be had.
        """
        while (left := self._filler.left_for(wish.number)) is not None and left <= self._work.frames_to(wish.number):
            with self._wisher.change:
                if self._wisher.anything():
                    raise Overtaken
                self._wisher.change.wait(0.05)
            if (picture := self._work.at_hand(wish.number)) is not None:
                return picture
        self._filler.hold()
        return self._work.picture(wish.number, wish.size, partial(self._newer, wish))

    def _newer(self, wish: Wish) -> bool:
        """Whether a wish should be given up for a newer one.

        Within a group nothing is lost by that. Elsewhere it must not happen too often in a row: nothing would ever
        be shown while wishes come faster than frames.
        """
        newer = self._wisher.newest
        if newer is None or wish.glance or self._same_group(newer, wish):
            return self._wisher.anything()
        if self._given_up < _PATIENCE:
            self._given_up += 1
            return True
        return False

    def _same_group(self, one: Wish, other: Wish) -> bool:
        return self._index.keyframe_before(one.number) == self._index.keyframe_before(other.number)
