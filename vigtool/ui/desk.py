"""What the window needs from the practice behind it, as protocols: no room knows more of it than this.

Every call may block and is made on the vault thread (`ui.jobs`), never on the thread that draws. Every call may raise
an error of `vigtool.errors`. Records come and go as the frozen values of `casework` and `annotate`; a change hands
over the value as it was read and the value as it shall be, so that the other side can refuse (`RecordChanged`) where
somebody else wrote it first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.ids import Id
from vigtool.player.stand_in import StandIn
from vigtool.player.strip import Strip
from vigtool.player.waveform import Peaks
from vigtool.practice.ways_in import RecoveryKey
from vigtool.timebase import Span
from vigtool.ui.desk_consent import ConsentDesk, GivingDesk
from vigtool.ui.desk_families import FamiliesDesk
from vigtool.ui.desk_keeping import ErasingDesk, KeepingDesk, SharingDesk
from vigtool.ui.desk_restoring import RestoringPractice
from vigtool.ui.desk_returning import ReturningDesk
from vigtool.ui.desk_service import ServiceDesk
from vigtool.ui.desk_ways_in import WaysInDesk

Report = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Opener = Callable[[], BinaryIO]
Pixels = NDArray[np.uint8]
"""A picture: height x width x 4 bytes, BGRA, upright, in square pixels."""


class FrameTimes(Protocol):
    """The timestamps of a film's frames, in ticks of its time base; `player.frame_index.FrameIndex` is one."""

    @property
    def frames(self) -> int:
        """How many frames there are."""
        ...

    @property
    def time_base(self) -> Fraction:
        """Seconds of one tick."""
        ...

    @property
    def end(self) -> int:
        """The tick at which the last frame ends."""
        ...

    def pts(self, number: int) -> int:
        """The tick at which frame `number` begins to show."""
        ...

    def number_at(self, tick: int) -> int:
        """The frame that shows at `tick`."""
        ...

    def span(self, first: int, last: int) -> Span:
        """The span from the beginning of frame `first` to the end of frame `last`."""
        ...


class OpenFilm(Protocol):
    """A film with all that the Film room needs of it. Attributes only; marks change by `Desk.keep_marks`."""

    @property
    def film(self) -> Film:
        """Its record."""
        ...

    @property
    def index(self) -> FrameTimes:
        """The frames' timestamps."""
        ...

    @property
    def opener(self) -> Opener:
        """Gives the film's own bytes, seekable; each thread calls it for itself."""
        ...

    @property
    def layer(self) -> Layer:
        """The layer of whoever looks at it."""
        ...

    @property
    def marks(self) -> Sequence[Mark]:
        """The marks of that layer."""
        ...


class FilmDesk(Protocol):
    """Looking closely."""

    def open_film(self, film: Id, report: Report, cancelled: Cancelled) -> OpenFilm:
        """Open a film from its sealed bytes, with the marks of whoever looks; begins a layer where there is none."""
        ...

    def keep_marks(self, film: Id, before: Sequence[Mark], after: Sequence[Mark]) -> None:
        """Write one step: marks only in `before` are removed, only in `after` added, in both (by id) changed.

        When it returns, the step is durable.
        """
        ...


class KeptDesk(Protocol):
    """What is made of an open film once, kept sealed with it, and there at once when it is opened again.

    What is kept but does not fit the film's frames as they are, or cannot be read, counts as not there (None), and
    what is made next takes its place.
    """

    def kept_peaks(self, opened: OpenFilm) -> Peaks | None:
        """How loud the film is, for every hundredth of a second."""
        ...

    def keep_peaks(self, opened: OpenFilm, found: Peaks) -> None:
        """Keep that; durable when it returns."""
        ...

    def kept_strip(self, opened: OpenFilm) -> Strip | None:
        """Small pictures from all over the film."""
        ...

    def keep_strip(self, opened: OpenFilm, strip: Strip) -> None:
        """Keep them; durable when it returns."""
        ...

    def kept_stand_in(self, opened: OpenFilm) -> StandIn | None:
        """The small film that stands in for a heavy one."""
        ...

    def make_stand_in(self, opened: OpenFilm, report: Report, cancelled: Cancelled) -> StandIn:
        """Make that and keep it, whole or not at all.

        It takes long: alone of all calls it is made on a thread of its own, and the vault thread goes on meanwhile.
        """
        ...


class LookingDesk(Protocol):
    """What is kept of looking: stills, and how two films lie to each other."""

    def stills(self, film: Id) -> Sequence[Still]:
        """The stills of a film, in its order."""
        ...

    def keep_still(self, film: Id, tick: int, words: str = "") -> Still:
        """Keep exactly the frame that begins at `tick`; `NoSuchFrame` where none does."""
        ...

    def word_still(self, still: Still, words: str) -> Still:
        """Say something else of a still."""
        ...

    def remove_still(self, still: Still) -> None:
        """Keep a frame no longer."""
        ...

    def films_beside(self, film: Id) -> Sequence[Film]:
        """The films that can lie beside it, the nearest first."""
        ...

    def film_pair(self, one: Id, other: Id) -> FilmPair | None:
        """How two films lie to each other, if somebody said so."""
        ...

    def lay_beside(self, one: Id, other: Id, offset: Fraction, how: PairedBy) -> FilmPair:
        """What `one` shows at second t of its clock, `other` shows at t + `offset` of its own; durable on return."""
        ...


class ReelDesk(Protocol):
    """Choosing and ordering what the parent will see, and making their copy."""

    def new_reel(self, family: Id, cycle: Id | None, title: str) -> Reel:
        """Begin a reel."""
        ...

    def change_reel(self, before: Reel, after: Reel) -> None:
        """Write a reel as it now is; durable when it returns."""
        ...

    def starred(self, family: Id) -> Sequence[Mark]:
        """The starred marks of all films of a family, in the order of films and times."""
        ...

    def may_copy(self, reel: Id, to: Id | None) -> Any:
        """What consent says about a copy of this reel for one person: a `casework.consent.Decision`."""
        ...

    def make_copy(
        self, reel: Id, to: Id, target: Path, report: Report, cancelled: Cancelled, safe: bool | None = None
    ) -> Any:
        """Render the parent's film into `target`, write it into the register of copies, return the receipt.

        Raises:
            ConsentMissing: with a reason for each thing that is missing.
            UnsafeRecipient: they may not receive anything, or it is not `safe` to have at home.
            TargetExists, CannotWrite: the copy could not be written; nothing half-made is left.
        """
        ...


class Desk(
    ConsentDesk,
    ErasingDesk,
    FamiliesDesk,
    FilmDesk,
    GivingDesk,
    KeepingDesk,
    KeptDesk,
    LookingDesk,
    ReelDesk,
    ReturningDesk,
    ServiceDesk,
    SharingDesk,
    WaysInDesk,
    Protocol,
):
    """An open vault, as the window sees it."""

    @property
    def folder(self) -> Path:
        """Where the vault lies."""
        ...

    @property
    def is_sample(self) -> bool:
        """Whether this is the drawn sample family and nobody's real records."""
        ...

    def close(self) -> None:
        """Close the vault: keys are dropped, the lock is let go. Called once, after every job has ended."""
        ...


class Practice(RestoringPractice, Protocol):
    """What can be done while no vault is open."""

    def suggest_passphrase(self) -> str:
        """Six fresh words."""
        ...

    def check_passphrase(self, text: str) -> None:
        """Raise `WeakPassphrase` where it is too short to protect anybody. Quick: called while typing."""
        ...

    def make_vault(self, folder: Path, passphrase: str, report: Report, cancelled: Cancelled) -> Desk:
        """Make a vault and open it. Whole or not at all."""
        ...

    def pickable(self, folder: Path) -> Sequence[tuple[Id, str]]:
        """Who has a passphrase for a closed vault, with the short name they chose to be known by before it is open."""
        ...

    def open_vault(
        self, folder: Path, key: str | RecoveryKey, report: Report, cancelled: Cancelled, user: Id | None = None
    ) -> Desk:
        """Open a vault with a passphrase or a recovery key; where it is said whose it is, only theirs is tried."""
        ...

    def make_sample(self, folder: Path, report: Report, cancelled: Cancelled) -> Desk:
        """Draw the sample film, make a vault with the sample family around it, and open that. Whole or not at all."""
        ...
