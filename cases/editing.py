"""Two who change the same thing at once."""


class EditedMeanwhile(Exception):
    """The row has another version than the one the form was made from: nothing is written, both texts are shown."""


def as_lines(facts):
    """Pairs of (word, value) as the text that a lost editor gets back."""
    return "\n".join(f"{word}: {_words(value)}" for word, value in facts if value not in ("", None, []))


def _words(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else value
