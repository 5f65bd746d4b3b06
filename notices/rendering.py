"""Make a document that somebody asked for: claim it, decide again, draw it, keep it."""

from functools import partial

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404

from audit.context import beyond, transaction_for
from notices import pdf
from notices.models import Document

logger = structlog.get_logger(__name__)
NOT_ALLOWED = "Du kan inte längre öppna det som dokumentet handlar om."


def make(document_id, build):
    """`build(document) -> (template, context)` opens the gate for `requested_by`; its trace is written in the same
    transaction as what it reads. Drawing waits until that has ended, so that a withdrawal never waits for a PDF.

    May run twice: only one run claims the row, and a run that was given up on stores nothing.
    """
    with beyond("sending"):
        document = Document.objects.select_related("requested_by").claim(document_id)
    if document is None:
        return
    try:
        with transaction_for({}):
            html = pdf.write(*build(document), lang=document.options.get("lang", "sv"))
        content, pages = pdf.draw(html)
    except (Http404, PermissionDenied):
        finish = partial(document.fail, NOT_ALLOWED)
    except pdf.EngineMissing:
        logger.warning("pdf_engine_missing", document=document_id)
        finish = partial(document.fail, Document.NO_ENGINE)
    else:
        finish = partial(document.keep, content, pages)
    with beyond("sending"):
        finish()
