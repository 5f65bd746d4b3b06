"""The steps somebody takes at the door, for the tests of this folder."""

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tests.casting import PASSWORD

LOGIN, CODE = "/konto/login/", "/konto/faktorer/prova/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def log_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": getattr(user, "email", user), "password": password}, **extra)


def give_app(user):
    """The user already has an app with codes."""
    return TOTP.activate(user, SECRET).instance


def code(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def log_in_strongly(client, user):
    log_in(client, user)
    return client.post(CODE, {"code": code()})


def later(client, **sooner):
    """Age what the session remembers, as if its time had passed: `began=600, seen=600` seconds ago."""
    session = client.session
    for name, seconds in sooner.items():
        session[name] -= seconds
    session.save()


def log_in_at_once(client, user):
    """As somebody who has taken both steps, without the work of them."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
