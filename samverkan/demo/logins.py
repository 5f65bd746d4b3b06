"""One log-in per role for the demo. The password is public and only made in demo data."""

PASSWORD = "samverkan-demo"  # noqa: S105

LOGINS = [
    ("Mottagning", "ingrid.holm@example.org", "Ingrid Holm", "IFO"),
    ("Handläggare IFO", "maria.lind@example.org", "Maria Lind", "IFO"),
    ("Handläggare AF", "per.ek@example.org", "Per Ek", "AF"),
    ("Handläggare AME", "sofia.berg@example.org", "Sofia Berg", "AME"),
    ("Enhetschef", "karin.dahl@example.org", "Karin Dahl", "IFO"),
    ("Projektledare", "petra.nyberg@example.org", "Petra Nyberg", "IFO"),
    ("Styrgrupp", "sten.oberg@example.org", "Sten Öberg", "RAR"),
    ("Loggranskare", "lova.ask@example.org", "Lova Ask", "IFO"),
    ("Systemförvaltare", "adam.borg@example.org", "Adam Borg", "IFO"),
]


def logins_by_role():
    """What the log-in page of the demo offers."""
    return [
        {"role": role, "name": name, "place": place, "login": email, "password": PASSWORD}
        for role, email, name, place in LOGINS
    ]
