"""Where the window stood and how large it was; nothing else outlives the program outside the vault.

No name, no path, no recent vault: whoever finds this file learns the size of a window.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

_GEOMETRY = "window/geometry"


def settings() -> QSettings:
    """The file it is kept in."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "vigtool", "window")


def restore(window: QWidget, kept: QSettings | None = None) -> bool:
    """Put the window where it stood; False where nothing is known, or what is known is of no use."""
    value = (kept or settings()).value(_GEOMETRY)
    return isinstance(value, QByteArray) and window.restoreGeometry(value)


def keep(window: QWidget, kept: QSettings | None = None) -> None:
    """Remember where the window stands."""
    kept = kept or settings()
    kept.setValue(_GEOMETRY, window.saveGeometry())
    kept.sync()
