"""Languages of captions and how long words take to read: plain rules, nothing of Qt."""

from __future__ import annotations

from fractions import Fraction

LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "bn": "বাংলা",
    "cs": "Čeština",
    "cy": "Cymraeg",
    "da": "Dansk",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "it": "Italiano",
    "lt": "Lietuvių",
    "nl": "Nederlands",
    "no": "Norsk",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sq": "Shqip",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""Languages that are offered, by their tag, each named in itself."""

_RIGHT_TO_LEFT = frozenset({"ar", "he", "ur", "fa", "ps", "yi", "ckb", "sd", "ug", "dv"})
# Fifteen signs a second: the pace at which subtitles are usually set for grown-up readers.
_SIGNS_A_SECOND = 15


def language_name(tag: str) -> str:
    """A language by its own name; the tag where it is none of those offered."""
    return LANGUAGES.get(tag) or LANGUAGES.get(_primary(tag)) or tag


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return _primary(tag) in _RIGHT_TO_LEFT


def seconds_to_read(text: str) -> int:
    """Whole seconds that a caption takes to be read without haste; 0 for none."""
    return -(-len(text.strip()) // _SIGNS_A_SECOND)


def fits(text: str, seconds: Fraction) -> bool:
    """Whether a caption can be read while its clip is shown."""
    return seconds_to_read(text) <= seconds


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
