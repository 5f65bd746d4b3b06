"""Whole pages in this process: WSGI, all middleware, session, gate, SQL and template, without a network."""

import re
from contextlib import contextmanager
from importlib import import_module
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.urls import include, path, reverse
from django.views.decorators.http import require_GET

from desk import views
from desk.context_processors import frame

LINK = re.compile(r'href="/arenden/([0-9a-f-]{36})/"')


@require_GET
def empty(request):
    return HttpResponse("")


@require_GET
def bare_case(request, case):
    """What it costs to be let into a case and leave a trace, before anything of it is shown."""
    return HttpResponse("")


@require_GET
def still(request):
    """The list page with everything it shows already in memory: what rendering alone costs."""
    return render(request, *FROZEN[request.GET["sida"]])


FROZEN = {}
urlpatterns = [
    path("matning/tom/", empty, name="measured_empty"),
    path("matning/arende/<uuid:case_id>/", bare_case, name="measured_case"),
    path("matning/stilla/", still, name="measured_still"),
    path("", include("samverkan.urls")),
]


@contextmanager
def opened():
    """Yields the WSGI application with the two measured views beside the real ones."""
    with override_settings(ROOT_URLCONF=__name__, STATIC_ROOT=settings.BASE_DIR / "static"):
        yield get_wsgi_application()


def log_in(user):
    """The cookie of a new session."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Browser:
    """One reader's window: asks for an address, returns the body, and raises for anything but 200."""

    def __init__(self, application, user):
        self.application, self.cookie = application, log_in(user)

    def ask(self, address):
        meta = {"HTTP_COOKIE": self.cookie, "HTTP_X_FORWARDED_PROTO": "https", "HTTP_HOST": "localhost"}
        environ = RequestFactory().get(address).environ | meta
        started = []
        response = self.application(environ, lambda status, headers, *_: started.append(status))
        body = b"".join(response)
        response.close()
        if not started[0].startswith("200"):
            raise RuntimeError(f"{address}: {started[0]}")
        return body.decode()


def list_address(after=None):
    address = reverse("desk:cases")
    return f"{address}?efter={after[1]}" if after else address


def listed_ids(body):
    """The cases that a page links to, in order."""
    return [UUID(found) for found in dict.fromkeys(LINK.findall(body))]


def freeze(browser, address, key):
    """Keep template and context of the page, frame and all; returns the address where rendering alone is measured."""

    def keep(request, template, context=None, **kwargs):
        FROZEN[key] = template, frame(request) | (context or {})
        return render(request, *FROZEN[key], **kwargs)

    with patch.object(views, "render", keep):
        browser.ask(address)
    return f"{reverse('measured_still')}?sida={key}"
