"""What the gathering pages show, as frozen values built from a gate."""

from desk.content.case_frame import build_case_frame
from desk.content.frame import build_frame

__all__ = ["build_case_frame", "build_frame"]
