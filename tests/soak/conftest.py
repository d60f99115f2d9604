"""Vaults are opened thousands of times here: what stretches a passphrase is asked once for each."""

from __future__ import annotations

import pytest

from soak_ground import stretch_once
from vigtool.crypto import keyslot


@pytest.fixture(autouse=True)
def _stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslot, "stretch", stretch_once)
