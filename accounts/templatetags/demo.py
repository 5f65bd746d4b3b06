"""Who one can be in the demo."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demo_logins():
    """People with .role .name .place .login .password; empty outside the demo."""
    return settings.DEMO_LOGINS if settings.DEMO else []
