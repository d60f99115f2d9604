"""A colleague has the vault's own key and a program of their own, and enters in another's name."""

from __future__ import annotations

from dataclasses import replace

from users_case import ON, Service
from vault_case import never, silent
from vigtool.casework.member import Member, StaffRole
from vigtool.practice.families import add_family
from vigtool.practice.sharing import shared_with
from vigtool.vault import payload
from vigtool.vault.schema import revision
from vigtool.vault.verify import verify


def test_an_entry_in_the_name_of_a_lead_who_did_not_sign_it_does_not_count(service: Service) -> None:
    with service.opened(service.bo) as vault:
        (before,) = [stored for stored in vault.all(Member) if stored.value.user == service.bo]
        lead = replace(before.value, roles=(StaffRole.LEAD,))
        forged = replace(
            before, value=lead, revision=before.revision + 1, previous=before.digest, writer=service.lea, others=()
        )
        row, _ = vault.core.seals.seal(forged, payload.to_map(lead, 1))
        with vault.core.storage.writing() as connection:
            connection.execute(revision.insert().values(**row.columns()))
    with service.opened(service.lea) as vault:
        assert vault.get(Member, before.id).value == lead, "it stands there"
        family = add_family(vault, name="New", on=ON).family
        assert service.bo not in {share.user for share in shared_with(vault, family.id)}
        assert before.id in {finding.object for finding in verify(vault, silent, never)}
