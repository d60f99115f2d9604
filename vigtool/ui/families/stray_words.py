"""How the places of stray copies are said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vigtool.casework.stray_copy import StrayPlace


def place_words(place: StrayPlace) -> str:
    """A place outside the vault."""
    say = QCoreApplication.translate
    return {
        StrayPlace.PHONE: say("StrayWords", "On the phone"),
        StrayPlace.BIN: say("StrayWords", "In the phone’s bin"),
        StrayPlace.CLOUD: say("StrayWords", "In a cloud"),
        StrayPlace.DOWNLOADS: say("StrayWords", "Among the downloads"),
        StrayPlace.CARD: say("StrayWords", "On the camera’s card"),
        StrayPlace.MAIL: say("StrayWords", "In a mail"),
        StrayPlace.OTHER: say("StrayWords", "In another place"),
    }[place]
