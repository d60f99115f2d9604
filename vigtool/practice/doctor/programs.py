"""Whether the parts that the program is made of are those it was made for."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Final

from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order, unknown
from vigtool.vault.libraries import Libraries

_PYTHON: Final = (3, 11)
_SQLITE: Final = (3, 51, 3)  # before it, writing from two places could damage a database (WAL reset)
_REQUIREMENT: Final = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[[^]]*])?\s*([^;]*)$")
_BOUND: Final = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9.]+)")
_REPAIR: Final = "install the program anew, into an environment of its own"


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Whether Python is new enough."""
    said = f"Python {'.'.join(map(str, version))}"
    if version < _PYTHON:
        return not_in_order("python", f"{said} is too old", "install Python 3.11 or newer")
    return in_order("python", f"{said} on {platform.system()} {platform.machine()}")


def parts(required: list[str] | None, installed: Mapping[str, str]) -> Finding:
    """Whether each part is there, in a version that the program was made for.

    Args:
        required: as the program's own metadata names them; none where it was not installed.
        installed: versions by name, in small letters.
    """
    name = "parts"
    if not required:
        return unknown(name, "which parts the program needs is not written down here", _REPAIR)
    wrong = list(_wrong_parts(required, installed))
    if "opencv-python" in installed and "opencv-contrib-python-headless" in installed:
        wrong.append("opencv-python is there twice, and brings its own windows' parts")
    if wrong:
        return not_in_order(name, "; ".join(wrong), _REPAIR)
    av, qt = installed.get("av", "?"), installed.get("pyside6-essentials", "?")
    return in_order(name, f"all {len(required)} are as they should be, among them Qt {qt} and PyAV {av}")


def sqlite(libraries: Libraries) -> Finding:
    """Whether the records are kept by a SQLite without the fault that damaged databases."""
    if _numbers(libraries.sqlite) < _SQLITE:
        return not_in_order("records", f"SQLite {libraries.sqlite} can damage a vault", _REPAIR)
    return in_order("records", f"SQLite {libraries.sqlite}")


def ciphers(libraries: Libraries) -> Finding:
    """Whether new keys withstand a quantum computer too."""
    if not libraries.quantum_safe:
        return look_at(
            "encryption",
            f"{libraries.openssl} has no ML-KEM: keys are sealed with X25519 alone",
            "nothing is open because of that today; a newer system or program brings both",
        )
    return in_order("encryption", f"{libraries.openssl}, with ML-KEM beside X25519")


def required_parts() -> list[str] | None:
    """What the program's metadata says that it needs."""
    try:
        return [line for line in metadata.requires("vigtool") or [] if "extra ==" not in line]
    except metadata.PackageNotFoundError:
        return None


def installed_parts() -> dict[str, str]:
    """What is installed, by name in small letters with hyphens."""
    return {_plain(str(found.name)): found.version for found in metadata.distributions() if found.name}


def _wrong_parts(required: list[str], installed: Mapping[str, str]) -> Iterator[str]:
    """A few words for each part that is missing or of another version."""
    for line in required:
        parsed = _REQUIREMENT.match(line.split(";")[0].strip())
        if parsed is None:
            continue
        part, bounds = _plain(parsed[1]), parsed[2]
        version = installed.get(part)
        if version is None:
            yield f"{part} is missing"
        elif part.startswith("pyside6") and _numbers(version)[:2] == (6, 12) and sys.version_info < (3, 12):
            yield f"{part} {version} ends by itself on Python 3.11 after a while"
        elif not all(_holds(_numbers(version), sign, _numbers(bound)) for sign, bound in _BOUND.findall(bounds)):
            yield f"{part} {version} is not the version it was made for ({bounds.strip()})"


def _plain(name: str) -> str:
    """A name as all its spellings come to: PySide6_Addons, pyside6-addons."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _numbers(version: str) -> tuple[int, ...]:
    """`18.1.0` as (18, 1, 0); what is no number ends it."""
    found: list[int] = []
    for piece in version.split("."):
        digits = re.match(r"\d+", piece)
        if digits is None:
            break
        found.append(int(digits[0]))
        if digits[0] != piece:
            break
    return tuple(found)


def _holds(version: tuple[int, ...], sign: str, bound: tuple[int, ...]) -> bool:
    """Whether a version is within one bound; missing numbers count as 0."""
    width = max(len(version), len(bound))
    left, right = (numbers + (0,) * (width - len(numbers)) for numbers in (version, bound))
    return {
        ">=": left >= right, "<=": left <= right, "<": left < right, ">": left > right,
        "==": left == right, "!=": left != right,
    }[sign]  # fmt: skip
