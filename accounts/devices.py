"""What a browser is called in "Inloggade enheter": enough to recognise one's own, nothing to follow anybody by."""

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def name_of(user_agent):
    browser = _first(BROWSERS, user_agent) or "Webbläsare"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} på {system}" if system else browser


def _first(words, text):
    return next((name for sign, name in words if sign in text), "")
