"""Fair timing on a noisy machine: everything in one run, in a new random order each round, medians."""

import gc
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from django.db import connection

SHORT = 15  # milliseconds


@dataclass(frozen=True)
class Times:
    """Milliseconds, one per round."""

    each: tuple[float, ...]

    @property
    def p50(self):
        return median(self.each)

    @property
    def p95(self):
        return quantiles(self.each, n=20)[-1] if len(self.each) > 1 else self.each[0]


def on_the_wall():
    """Seconds, waiting included: what a person notices on a machine that does nothing else."""
    return perf_counter()


def on_the_processor():
    """Seconds that this process and its database session have worked; the same however busy the machine is.

    Linux only, with the database on the same machine. Waiting for each other is not in it.
    """
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return process_time() + int(path.read_text().split()[0]) / 1e9


CLOCKS = {"vägg": on_the_wall, "processor": on_the_processor}


def interleaved(acts, rounds, *, clock=on_the_wall, best_of=1, seed=1):
    """{name: Times} for {name: function}; one round before, uncounted, warms what can be warm. With `best_of`, a
    round counts the fastest of so many in a row for what is short: the work without the wait for a busy processor."""
    shuffle = Random(seed).shuffle
    names = list(acts)
    seen = {name: [] for name in names}
    for count in range(rounds + 1):
        shuffle(names)
        gc.collect()
        for name in names:
            took = _fastest(acts[name], clock, best_of)
            if count:
                seen[name].append(took)
    return {name: Times(tuple(each)) for name, each in seen.items()}


def _fastest(act, clock, times):
    took = _time(act, clock)
    for _ in range(times - 1 if took < SHORT else 0):
        took = min(took, _time(act, clock))
    return took


def _time(act, clock):
    """Milliseconds. What an act must set right first, in its own `prepare`, is not counted."""
    getattr(act, "prepare", int)()
    gc.disable()
    try:
        start = clock()
        act()
        return (clock() - start) * 1000
    finally:
        gc.enable()
