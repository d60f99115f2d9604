"""A picture that was shown before is asked about again: what was agreed to may have ended since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import gate_case
from gate_case import WORDS
from vigtool.casework.consent import Act, Scope
from vigtool.errors import ConsentMissing
from vigtool.practice import sharing
from vigtool.practice.film_history import film_history
from vigtool.practice.films import open_film
from vigtool.practice.opening import Opened
from vigtool.practice.withdrawal import withdraw
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault


def test_a_supervisor_is_shown_nothing_more_after_a_withdrawal(tmp_path: Path) -> None:
    case = gate_case.build(tmp_path)
    today = date.today()
    with Vault.open(case.folder, WORDS["sam"], case.users["sam"]) as vault:
        if not any(share.user == case.users["ruth"] for share in sharing.shared_with(vault, case.family)):
            sharing.share_family(vault, case.family, case.users["ruth"], on=today)
    with Vault.open(case.folder, WORDS["ruth"], case.users["ruth"]) as vault:
        desk = VaultDesk(Opened(vault, ()))
        assert desk.poster(case.film, 64, 36).shape == (36, 64, 4)
        open_film(vault, case.film)
        (seen,) = film_history(vault, case.film).seen
        assert seen.asked is Act.SHOW_SUPERVISOR
        withdraw(
            vault,
            family=case.family,
            signed_by=case.nadia,
            for_persons=(case.nadia,),
            scopes=[Scope.SUPERVISION],
            on=today,
        )
        with pytest.raises(ConsentMissing):
            desk.poster(case.film, 64, 36)
