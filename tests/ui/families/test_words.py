"""Whatever casework knows by name has a word in the window, and a kind that is added without one is found here."""

from __future__ import annotations

from enum import Enum

import pytest

from vigtool.casework.consent_answers import Scope
from vigtool.casework.copy import CopyKind, CopyOutcome
from vigtool.casework.disclosure import Basis
from vigtool.casework.member import StaffRole
from vigtool.casework.stray_copy import StrayPlace
from vigtool.casework.withdrawal import WhatToDo
from vigtool.ui.families.copy_words import basis_words, kind_words, outcome_words, to_do_words
from vigtool.ui.families.staff_words import role_name
from vigtool.ui.families.stray_words import place_words
from vigtool.ui.families.withdrawal_words import effect_words
from vigtool.ui.families.words import scope_chip, scope_question

WORDS = [
    (CopyKind, kind_words),
    (CopyOutcome, outcome_words),
    (WhatToDo, to_do_words),
    (Basis, basis_words),
    (StaffRole, role_name),
    (StrayPlace, place_words),
    (Scope, effect_words),
    (Scope, scope_chip),
    (Scope, scope_question),
]


@pytest.mark.parametrize(("kind", "words_of"), WORDS)
def test_everything_has_words_of_its_own(kind: type[Enum], words_of: object) -> None:
    said = [words_of(one) for one in kind]  # type: ignore[operator]  # each takes its own kind
    assert all(said)
    assert len(set(said)) == len(said)
