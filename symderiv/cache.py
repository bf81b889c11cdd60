"""Certificates on disk.  What is loaded is only a proposal: the caller replays it, so a forged entry proves nothing."""

from __future__ import annotations

import json
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from symderiv.model.verdict import JsonValue

_KEY = re.compile(r"(sha256:)?[0-9a-f]{64}")


def folder() -> Path:
    """Where the certificates are: `$SYMDERIV_CACHE`, else `.symderiv-cache` in the working directory."""
    return Path(os.environ.get("SYMDERIV_CACHE") or ".symderiv-cache")


def load(key: str) -> JsonValue | None:
    """The certificate stored under `key` (sha256 of the encoded goal); None where there is none, or a damaged one."""
    file = _file(key)
    try:
        certificate: JsonValue = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return certificate


def store(key: str, certificate: JsonValue) -> None:
    """Stores `certificate` under `key`, in one stroke.  Where the disk does not allow it, nothing is stored."""
    file = _file(key)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")
        try:
            with open(handle, "w", encoding="utf-8") as stream:
                json.dump(certificate, stream, separators=(",", ":"))
            os.replace(name, file)
        except OSError:
            os.unlink(name)
            raise


def _file(key: str) -> Path:
    """One folder for each first byte.  Raises: ValueError for a key that is no sha256."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a sha256: {key!r}")
    digits = key.removeprefix("sha256:")
    return folder() / digits[:2] / f"{digits[2:]}.json"
