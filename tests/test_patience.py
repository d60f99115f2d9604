"""No test fails because the machine it runs on has other things to do."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from patience import PATIENCE, PatientBot


def test_an_example_may_take_as_long_as_it_takes() -> None:
    assert settings().deadline is None


@pytest.mark.parametrize("name", [name for name in vars(QtBot) if name.startswith("wait")])
def test_every_wait_is_patient(qtbot: QtBot, name: str) -> None:
    """A wait that pytest-qt may add later names itself here; of those it has, nobody uses the one for callbacks."""
    given = inspect.signature(getattr(qtbot, name)).parameters.get("timeout")
    assert isinstance(qtbot, PatientBot)
    assert given is None or name == "waitCallback" or given.default == PATIENCE
