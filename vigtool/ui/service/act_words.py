"""The acts of the audit log as people say them. An act that is not in the table is shown as it is written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_STAGES = {
    "begin": "begun",
    "given up": "its place said to be lost",
    "not printed": "it was not printed",
    "stopped": "stopped half-way",
    "tidied": "put in order after a stop",
    "whole": "written, not yet in place",
}
_WORDS = {
    "audit checkpoint": "Checkpoint saved",
    "audit export": "Log handed out as a table",
    "backup": "Backup made",
    "backup begin": "Backup begun",
    "backup expire": "Backup past its time taken away",
    "backup gone": "Backup said to be gone",
    "backup stopped": "Backup stopped half-way",
    "baseline": "Older records vouched for",
    "card check": "Colleague's card compared",
    "card vouched": "Colleague's card vouched for",
    "certificate apply": "Erased again as a certificate says",
    "colleague add": "Colleague added",
    "colleague leave": "Colleague left",
    "colleague roles": "Colleague's roles changed",
    "consent capacity": "Capacity to decide noted",
    "consent decide": "Lead decided on consent",
    "consent give": "Consent entered",
    "consent withdraw": "Consent withdrawn",
    "copy settle": "What became of a copy entered",
    "cycle begin": "Cycle begun",
    "cycle change": "Cycle changed",
    "disclose film": "Film disclosed",
    "disclose marks": "Marks disclosed",
    "drafts forget": "What was half typed let go",
    "erasure certificate": "Certificate of erasure saved",
    "erasure certificate print": "Certificate of erasure printed",
    "erasure enter": "Erasure entered",
    "families into care": "Families taken into care",
    "family add": "Family begun",
    "family change": "Family changed",
    "family erase": "Family erased",
    "family key": "Key of a family's films handed out",
    "family open": "Family opened",
    "family reassign": "Family given to a colleague",
    "family rekey": "Family sealed under new keys",
    "family safety": "Safety at home written down",
    "family share": "Family shared",
    "family unshare": "Sharing of a family ended",
    "film add": "Film brought in",
    "film erase": "Film erased",
    "film export": "Whole film handed out",
    "film frame": "Photograph handed out",
    "film kept": "Something made of a film kept",
    "film open": "Film opened",
    "film play": "Film played",
    "film source erase": "File on the card erased",
    "films side by side": "Two films laid side by side",
    "hold lift": "Legal hold lifted",
    "hold place": "Legal hold placed",
    "key renew": "Vault sealed under new keys",
    "label change": "Label before unlocking changed",
    "layer begin": "Layer of marks begun",
    "letter print": "Letter of a withdrawal printed",
    "letter save": "Letter of a withdrawal handed out",
    "lock": "Locked",
    "mark export": "Table of marks handed out",
    "marks change": "Marks changed",
    "organisation key refuse": "Organisation holds no recovery key",
    "organisation key set": "Organisation given a recovery key",
    "name change": "Own name written down",
    "passphrase change": "Passphrase changed",
    "person add": "Person added",
    "place keep": "Place kept for after the lock",
    "place take": "Came back to the same place",
    "recovery key set": "Recovery sheet made",
    "reel change": "Reel changed",
    "reel new": "Reel begun",
    "reel render": "Parent's copy handed out",
    "reminders set": "Reminders set",
    "restore": "Restored from a backup",
    "retention remove": "Rule of keeping taken away",
    "retention set": "Rule of keeping set",
    "scrub": "Every film read through",
    "session add": "Session written down",
    "still change": "Still changed",
    "still keep": "Still kept",
    "still remove": "Still removed",
    "stray copy gone": "Stray copy said to be gone",
    "stray copy note": "Stray copy noted",
    "unlock": "Unlocked",
    "unlock failed": "Wrong passphrase",
    "vault create": "Vault made",
}

GROUPS = (
    ("", "Everything"),
    ("family open", "Families opened"),
    ("film open", "Films opened"),
    ("film play", "Films played"),
    ("unlock", "Unlocking"),
    ("unlock failed", "Wrong passphrases"),
    ("reel render", "Parents' copies"),
    ("film export", "Whole films out"),
    ("disclose", "Disclosures"),
    ("consent", "Consent"),
    ("family share", "Sharing"),
    ("colleague", "Colleagues"),
    ("backup", "Backups"),
    ("audit", "This log"),
)
"""What the log can be filtered by: the words that an act begins with, and how it is said."""


def act_words(act: str) -> str:
    """An act as people say it."""
    say = QCoreApplication.translate
    name, _, stage = act.partition(": ")
    words = say("Acts", _WORDS[name]) if name in _WORDS else name[:1].upper() + name[1:]
    if not stage:
        return words
    return say("Acts", "{0}: {1}").format(words, say("Acts", _STAGES.get(stage, stage)))


def group_words() -> list[tuple[str, str]]:
    """The groups with their words in the person's language."""
    return [(act, QCoreApplication.translate("Acts", words)) for act, words in GROUPS]
