"""What is said when something goes wrong, and what is not."""

from __future__ import annotations

import sys
import threading

import pytest

from vigtool.errors import WrongPassphrase
from vigtool.ui.notices import Faults, Report, describe, words_of


def test_a_named_error_becomes_sentences() -> None:
    notice = words_of(
        WrongPassphrase("that passphrase opens nothing here", "try it again"), kept="the vault is as it was"
    )
    assert notice.title == "That passphrase opens nothing here"
    assert notice.kept == "The vault is as it was."
    assert notice.hint == "Try it again."
    assert notice.spoken == "That passphrase opens nothing here. The vault is as it was. Try it again."


def test_a_fault_is_told_without_anything_that_was_typed(caplog: pytest.LogCaptureFixture) -> None:
    secret = "Nadia /home/someone/kitchen.mov"

    def inner() -> None:
        raise OSError(secret)

    def outer() -> None:
        try:
            inner()
        except OSError as cause:
            raise KeyError(secret) from cause

    with pytest.raises(KeyError) as caught:
        outer()
    text = describe(caught.value)
    assert "Nadia" not in text + words_of(caught.value).spoken
    assert "kitchen" not in text
    assert "/" not in text
    assert "KeyError" in text
    assert "OSError" in text
    assert "test_notices" in text


def test_what_nobody_caught_is_kept_and_heard(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults = Faults()
    heard: list[Report] = []
    faults.listen(heard.append)
    faults.install()
    error = ValueError("Mina")
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [report.number for report in heard] == [1, 2]
    assert faults.reports == heard
    assert "Mina" not in caplog.text
    caplog.clear()
