"""What the log-in page offers beside the password."""

from django import template
from django.conf import settings

from accounts import providers

register = template.Library()


@register.simple_tag
def demo_logins():
    """People with .role .name .place .login .password; empty outside the demo."""
    return settings.DEMO_LOGINS if settings.DEMO else []


@register.simple_tag
def employers():
    """The employer's own log-ins: .name .log_in; empty when there is none."""
    return providers.providers()


@register.simple_tag
def ways_of(user):
    """(provider .name .link, identity) of each; the identity is None until the user has linked it."""
    return providers.ways_of(user)
