"""The Qt binding keeps its hands off the reference count of None.

PySide6 6.12.0 on Python 3.11 drops one reference to None at every call that returns nothing, and the process dies
after a few thousand. From Python 3.12 on None is immortal (PEP 683) and the count stands still whatever happens.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot


def test_none_survives_ten_thousand_calls(qtbot: QtBot) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        thing.setObjectName("x")
    after = sys.getrefcount(None)
    if sys.version_info >= (3, 12):
        assert after == before
        assert thing.objectName() == "x"
    else:
        assert abs(after - before) < 100
