"""What screen and sound the window finds here, as one JSON document: `python -m vigtool.ui.surroundings`.

A process of its own asks this for `vigtool doctor`, because Qt ends a program that it cannot find a screen for.
No name of a device is told: people give them their own.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaDevices

from vigtool.ui.film.sink_device import default_device


def surroundings(application: QGuiApplication) -> dict[str, Any]:
    """Platform, screens (width, height in the units of windows, scale), and sound devices."""
    screens = [
        (screen.availableGeometry().width(), screen.availableGeometry().height(), screen.devicePixelRatio())
        for screen in application.screens()
    ]
    owner = QObject()
    device = default_device(owner)
    opens = device is not None and device.start()
    if device is not None:
        device.stop()
    return {
        "platform": application.platformName(),
        "screens": screens,
        "outputs": len(QMediaDevices.audioOutputs()),
        "opens": opens,
    }


def main() -> int:
    """Print it."""
    print(json.dumps(surroundings(QGuiApplication(sys.argv[:1]))))  # noqa: T201 - this is its answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
