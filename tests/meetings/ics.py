"""A second reader of calendar files, by hand from RFC 5545 and with dateutil for the time zone's rules: nothing of
the library that writes them."""

import re
from datetime import UTC, datetime
from io import StringIO

from dateutil.tz import tzical

LINE = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$')


def lines(text):
    """Unfolded content lines; every physical line ends in CRLF and has at most 75 octets."""
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in physical)
    assert max(len(line.encode()) for line in physical) <= 75
    return "\r\n".join(physical).replace("\r\n ", "").split("\r\n")


def read(text):
    """{"METHOD": …, "events": [{name: (value, parameters)}]}; times are aware."""
    found, calendar, event, open_parts = lines(text), {"events": []}, None, []
    zone = tzical(StringIO("\n".join(found))).get()
    for line in found:
        name, parameters, value = LINE.match(line).groups()
        parameters = dict(p.split("=", 1) for p in parameters.split(";")[1:])
        if name == "BEGIN":
            open_parts.append(value)
            event = {} if value == "VEVENT" else event
        elif name == "END":
            assert open_parts.pop() == value
            if value == "VEVENT":
                calendar["events"].append(event)
        elif open_parts[-1] == "VEVENT":
            assert name not in event
            event[name] = (_value(name, parameters, value, zone), parameters)
        elif open_parts == ["VCALENDAR"]:
            calendar[name] = value
    assert open_parts == []
    return calendar


def _value(name, parameters, value, zone):
    if not name.startswith("DT"):
        return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert parameters["TZID"] == "Europe/Stockholm"
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
