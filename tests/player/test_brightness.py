from __future__ import annotations

import numpy as np
import pytest

from vigtool.player.brightness import MOST, brightened

GREYS = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2)


@pytest.mark.parametrize("level", range(MOST + 1))
def test_shadows_are_lifted_and_nothing_is_clipped(level: int) -> None:
    shown = brightened(GREYS, level)
    lifted = shown[0, :, 0].astype(int)
    assert (lifted[0], lifted[255]) == (0, 255)
    assert (np.diff(lifted) >= 0).all()
    assert np.count_nonzero(lifted == 255) <= 4
    assert lifted[1] <= 16, "the noise of coding next to black is not blown up"
    assert (shown[0, :, :3] == shown[0, :, :1]).all()
    assert (shown[0, :, 3] == np.arange(256)).all(), "alpha stays"
    if level:
        before = brightened(GREYS, level - 1)[0, 1:255, 0].astype(int)
        assert (lifted[1:255] >= before).all()
        assert lifted[20] > before[19]


def test_as_filmed_is_the_very_same_picture() -> None:
    assert brightened(GREYS, 0) is GREYS
    kept = GREYS.copy()
    brightened(GREYS, 5)
    assert (kept == GREYS).all()


@pytest.mark.parametrize("level", [-1, MOST + 1])
def test_there_is_no_other_level(level: int) -> None:
    with pytest.raises(ValueError, match="brightness"):
        brightened(GREYS, level)
