"""Which libraries keep and seal the records here."""

from __future__ import annotations

from dataclasses import dataclass

from vigtool.crypto.kem import kem_available
from vigtool.crypto.library import openssl_version
from vigtool.vault.sqlite_engine import SQLITE_VERSION


@dataclass(frozen=True, slots=True)
class Libraries:
    """Versions as the libraries tell them themselves.

    Attributes:
        sqlite: such as 3.53.4.
        openssl: such as OpenSSL 4.0.3.
        quantum_safe: whether keys are sealed with ML-KEM too.
    """

    sqlite: str
    openssl: str
    quantum_safe: bool


def libraries() -> Libraries:
    """Those that are loaded now."""
    return Libraries(SQLITE_VERSION, openssl_version(), kem_available())
