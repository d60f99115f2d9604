"""Codes of families where several give them out: nobody sees the others' families, and no code is given twice.

The highest number ever given is kept where every colleague can read it; whoever works alone needs no such note.
"""

from __future__ import annotations

import re
from typing import Final

from vigtool.casework.family import Family
from vigtool.ids import new_id
from vigtool.practice.roles import is_alone
from vigtool.vault.shapes import Setting
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer

_SETTING: Final = "highest family code"
_CODE: Final = re.compile(r"F-(\d+)")


def codes_given(vault: Vault) -> list[str]:
    """Codes that are taken: those of one's own families, and the highest that anybody gave."""
    noted = [stored.value.value for stored in vault.all(Setting) if stored.value.name == _SETTING]
    return [*(stored.value.code for stored in vault.all(Family)), *noted]


def note_code(vault: Vault, writer: Writer, code: str = "") -> None:
    """Keep the highest code for the others, where there are others, or are about to be."""
    stored = next((each for each in vault.all(Setting) if each.value.name == _SETTING), None)
    if stored is None and code and is_alone(vault):
        return
    highest = max([code, *codes_given(vault)], key=_number, default="")
    if not _number(highest) or (stored is not None and stored.value.value == highest):
        return
    note = Setting(id=stored.id if stored else new_id(), name=_SETTING, value=highest)
    if stored is None:
        writer.add(note)
    else:
        writer.change(stored, note)


def _number(code: str) -> int:
    found = _CODE.fullmatch(code)
    return int(found[1]) if found else 0
