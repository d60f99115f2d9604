"""What was copied from the vault does not stay in the clipboard: after half a minute it is cleared, and at locking.

Only what this program copied itself is cleared, and only while it is still there. Clipboard histories are asked not to
keep it, in the way that password managers ask: Windows' formats, and KDE's.
"""

from __future__ import annotations

import hashlib
import secrets

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 30
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
_OWNERLESS = {"offscreen", "minimal"}
"""Platforms whose clipboard is the program's own and never says so."""


class ClipboardKeeper(QObject):
    """Watches the clipboard while a vault is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._salt = secrets.token_bytes(16)
        self._copied = b""
        self._replacing = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SECONDS * 1000)
        self.timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._changed)

    def clear(self) -> None:
        """Clear what this program copied, where it is still there. X11's selection by mouse goes with it."""
        self.timer.stop()
        if self._copied and self._digest() == self._copied and self._is_own(QClipboard.Mode.Clipboard):
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._copied = b""
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        if self._replacing or not self._is_own(QClipboard.Mode.Clipboard):
            return
        text = self._clipboard.text()
        if not text:
            return
        self._copied = self._digest()
        self.timer.start()
        marked = QMimeData()
        marked.setText(text)
        for name, value in _HINTS.items():
            marked.setData(name, QByteArray(value))
        self._replacing = True
        try:
            self._clipboard.setMimeData(marked)
        finally:
            self._replacing = False

    def _is_own(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in _OWNERLESS:
            return True
        own = self._clipboard.ownsClipboard if mode is QClipboard.Mode.Clipboard else self._clipboard.ownsSelection
        return own()

    def _digest(self) -> bytes:
        """What is there, without keeping a second copy of it."""
        return hashlib.blake2b(self._clipboard.text().encode("utf-8", "surrogatepass"), key=self._salt).digest()
