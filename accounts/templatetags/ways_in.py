"""What the log-in page offers beside the password."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demo_logins():
    """People with .role .name .place .login .password; empty outside the demo."""
    return settings.DEMO_LOGINS if settings.DEMO else []


@register.simple_tag
def identity_name():
    """What the employer's own log-in is called; empty when there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""
