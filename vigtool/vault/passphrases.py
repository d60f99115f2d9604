"""What may be asked about passphrases before there is a vault: for the rooms above, which hold no keys."""

from __future__ import annotations

from vigtool.crypto.passphrase import LEAST_COST, StretchCost, check_strength, suggest

__all__ = ["LEAST_COST", "StretchCost", "check_strength", "suggest"]
