"""A pipe, a device or a folder in the place of a file keeps nobody waiting: it is as if nothing were there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE
from vigtool.errors import FilmMissing
from vigtool.vault import footage
from vigtool.vault.reading_back import forget_file, opened_afresh
from vigtool.vault.regular import open_regular
from vigtool.vault.vault import Vault

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", ["pipe", "device", "folder", "nothing"])
def test_only_a_file_is_opened(tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "pipe":
        os.mkfifo(place)
    elif what == "folder":
        place.mkdir()
    elif what == "device":
        place.symlink_to("/dev/zero")
    for opens in (open_regular, opened_afresh):
        with pytest.raises(OSError):  # noqa: PT011 - which one is the system's to say
            opens(place)
    forget_file(place)


def test_a_file_and_a_link_to_one_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("file")
    for name in ("file", "link"):
        with open_regular(tmp_path / name) as file:
            assert file.read() == b"bytes"


@pytest.mark.timeout(60)
def test_a_pipe_in_the_place_of_a_film_is_a_missing_film(tmp_path: Path) -> None:
    case = vault_case.build(tmp_path / "vault")
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        sealed = case.film.footage
        place = vault.core.folder.footage_file(sealed.file)
        place.unlink()
        os.mkfifo(place)
        with pytest.raises(FilmMissing):
            footage.opener(vault, sealed, case.family.id)()
        assert case.film.id in {finding.object for finding in vault_case.findings(vault)}
