"""Screen and sound, as the window would find them. A process of its own asks, since Qt can only end where it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order, unknown
from vigtool.practice.doctor.machine import Machine

_PATIENCE: Final = 30.0
_SMALLEST: Final = (1024, 640)
_ASKING: Final = [sys.executable, "-P", "-m", "vigtool.ui.surroundings"]  # -P: not what lies where it was started


def surroundings(
    machine: Machine, ask: Callable[[dict[str, str]], dict[str, Any] | None] | None = None
) -> list[Finding]:
    """Two findings: the screen and the sound."""
    blind = machine.is_linux and not any(
        machine.environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
    told = (ask or asked)({"QT_QPA_PLATFORM": "offscreen"} if blind else {})
    if told is None:
        advice = "on Linux, see that the libraries which tools/setup.sh names are installed; else install anew"
        return [
            not_in_order("screen", "the window cannot be opened here", advice),
            unknown("sound", "without the window's parts sound cannot be asked about", advice),
        ]
    return [_screen(told, blind=blind), _sound(told)]


def asked(environment: dict[str, str]) -> dict[str, Any] | None:
    """What the window's side says of screen and sound; none where it ends or never answers."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            _ASKING,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            env={**os.environ, **environment},
        )
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _screen(told: dict[str, Any], *, blind: bool) -> Finding:
    if blind or not told["screens"]:
        return look_at(
            "screen",
            "there is no screen here: commands work, the window does not open",
            "start the program from a desktop",
        )
    width, height, scale = told["screens"][0]
    said = f"{width} x {height}{f' at {scale:g} times' if scale != 1 else ''} ({told['platform']})"
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        return look_at("screen", f"the screen is small: {said}", "choose a smaller scale in the system's settings")
    return in_order("screen", said)


def _sound(told: dict[str, Any]) -> Finding:
    count = told["outputs"]
    if not count:
        return look_at("sound", "there is no device to play sound on", "plug in headphones or loudspeakers")
    if not told["opens"]:
        return look_at(
            "sound",
            "the sound device cannot be opened, or has no rate of 48 kHz",
            "see whether another program holds it, and choose another in the system's settings",
        )
    return in_order("sound", "a device plays sound" if count == 1 else f"{count} devices, and the first plays sound")
