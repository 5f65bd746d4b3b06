"""Medians and delays from counts, so that the database may count and nobody needs every row."""

DELAY_BUCKETS = ((0, 3), (4, 7), (8, 14), (15, 30), (31, None))


def median_from_counts(counts):
    """The exact median of {value: how many}; halfway between the middle two. None without any."""
    total = sum(counts.values())
    if not total:
        return None
    low, high = _value_at(counts, (total - 1) // 2), _value_at(counts, total // 2)
    middle = (low + high) / 2
    return int(middle) if middle == int(middle) else middle


def delay_buckets(counts):
    """How many of {days: how many} fall in each bucket, in order: [('0–3', n), ('4–7', n), … ('över 30', n)]."""
    if any(days < 0 for days in counts):
        raise ValueError("A meeting before the clock started is a mistake in the dates.")
    return [(_bucket_label(low, high), _count_between(counts, low, high)) for low, high in DELAY_BUCKETS]


def _value_at(counts, position):
    for value in sorted(counts):
        position -= counts[value]
        if position < 0:
            return value
    raise IndexError(position)


def _bucket_label(low, high):
    return f"över {low - 1}" if high is None else f"{low}–{high}"


def _count_between(counts, low, high):
    return sum(n for days, n in counts.items() if days >= low and (high is None or days <= high))
