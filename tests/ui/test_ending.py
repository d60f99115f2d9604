"""The system asks the program to end: the window closes as by its own button, and the vault is let go."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from vigtool import app
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.ui.ending import ended_by_signals
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


PROGRAM = """
import sys
from pathlib import Path
from vigtool import app
from vigtool.ui import application

make = application.make_window

def telling(*given):
    window = make(*given)
    window.workspace.desk_changed.connect(lambda: print("changed", flush=True))
    return window

application.make_window = telling
sys.exit(app.start(Path(sys.argv[1]), sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_the_window_ends_well_when_it_is_asked_to(tmp_path: Path) -> None:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    words = tmp_path / "words"
    words.write_text(WORDS + "\n", encoding="utf-8-sig")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VIGTOOL_SETTINGS": str(tmp_path)}
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "vault"), str(words)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    holder = tmp_path / "vault" / "vault.holder"
    assert running.stdout is not None
    assert running.stdout.readline() == "changed\n"
    assert holder.exists(), "the vault is open"
    running.terminate()
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "Traceback" not in said
    assert not holder.exists()


def test_handlers_are_put_back_and_what_is_ignored_stays_so() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell began in the background
        with ended_by_signals(lambda: None):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_passphrase_from_standard_input_keeps_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    for line, wanted in ((b"\xef\xbb\xbfgrow\r\nrest", "grow"), ("für".encode(), "für"), (b"\xff", "")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line)))
        assert app._first_line("-") == wanted
