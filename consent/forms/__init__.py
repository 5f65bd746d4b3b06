"""The forms of consent."""
