"""Every film of the table, every question: what comes is what a plain decoding from the beginning shows."""

from __future__ import annotations

import pytest

from film_asking import asking
from film_questions import QUESTIONS
from film_table import FILMS


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("film", FILMS)
def test_the_player_conforms(film: str, question: str) -> None:
    asked = asking(film)
    QUESTIONS[question](asked)
    assert not asked.wrong, asked.wrong[:5]
