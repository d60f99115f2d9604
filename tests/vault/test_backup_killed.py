"""A backup whose program is killed leaves those before it whole, and the next one clears up after it."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vault_case import PASSPHRASE, Case, add_film, never, silent, ticking
from vigtool.practice.backups import back_up, backups, unfinished_backups
from vigtool.practice.restoring import generations, restore
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

CHILD = """
import sys
from pathlib import Path
from vigtool.practice.backups import back_up
from vigtool.vault.vault import Vault
with Vault.open(Path(sys.argv[1]), sys.argv[3]) as vault:
    print("open", flush=True)
    while True:
        print(back_up(vault, Path(sys.argv[2]), whole=True).id, flush=True)
"""


def killed(folder: Path, stick: Path, after: float) -> list[str]:
    """Backups that were acknowledged before the program was killed."""
    words = [sys.executable, "-c", CHILD, str(folder), str(stick), PASSPHRASE]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(after)
        child.kill()
        return [line.strip() for line in child.stdout if line.endswith("\n")]


@pytest.mark.slow
def test_killed_in_the_middle(folder: Path, case: Case, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with Vault.open(folder, PASSPHRASE, clock=ticking) as vault:
        for number in range(3):
            add_film(vault, bytes([number]) * 700_000, case.family.id)
    acknowledged: list[str] = []
    for after in (0.03, 0.12, 0.3, 0.5):
        acknowledged += killed(folder, stick, after)
        if acknowledged:
            assert set(acknowledged) <= {each.backup for each in generations(stick)}
    with Vault.open(folder, PASSPHRASE, clock=ticking) as vault:
        assert set(acknowledged) <= {each.id for each in backups(vault)}
        last = back_up(vault, stick)
        assert unfinished_backups(vault) == []
        assert {each.id for each in backups(vault)} == {each.backup for each in generations(stick)}
        assert verify(vault, silent, never) == []
    assert not [*stick.rglob("*.part"), *stick.rglob(".new-*"), *stick.rglob(".old-*")]
    oldest, newest = generations(stick)[-1], generations(stick)[0]
    assert newest.backup == last.id
    for name, each in (("oldest", oldest), ("newest", newest)):
        assert restore(each.folder, tmp_path / name, PASSPHRASE).findings == ()
        assert each.made <= datetime.now(UTC)
