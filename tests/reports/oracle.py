"""The same month by plain loops over plain values, written from the definitions and not from the code."""

from collections import Counter
from datetime import timedelta
from statistics import median as middle

from tests.reports.stories import COPIES


def month_of(day):
    return (day.year, day.month)


def end_of_month(day):
    later = day.replace(day=28) + timedelta(days=4)
    return later - timedelta(days=later.day)


def came_of(story):
    """in_time, late, missed or excluded, as known when the month of the due date ended."""
    known_to = end_of_month(story.due_on)
    if story.met_on and story.met_on <= story.due_on:
        return "in_time"
    if story.met_on and story.met_on <= known_to:
        return "late"
    if not story.met_on and story.clock_closed_on:
        if story.clock_closed_on <= story.due_on:
            return "excluded"
        if story.clock_closed_on <= known_to and rested(story):
            return "excluded"
    return "missed"


def rested(story):
    if not story.hold:
        return False
    since, until = story.hold
    closed = story.clock_closed_on
    return since <= story.due_on and since <= closed and (until is None or until >= closed)


def cohort(stories, since, until):
    return [s for s in stories if since <= s.due_on <= until and came_of(s) != "excluded"]


def share(stories, since, until):
    """(met, all) in persons."""
    all_of_them = cohort(stories, since, until)
    return COPIES * sum(came_of(s) == "in_time" for s in all_of_them), COPIES * len(all_of_them)


def late(stories, since, until):
    def explained(s):
        return s.hold is not None and s.hold[0] <= end_of_month(s.due_on)

    counts = Counter((came_of(s), explained(s)) for s in cohort(stories, since, until))
    order = [("late", True), ("late", False), ("missed", True), ("missed", False)]
    return tuple(COPIES * counts[key] for key in order)


def sexes(stories):
    counts = Counter(s.sex for s in stories)
    return {sex: COPIES * counts[sex] for sex in ("woman", "man", "unknown")}


def opened(stories, since, until):
    return [s for s in stories if since <= s.opened_on <= until]


def closed(stories, since, until):
    return [s for s in stories if s.closed_on and not s.reopened_on and since <= s.closed_on <= until]


def open_on(stories, day):
    return [s for s in stories if s.opened_on <= day and (not s.closed_on or s.reopened_on or s.closed_on > day)]


def exits(stories, since, until):
    found = [s for s in stories if s.closed_on and since <= s.closed_on <= until]
    return [s for s in found if s.reopened_on is None or s.reopened_on > until]


def waited(stories, since, until):
    return [(s, (s.met_on - s.opened_on).days) for s in stories if s.met_on and since <= s.met_on <= until]


def active(stories, since, until):
    found = []
    for s in stories:
        if s.met_on and s.milestones:
            day = max(min(starts for starts, *_rest in s.milestones), s.met_on)
            if since <= day <= until:
                found.append((s, (day - s.met_on).days))
    return found


def median(waits, sex=None):
    days = [n for s, n in waits if sex in (None, s.sex)]
    return middle(days) if days else None


def held(stories, since, until):
    return [(s, m) for s in stories for m in s.meetings if m[3] and since <= m[0] <= until]


def absent(stories, since, until):
    return [(s, m) for s in stories for m in s.meetings if not m[3] and since <= m[0] <= until]


def agreed_on(story):
    """The day the last one agreed, or None."""
    for _made, person, lead, party in story.versions:
        yes = [person, lead, *([party] if story.has_party else [])]
        if all(yes):
            return max(yes)
    return None


def with_plan(stories, day):
    return [
        s
        for s in open_on(stories, day)
        if agreed_on(s) and agreed_on(s) <= day and (s.plan_ended_on is None or s.plan_ended_on > day)
    ]


def reached(stories, since, until):
    return [s for s in stories for m in s.milestones if m[2] == "done" and since <= m[3] <= until]


def promises(stories, since, until):
    due = [m for s in stories for m in s.milestones if m[2] != "ended" and since <= m[1] <= until]
    return COPIES * sum(m[2] == "done" and m[3] <= m[1] for m in due), COPIES * len(due)
