"""What the gathering pages show, as frozen values built from a gate."""

from desk.content.case_frame import build_case_frame
from desk.content.day import build_day
from desk.content.events import build_history
from desk.content.first_meetings import build_first_meetings
from desk.content.frame import build_frame
from desk.content.glossary import GLOSSARY
from desk.content.links import register_link
from desk.content.log_review import build_visit, build_visits, find_visit, log_tabs, visit_row
from desk.content.overview import build_overview, meetings_ahead
from desk.content.profile import build_roles
from desk.content.search import find_cases
from desk.content.trace import build_log, build_readers, build_readers_paper, by_day, summed, tell
from desk.content.worklist import build_tabs, build_worklist_page, read_after

__all__ = [
    "GLOSSARY",
    "build_case_frame",
    "build_day",
    "build_first_meetings",
    "build_frame",
    "build_history",
    "build_log",
    "build_overview",
    "build_readers",
    "build_readers_paper",
    "build_roles",
    "build_tabs",
    "build_visit",
    "build_visits",
    "build_worklist_page",
    "by_day",
    "find_cases",
    "find_visit",
    "log_tabs",
    "meetings_ahead",
    "read_after",
    "register_link",
    "summed",
    "tell",
    "visit_row",
]
