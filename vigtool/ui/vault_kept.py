"""What is kept of films, as the window calls it: the part of an open vault that answers `ui.desk.KeptDesk`."""

from __future__ import annotations

from typing import cast

from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn
from vigtool.player.strip import Strip
from vigtool.player.waveform import Peaks
from vigtool.practice import kept
from vigtool.practice.progress import Cancelled, Report
from vigtool.ui.desk import OpenFilm
from vigtool.vault.vault import Vault


class VaultKept:
    """What is kept of the films of one open vault."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    def kept_peaks(self, opened: OpenFilm) -> Peaks | None:
        """How loud a film is."""
        return kept.kept_peaks(self.vault, opened.film.id, _frames(opened))

    def keep_peaks(self, opened: OpenFilm, found: Peaks) -> None:
        """Keep how loud a film is."""
        kept.keep_peaks(self.vault, opened.film.id, _frames(opened), found)

    def kept_strip(self, opened: OpenFilm) -> Strip | None:
        """Small pictures of a film."""
        return kept.kept_strip(self.vault, opened.film.id, _frames(opened))

    def keep_strip(self, opened: OpenFilm, strip: Strip) -> None:
        """Keep small pictures of a film."""
        kept.keep_strip(self.vault, opened.film.id, _frames(opened), strip)

    def kept_stand_in(self, opened: OpenFilm) -> StandIn | None:
        """The small film that stands in for a film."""
        return kept.kept_stand_in(self.vault, opened.film.id, _frames(opened))

    def make_stand_in(self, opened: OpenFilm, report: Report, cancelled: Cancelled) -> StandIn:
        """Make the small film that stands in for a film."""
        return kept.make_stand_in(
            self.vault, opened.film, _frames(opened), opened.opener, report=report, cancelled=cancelled
        )


def _frames(opened: OpenFilm) -> FrameIndex:
    """The frames of an open film; every film that comes from here has the player's own index."""
    return cast("FrameIndex", opened.index)
