from __future__ import annotations

from pathlib import Path

import pytest

from vigtool.settings import Settings, load_settings, save_settings, settings_file


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGTOOL_SETTINGS", str(tmp_path))


def test_what_was_saved_is_read_again() -> None:
    kept = Settings(theme="dark", mark_lead_ms=250, vault="/somewhere")
    save_settings(kept)
    assert load_settings() == kept


def test_only_differences_are_written_and_unknown_keys_stay() -> None:
    settings_file().write_text('# mine\nfuture = 3\ntheme = "dark"\n', encoding="utf-8")
    save_settings(Settings())
    text = settings_file().read_text(encoding="utf-8")
    assert "future = 3" in text
    assert "# mine" in text
    assert "theme" not in text


@pytest.mark.parametrize(
    "text",
    [
        "theme = 7",
        "theme = 'plaid'",
        "memory_mb = -1",
        "mark_lead_ms = true",
        "idle_minutes = 0",
        "review_minutes = 9999",
        "not toml [",
    ],
)
def test_a_value_that_cannot_be_used_is_passed_over(text: str) -> None:
    settings_file().write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_a_home_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    monkeypatch.setenv("VIGTOOL_SETTINGS", str(blocker / "under"))
    save_settings(Settings(theme="dark"))
    assert load_settings() == Settings()
