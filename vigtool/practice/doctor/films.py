"""Whether films can be read and copies be made, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vigtool.player.abilities import Ability, decoding_speed, try_everything
from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order

_FAST, _ENOUGH = 60.0, 8.0  # times real time for 1280 x 720; full HD takes twice as long, 4K of telephones twenty times
_REPAIR: Final = "install the program anew, into an environment of its own"


def codecs(tried: Callable[[], list[Ability]] = try_everything) -> list[Finding]:
    """Reading films, and writing copies: each decoder is there and, where it can be tried, really decodes."""
    abilities = tried()
    return [
        _about("reading films", [ability for ability in abilities if not ability.writes]),
        _about("making copies", [ability for ability in abilities if ability.writes]),
    ]


def speed(measured: Callable[[], float] = decoding_speed) -> Finding:
    """How fast pictures are decoded, as a word."""
    times = measured()
    if times >= _FAST:
        return in_order("speed", "films are decoded fast, large ones too")
    if times >= _ENOUGH:
        return in_order("speed", "films up to full HD are decoded fast enough; 4K waits for its small copy")
    return look_at(
        "speed",
        "films are decoded slowly: stepping and playing may wait",
        "close other programs, plug the computer in, and film in full HD rather than 4K",
    )


def _about(name: str, abilities: list[Ability]) -> Finding:
    """One finding about several codecs."""
    missing = [ability.words for ability in abilities if not ability.there]
    failing = [ability.words for ability in abilities if ability.there and ability.works is False]
    if missing or failing:
        said = [f"{', '.join(missing)} cannot be used here"] if missing else []
        said += [f"{', '.join(failing)} came out wrong when tried"] if failing else []
        return not_in_order(name, "; ".join(said), _REPAIR)
    tried = sum(ability.works is True for ability in abilities)
    return in_order(name, f"{len(abilities)} kinds are there, {tried} of them were tried and came out right")
