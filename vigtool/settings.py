"""What a person prefers, in one readable file. Nothing in it names a family, a film or a word that was written.

The file is TOML in the platform's configuration folder. Only what differs from the default is written, keys that
this version does not know are kept, and a value that cannot be used is passed over for its default.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

_THEMES = ("rooms", "light", "dark")
_FOLDER_ENV = "VIGTOOL_SETTINGS"
_LONGEST_IDLE = 240
"""Minutes. A file written by hand cannot make it "never"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Preferences of this person on this machine.

    Attributes:
        theme: "rooms" (light, and dark where the picture counts), "light" or "dark" everywhere.
        language: of the screens, a BCP 47 tag; empty for the system's.
        mark_lead_ms: how far back a mark lands that was made while playing, in milliseconds.
        memory_mb: what decoded pictures may take, in MiB; 0 for a quarter of the machine's, at most 1024.
        slow_sound: whether sound is heard at a quarter of the speed and slower.
        vault: the folder that was opened last, offered again at the next start.
        idle_minutes: after so long without a key, the mouse or a playing film the vault locks.
        review_minutes: the same while a shared review is open, or a film goes round in a loop.
    """

    theme: str = "rooms"
    language: str = ""
    mark_lead_ms: int = 400
    memory_mb: int = 0
    slow_sound: bool = False
    vault: str = ""
    idle_minutes: int = 5
    review_minutes: int = 45


def settings_file() -> Path:
    """Where the preferences stand; the environment variable VIGTOOL_SETTINGS names another folder."""
    folder = os.environ.get(_FOLDER_ENV) or platformdirs.user_config_dir("vigtool", appauthor=False)
    return Path(folder) / "settings.toml"


def load_settings() -> Settings:
    """The preferences as they stand; the defaults where there is no file or it cannot be read."""
    written: dict[str, Any] = _document().unwrap()
    known = {f.name: written[f.name] for f in fields(Settings) if _fits(f.name, written.get(f.name))}
    return replace(Settings(), **known)


def save_settings(settings: Settings) -> None:
    """Write what differs from the defaults, keeping comments and unknown keys. Fails silently on a read-only home."""
    document = _document()
    default = Settings()
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value == getattr(default, field.name):
            document.pop(field.name, None)
        else:
            document[field.name] = value
    path = settings_file()
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(path)
    except OSError:  # preferences are a comfort: without them the work goes on
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _document() -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(settings_file().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TOMLKitError):
        return tomlkit.document()


def _fits(name: str, value: object) -> bool:
    match name:
        case "theme":
            return value in _THEMES
        case "slow_sound":
            return isinstance(value, bool)
        case "idle_minutes" | "review_minutes":
            return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LONGEST_IDLE
        case "mark_lead_ms":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000
        case "memory_mb":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 65_536
        case _:
            return isinstance(value, str)
