"""What the frame around every page shows; counted only when a page really draws the frame."""

from django.utils.functional import SimpleLazyObject

from desk import content


def frame(request):
    """`frame` around every page, `case_frame` around the pages of a case. None for somebody not logged in."""
    gate = getattr(request, "gate", None)
    if gate is None:
        return {"frame": None, "case_frame": None}
    case = request.case
    return {
        "frame": SimpleLazyObject(lambda: content.build_frame(gate, request.path)),
        "case_frame": case and SimpleLazyObject(lambda: content.build_case_frame(gate, case, request.resolver_match)),
    }
