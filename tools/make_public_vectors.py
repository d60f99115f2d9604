"""Make the compact extracts of public test vectors that stand under tests/vectors/wycheproof and tests/vectors/cctv.

    git clone https://github.com/C2SP/wycheproof; git clone https://github.com/C2SP/CCTV
    python tools/make_public_vectors.py wycheproof CCTV

Of Wycheproof: every vector of the primitives that the vault uses, each on one line and without what tests do not read
(keys in other spellings, references). Those for AES keys and nonces of lengths that the vault does not take are left
out but for one of each length. Of CCTV: age's vectors as they are, the armoured ones left out, in one ZIP.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

VECTORS = Path(__file__).parent.parent / "tests" / "vectors"
FILES: Final = {
    "aes_gcm": ("key", "iv", "aad", "msg", "ct", "tag"),
    "chacha20_poly1305": ("key", "iv", "aad", "msg", "ct", "tag"),
    "hkdf_sha256": ("ikm", "salt", "info", "size", "okm"),
    "ed25519": ("publicKey", "msg", "sig"),
    "x25519": ("private", "public", "shared"),
}
"""Which files of Wycheproof, and which fields of each test."""

NOTICE = """Test vectors of the Wycheproof project, https://github.com/C2SP/wycheproof, commit {commit},
licensed under the Apache License, Version 2.0 (the text is in LICENSE beside this file).

Changed: made compact by tools/make_public_vectors.py. Each line of a file is one test: a JSON array of its tcId, its
result (valid, invalid, acceptable), its comment, and the fields named in the file's first line, mostly as hexadecimal.
"""
CCTV_NOTICE = """age.zip holds the age test vectors of CCTV, https://github.com/C2SP/CCTV, commit {commit},
unchanged but for those with armor, which are left out. Copyright (c) 2022 The age Authors; available under the terms of
the Zero-Clause BSD, CC0 1.0, or Unlicense license, to your choice. Used here under 0BSD:

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.

The software is provided "as is" and the author disclaims all warranties with regard to this software including all
implied warranties of merchantability and fitness. In no event shall the author be liable for any special, direct,
indirect, or consequential damages or any damages whatsoever resulting from loss of use, data or profits, whether in an
action of contract, negligence or other tortious action, arising out of or in connection with the use or performance of
this software.
"""


def commit_of(repository: Path) -> str:
    """Which one was taken."""
    asked = ["git", "-C", str(repository), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def tests_of(document: dict[str, Any], fields: tuple[str, ...]) -> Iterator[list[Any]]:
    """Each test with the fields of its group."""
    foreign: set[tuple[int, int]] = set()
    for group in document["testGroups"]:
        lengths = (group.get("keySize", 256), group.get("ivSize", 96))
        if document["algorithm"] == "AES-GCM" and lengths != (256, 96):
            if lengths in foreign:
                continue
            foreign.add(lengths)
            group["tests"] = group["tests"][:1]
        shared = group["publicKey"]["pk"] if "publicKey" in group else None
        for test in group["tests"]:
            said = {"publicKey": shared, **test}
            yield [test["tcId"], test["result"], test["comment"], *(said[name] for name in fields)]


def wycheproof(repository: Path, to: Path) -> None:
    """Write one file for each primitive."""
    to.mkdir(parents=True, exist_ok=True)
    for name, fields in FILES.items():
        document = json.loads((repository / "testvectors_v1" / f"{name}_test.json").read_text(encoding="utf-8"))
        lines = [json.dumps(["tcId", "result", "comment", *fields])]
        lines += [json.dumps(test, separators=(",", ":")) for test in tests_of(document, fields)]
        (to / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="ascii")
    shutil.copy(repository / "LICENSE", to / "LICENSE")
    (to / "NOTICE").write_text(NOTICE.format(commit=commit_of(repository)), encoding="ascii")


def cctv(repository: Path, to: Path) -> None:
    """Write age's vectors into one ZIP, the same bytes each time."""
    to.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(to / "age.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted((repository / "age" / "testdata").iterdir()):
            data = file.read_bytes()
            if b"\narmored: yes\n" not in data.partition(b"\n\n")[0] + b"\n":
                out.writestr(zipfile.ZipInfo(file.name), data, zipfile.ZIP_DEFLATED)
    (to / "NOTICE").write_text(CCTV_NOTICE.format(commit=commit_of(repository)), encoding="ascii")


if __name__ == "__main__":
    wycheproof(Path(sys.argv[1]), VECTORS / "wycheproof")
    cctv(Path(sys.argv[2]), VECTORS / "cctv")
