"""The films that tests are made of: their numbers can be trusted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers


@given(st.integers(0, 2**24 - 1), st.integers(72, 700), st.integers(48, 500))
def test_a_number_is_read_at_any_size(number: int, width: int, height: int) -> None:
    assert makers.read_number(makers.upright_picture(number, width, height)) == number


@pytest.mark.parametrize("way", range(1, 8))
def test_a_picture_that_does_not_stand_upright_is_not_read(way: int) -> None:
    seen = makers.upright_picture(77, 192, 128)
    turned = np.rot90(seen[:, ::-1] if way >= 4 else seen, way % 4)
    with pytest.raises(ValueError, match=r"upright|no number"):
        makers.read_number(np.ascontiguousarray(turned))


def test_noise_has_no_number() -> None:
    with pytest.raises(ValueError, match="no number"):
        makers.read_number(np.random.default_rng(1).integers(0, 256, (128, 192, 3)).astype(np.uint8))


def test_bursts_are_found_where_they_are() -> None:
    samples = np.zeros(3 * makers.RATE)
    samples[24_000:24_400] = 1
    samples[100_000:100_400] = -1
    assert makers.bursts(samples) == [0.5, 100_000 / 48_000]
