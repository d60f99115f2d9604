"""Where the files that travel with the program are: inside the wheel, or in the checkout it runs from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def root() -> Traversable:
    """The folder of resources. Installed, it lies in the package; in a checkout, beside it.

    Raises:
        FileNotFoundError: where neither is there; the installation is broken.
    """
    installed = files("vigtool").joinpath("_resources")
    if installed.is_dir():
        return installed
    checkout = Path(__file__).resolve().parent.parent / "resources"
    if checkout.is_dir():
        return checkout
    message = "the program's own resource files are missing: install it again"
    raise FileNotFoundError(message)


def read_text(*parts: str) -> str:
    """The text of one resource, for instance `read_text("schemes", "attuned-v1.toml")`."""
    return root().joinpath(*parts).read_text(encoding="utf-8")


def read_bytes(*parts: str) -> bytes:
    """The bytes of one resource."""
    return root().joinpath(*parts).read_bytes()


def names(folder: str, suffix: str) -> list[str]:
    """The sorted names in one folder that end with `suffix`."""
    return sorted(item.name for item in root().joinpath(folder).iterdir() if item.name.endswith(suffix))
