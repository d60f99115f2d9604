"""A colleague was given a key that opens nothing of the family: that is no damage, and nothing is done by it."""

from __future__ import annotations

import pytest

from users_case import Service
from vault_case import never, silent
from vigtool.annotate.mark import Mark
from vigtool.crypto.keys import DomainKey
from vigtool.errors import SealBroken
from vigtool.practice.colleagues import card_words, check_card
from vigtool.vault import carried_rows
from vigtool.vault.grants import EVERYTHING, OpenKey
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def shared_with_di(service: Service) -> str:
    """The id of Bo's family, which Di has a key of as well."""
    family = service.his.family.id
    with service.opened(service.di) as vault:
        words, own = card_words(vault), card_words(vault, service.bo)
        check_card(vault, service.bo, " ".join(own))
    with service.opened(service.bo) as vault:
        check_card(vault, service.di, " ".join(words))
        with vault.transaction("family share", [family, service.di]) as writer:
            writer.keys.give(family, service.di, EVERYTHING)
    return family


def try_to_rekey(vault: Vault, family: str) -> None:
    deep_rekey(
        vault, family, keep_users=None, act="family rekey", objects=[family], giving_up=None,
        report=silent, cancelled=never,
    )  # fmt: skip


def with_wrong_key(vault: Vault, family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, other = vault.core.keyring, DomainKey.generate(family)
    real = type(keyring).key

    def key(self: object, domain: str, epoch: int) -> OpenKey:
        if (domain, epoch) == (family, 1):
            return OpenKey(other.item_key(), other.footage_identity())
        return real(keyring, domain, epoch)

    monkeypatch.setattr(type(keyring), "key", key)


def test_nothing_is_left_behind_under_a_key_that_others_have(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    family = shared_with_di(service)
    with service.opened(service.di) as vault, monkeypatch.context() as patch:
        with_wrong_key(vault, family, patch)
        with pytest.raises(SealBroken, match="can be opened with it"):
            try_to_rekey(vault, family)
    with service.opened(service.bo) as vault:
        assert vault.get(Mark, service.mark.id).value == service.mark
        assert vault.core.keyring.epochs(family) == [1]
        assert verify(vault, silent, never) == []


def test_without_that_question_everything_would_be_lost(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    family = shared_with_di(service)
    with service.opened(service.di) as vault, monkeypatch.context() as patch:
        with_wrong_key(vault, family, patch)
        patch.setattr(carried_rows, "_refuse_wrong_keys", lambda *_: None)
        try_to_rekey(vault, family)
    with service.opened(service.bo) as vault, pytest.raises(SealBroken):
        vault.get(Mark, service.mark.id)
