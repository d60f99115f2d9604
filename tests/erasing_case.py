"""Erasing a family or a film of a vault made for a test, and what to erase there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import vault_case
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.ids import Id
from vigtool.practice import erasing
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)
WHY = "the time of the service's rule is over"


def erase_family(vault: Vault, family: Id) -> Erasure:
    return erasing.erase_family(vault, family, reason=WHY, on=TODAY)


def erase_film(vault: Vault, film: Id, **more: Any) -> Erasure:
    return erasing.erase_film(vault, film, reason=WHY, on=TODAY, **more)


def filled(vault: Vault) -> tuple[Family, Family]:
    """Two families with a film and a written-over record each."""
    made = []
    for code in ("F-0001", "F-0002"):
        family = vault_case.add_family(vault, code)
        vault_case.add_film(vault, bytes(range(256)) * 300, family.id)
        with vault.transaction("change") as writer:
            writer.change(vault.get(Family, family.id), replace(family, place="kitchen " * 40))
        made.append(family)
    return made[0], made[1]
