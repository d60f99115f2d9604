"""What the tries of the timeline stand on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from marks_in_memory import model_of, some_marks
from timeline_on_screen import WIDTH
from vigtool.ui.timeline.timeline import Timeline


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    """Some marks on ten seconds of film, a thousand pixels wide."""
    made = Timeline(model_of(some_marks()))
    qtbot.addWidget(made)
    made.resize(WIDTH, made.board.height)
    made.show()
    return made
