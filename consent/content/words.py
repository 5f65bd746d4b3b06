"""Kinds of data in the words of the consent form."""

from cases.models import Category


def words_for(categories):
    return tuple(str(c.label) for c in Category if c in categories)
