"""What a person prefers reaches the film that is open at once."""

from __future__ import annotations

from fractions import Fraction

from film_house import House, film_of
from film_on_screen import SOUNDING
from vigtool.settings import Settings


def test_what_is_preferred_holds_for_the_open_film_at_once(house: House) -> None:
    house.workspace.preferences_changed.emit(Settings(mark_lead_ms=800))  # nothing is open: nothing happens
    house.open(film_of(house, SOUNDING))
    play, landing = house.work.playback, house.work.marking.landing
    play.set_speed(Fraction(1, 4))
    found = [(landing.lead, play.is_muted)]
    for settings in (Settings(mark_lead_ms=200, slow_sound=True), Settings()):
        house.workspace.preferences_changed.emit(settings)
        found.append((landing.lead, play.is_muted))
    assert found == [(Fraction(2, 5), True), (Fraction(1, 5), False), (Fraction(2, 5), True)]
