"""A film that was erased and stands there again: put back by hand, in an older state, or in another's reel."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

import vault_case
from erased import rows_of
from erased_films_case import fill
from erasing_case import TODAY, WHY, erase_film
from postgres import Server
from vault_case import PASSPHRASE, findings
from vigtool.annotate.reel import Reel
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.practice import erasing
from vigtool.practice.retention import place_hold
from vigtool.vault import audit_check, log_book, schema, tombstones
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault


def test_an_erased_film_that_is_put_back_is_found(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    older, grants = rows_of(fresh, kept.family.id)
    erase_film(fresh, kept.first)
    film = next(row for row in older if row["id"].hex() == kept.first)
    with fresh.core.storage.writing() as connection:
        connection.execute(insert(schema.revision).values(film))
    assert kept.first in {finding.object for finding in log_book.check(fresh)}
    with fresh.core.storage.writing() as connection:
        connection.execute(delete(schema.revision).where(schema.revision.c.id == film["id"]))
        connection.execute(insert(schema.domain_grant).values(grants))
    assert [finding.object for finding in log_book.check(fresh)] == [kept.family.id]


def test_a_film_older_than_the_log_is_erased_and_the_rest_still_vouched_for(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    with fresh.core.storage.writing() as connection:
        connection.execute(delete(schema.audit))
        digests = list(connection.execute(select(schema.revision.c.digest)).scalars())
        known: dict[str, str | int] = {"revisions": len(digests), "digest": audit_check.baseline_of(digests)}
        fresh.core.audit.enter(connection, audit_check.BASELINE, vault_case.ticking(), details=known)
    erase_film(fresh, kept.first)
    assert findings(fresh) == []
    erase_film(fresh, list(kept.films)[1])
    assert findings(fresh) == []


def test_an_older_state_loses_the_film_again_and_says_so(tmp_path: Path, place: Server | None) -> None:
    del place
    older = tmp_path / "older"
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        kept = fill(vault, "F-0001")
        later = fill(vault, "F-0002", 1, stand_ins=False)
    vault_case.copy(tmp_path / "fresh", older)
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        first, whole = erase_film(vault, kept.first), erase_film(vault, later.first)
        family = erasing.erase_family(vault, later.family.id, reason=WHY, on=TODAY)
        told = tombstones.export_list(vault)
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        place_hold(vault, kept.family.id, reason="an older one", on=TODAY)
        listed = tombstones.check_list(told, vault).erasures
        assert erasing.still_standing(vault, listed) == [first, whole, family]
        assert set(erasing.reapply(vault, listed)) == {first, family}, "the family took its film along"
        assert erasing.still_standing(vault, listed) == []
        assert {each.id for each in erasing.erasures(vault)} == {first.id, whole.id, family.id}
        assert [stored.id for stored in vault.all(Film)] == [list(kept.films)[1]]
        assert findings(vault) == []


def test_a_film_that_this_user_cannot_open_stays_and_is_told(tmp_path: Path, place: Server | None) -> None:
    del place
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        kept = fill(vault, "F-0001", 1, stand_ins=False)
    vault_case.copy(tmp_path / "fresh", tmp_path / "older")
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase_film(vault, kept.first)
    with Vault.open(tmp_path / "older", PASSPHRASE, clock=vault_case.ticking) as vault:
        vault.core.keyring.lose(kept.family.id, [1])
        vault.core.keyring.settle(kept=True)
        assert erasing.reapply(vault, [erasure]) == ()
        assert erasing.still_standing(vault, [erasure]) == [erasure]
        assert erasing.erasures(vault) == [erasure]
    with Vault.open(tmp_path / "older", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert erasing.back_again(vault) == [erasure], "it is told at each opening"
        assert erasing.reapply(vault, erasing.back_again(vault)) == (erasure,)
        assert erasing.back_again(vault) == []
        assert len(erasing.erasures(vault)) == 1
        assert findings(vault) == []


def test_anothers_reel_loses_the_clip_too_and_nothing_else_of_anothers_is_excused(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    theirs = Reel(id=new_id(), family=kept.family.id, author=new_id(), clips=kept.reels[0].clips)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vigtool.vault.drafting.Drafts._check_mine", lambda *_: None)
        with fresh.transaction("reel new") as writer:
            written = writer.add(theirs)
    assert [finding.object for finding in findings(fresh)] == [theirs.id]
    with fresh.core.storage.writing() as connection:  # as if its author had signed it
        row = select(schema.revision).where(schema.revision.c.digest == written.digest)
        assert connection.execute(row).first() is not None
    erase_film(fresh, kept.first)
    stored = fresh.get(Reel, theirs.id)
    assert stored.value.clips == theirs.clips[1:]
    assert stored.owner == theirs.author
    assert len(audit_check.written_by_erasures(fresh.core)) >= 3
    assert [finding.object for finding in findings(fresh)] == [theirs.id], "the first one is still another's"
