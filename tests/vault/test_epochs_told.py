"""The newest key of a family cannot be made to go unseen, so that what comes next is written under an older one."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from users_case import Service
from vault_case import never, silent
from vigtool.practice.sharing import stop_sharing
from vigtool.vault import schema
from vigtool.vault.grants import EVERYTHING, EpochState
from vigtool.vault.keys_told import epochs_told
from vigtool.vault.log_book import entries
from vigtool.vault.verify import verify


@pytest.mark.parametrize("deep", [False, True])
def test_an_epoch_that_was_taken_away_is_named(service: Service, *, deep: bool) -> None:
    family = service.his.family.id
    with service.opened(service.bo) as vault:
        with vault.transaction("share") as writer:
            writer.keys.give(family, service.di, EVERYTHING)
        stop_sharing(vault, family, service.di, deep=deep)
        told = {domain: epoch for entry in entries(vault) for domain, epoch in epochs_told(entry.details)}
        with vault.core.storage.reading() as connection:
            epochs = select(schema.domain_epoch.c.epoch).where(schema.domain_epoch.c.domain == bytes.fromhex(family))
            newest = max(connection.execute(epochs).scalars())
        assert told[family] == newest
        assert verify(vault, silent, never) == []
        name = bytes.fromhex(family)
        with vault.core.storage.writing() as connection:  # as somebody does it who can write to the database
            connection.execute(
                delete(schema.domain_grant).where(
                    schema.domain_grant.c.domain == name, schema.domain_grant.c.epoch == newest
                )
            )
            connection.execute(
                delete(schema.footage).where(schema.footage.c.domain == name, schema.footage.c.epoch == newest)
            )
            connection.execute(
                delete(schema.domain_epoch).where(
                    schema.domain_epoch.c.domain == name, schema.domain_epoch.c.epoch == newest
                )
            )
            older = update(schema.domain_epoch).where(schema.domain_epoch.c.domain == name)
            connection.execute(older.values(state=int(EpochState.ACTIVE)))
    with service.opened(service.bo) as vault:
        named = [finding.what for finding in verify(vault, silent, never) if finding.object == family]
        assert "the newest key of a family is gone, and an older one is used" in named


def test_an_act_that_begins_none_names_none(service: Service) -> None:
    with service.opened(service.bo) as vault:
        with vault.transaction("nothing"):
            pass
        assert [*epochs_told(entries(vault)[-1].details)] == []
