"""A collection of loop programs in JSON, from the folder that SYMDERIV_LOOPS names, as texts of `.loops` files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

VARIABLE = "SYMDERIV_LOOPS"


def cases() -> list[dict[str, Any]]:
    """The cases of `cases.json`; none where the variable is not set."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return []
    found: list[dict[str, Any]] = json.loads((Path(folder) / "cases.json").read_text(encoding="utf-8"))["cases"]
    return found


def text_of(case: dict[str, Any], backward: list[str]) -> str:
    """One case with its own backward loops or with others."""
    lines = [f"size {left} = {right}" for left, right in (r.split("=") for r in case["size_relations"])]
    lines += [f"index {index} in {size}" for index, size in case["index_ranges"].items()]
    for name, sizes in case["inputs"].items():
        shape = f"[{','.join(sizes)}]" if sizes else ""
        if name in case["integer_inputs"]:
            lines.append(f"integer {name}{shape} in {case['integer_inputs'][name]}")
        else:
            lines.append(f"{'input' if sizes else 'scalar'} {name}{shape}")
        if name in case["positive"]:
            lines.append(f"positive {name}{shape.lower()}")
    for name in case["outputs"]:
        sizes = case["shapes"].get(name, [])
        shape = f"[{','.join(sizes)}]" if sizes else ""
        lines.append(f"output {name}{shape}{' with grad 1' if name in case['unit_cotangent'] else ''}")
    lines += [*case["forward"], "backward " + ", ".join(case["checked_gradients"])]
    lines += [f"average {name}" for name in case["averaged_params"]]
    return "\n".join([*lines, *backward]) + "\n"
