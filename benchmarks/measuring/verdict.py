"""Ratios against their bounds (docs/performance.md), the tables, and the file they are kept in."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

KEPT_IN = Path(__file__).parent.parent.parent / ".var" / "bench"


@dataclass(frozen=True)
class Bound:
    """`value` should be at most `target`, and must be at most `fail`."""

    what: str
    where: str
    value: float
    target: float
    fail: float

    @property
    def outcome(self):
        if self.value > self.fail:
            return "UNDERKÄNT"
        return "missat mål" if self.value > self.target else "ja"


def table(heads, rows):
    """Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def bounds_table(bounds):
    """One line per bound, with the worst place and the range over all places."""
    lines = []
    for what in dict.fromkeys(b.what for b in bounds):
        same = [b for b in bounds if b.what == what]
        worst = max(same, key=lambda b: b.value)
        span = f"{min(b.value for b in same):.2f}–{worst.value:.2f}"
        lines.append([what, span, worst.where, worst.target, worst.fail, worst.outcome])
    return table(["mått", "uppmätt", "högst hos", "mål", "gräns", "klarat"], lines)


def keep(name, facts, bounds):
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    path = KEPT_IN / f"{name}.json"
    kept = {"at": datetime.now().astimezone().isoformat(timespec="seconds"), **facts}
    kept["bounds"] = [asdict(b) | {"outcome": b.outcome} for b in bounds]
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False, default=str))
    return path
