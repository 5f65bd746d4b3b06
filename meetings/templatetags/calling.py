"""Words of a text that was written in and approved, on the page behind a personal link."""

from django import template

register = template.Library()


@register.simple_tag
def said(tongue, part, told):
    """`told`: the page's own (meetings/by_link.py), or one of its times."""
    return tongue.say(part, vars(told))
