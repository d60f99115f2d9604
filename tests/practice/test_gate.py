"""The gate: every act, every scope, every way people can stand to it; and that the table notices a gate taken away."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import gate_case
from gate_case import ACTS, BY_SOMEBODY_ELSE, NEEDS, PURPOSES, SCOPES, STATES, Case, State, opened, wrong_cells
from vigtool.casework.consent import Act, Decision, Scope
from vigtool.practice import copies, film_exports, films, seeing, sharing
from vigtool.vault.vault import Vault

GATES: dict[str, tuple[ModuleType, Act]] = {
    "share with supervisor": (sharing, Act.SHOW_SUPERVISOR),
    "share with peer": (sharing, Act.SHOW_PEERS),
    "watch as supervisor": (seeing, Act.SHOW_SUPERVISOR),
    "watch as peer": (seeing, Act.SHOW_PEERS),
    "parent's copy": (copies, Act.COPY),
    "still": (film_exports, Act.PHOTOGRAPHS),
    "film for a parent": (film_exports, Act.COPY),
    "marks for a parent": (copies, Act.COPY),
    **{f"film for {purpose}": (film_exports, copies.PURPOSES[purpose]) for purpose in PURPOSES},
    **{f"marks for {purpose}": (copies, copies.PURPOSES[purpose]) for purpose in PURPOSES},
}
"""Where each act asks, and for what."""


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("gate"))


@pytest.fixture(autouse=True)
def quick(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked, not how a film is made, is tried here: the bytes are others, everything around them is real."""

    def render(*arguments: Any, **_: Any) -> str:
        arguments[2].write(b"a short film")
        return "made"

    def film_copy(*arguments: Any, **_: Any) -> None:
        arguments[3].write(b"a film")

    def examine(*_: Any, **__: Any) -> tuple[Any, Any]:
        return looked_at

    looked_at = case.looked_at
    monkeypatch.setattr(films, "examine", examine)
    monkeypatch.setattr(copies, "render", render)
    monkeypatch.setattr(film_exports, "write_film_copy", film_copy)


def test_the_table_has_every_act_that_asks() -> None:
    assert {act for act, needs in NEEDS.items() if needs} == set(GATES)
    assert len(ACTS) * len(SCOPES) * len(STATES) == 22 * 8 * 7
    for act, (_, asked) in GATES.items():
        assert asked.scope in NEEDS[act]
        assert Scope.FILM in NEEDS[act]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("who", ["sam", "ruth", "kim"])
def test_every_cell_of_an_act_and_a_scope_that_it_needs(scope: Scope, who: str, case: Case, tmp_path: Path) -> None:
    acts = [act for act in done_by(who) if scope in NEEDS[act]]
    with opened(case, tmp_path, who) as trying:
        assert wrong_cells(trying, acts, scope) == []


@pytest.mark.slow
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("who", ["sam", "ruth", "kim"])
def test_every_cell(scope: Scope, who: str, case: Case, tmp_path: Path) -> None:
    with opened(case, tmp_path, who) as trying:
        assert wrong_cells(trying, done_by(who), scope) == []


def done_by(who: str) -> list[str]:
    return [act for act in ACTS if BY_SOMEBODY_ELSE.get(act, "sam") == who]


@pytest.mark.parametrize("act", GATES)
def test_a_gate_taken_away_is_noticed(act: str, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, gone = GATES[act]
    real = module.require

    def require(vault: Vault, asked: Act, *arguments: Any, **named: Any) -> Decision:
        return Decision(allowed=True) if asked is gone else real(vault, asked, *arguments, **named)

    with opened(case, tmp_path, BY_SOMEBODY_ELSE.get(act, "sam")) as trying:
        monkeypatch.setattr(module, "require", require)
        wrong = wrong_cells(trying, [act], gone.scope)
    refused = [state for state in STATES if not gate_case.expected(act, gone.scope, state)]
    assert wrong == [(act, state) for state in refused]
    assert State.REFUSED in refused
