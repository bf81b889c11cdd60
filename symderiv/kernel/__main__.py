"""`python -m symderiv.kernel FILE`: replays the certificates in a report, with the standard library and python-flint
only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from symderiv.kernel.certificates import Json, replay_certificates


def main(arguments: list[str]) -> int:
    """0 when every certificate is accepted, 1 when one is rejected, 2 when there is nothing to replay."""
    if len(arguments) != 1:
        print("usage: python -m symderiv.kernel REPORT.json", file=sys.stderr)
        return 2
    try:
        document: Json = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    found = document.get("certificates") if isinstance(document, dict) else None
    if not isinstance(found, dict):
        print(f"{arguments[0]}: no certificates", file=sys.stderr)
        return 2
    outcomes = replay_certificates(found)
    for name, message in outcomes.items():
        if message:
            print(f"{name}: rejected: {message}")
    rejected = sum(1 for message in outcomes.values() if message)
    print(f"{len(outcomes) - rejected} of {len(outcomes)} certificates accepted")
    return 1 if rejected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
