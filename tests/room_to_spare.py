"""Whether what lies in a scrolling page fits into the width it has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea


def too_wide(page: QScrollArea) -> int:
    """How many pixels the content of a page asks for beyond the width of its room, every layout being settled."""
    inner = page.widget()
    assert inner is not None
    for _ in range(10):  # a layout that settles asks the one above it again
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()
    return max(0, inner.minimumSizeHint().width() - page.viewport().width(), inner.width() - page.viewport().width())
