"""Which library does the sums."""

from __future__ import annotations

from cryptography.hazmat.backends.openssl.backend import backend


def openssl_version() -> str:
    """Name and version, without the date of its making."""
    return " ".join(backend.openssl_version_text().split()[:2])
