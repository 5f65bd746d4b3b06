"""./run manage …: Django's commands against the running Samverkan, or against one started for the moment."""

import sys

from deploy import prepare
from deploy.failures import in_plain_words
from deploy.lock import Lock, running
from deploy.places import PYTHON, VAR
from deploy.postgres import Postgres
from deploy.programs import clean_up_when_stopped, in_front
from deploy.services import Services, anchors_of, environment_of, for_demo, services


def perform(found: Services, arguments: list[str]) -> int:
    """The command may have changed anything, so the next start looks at the database in full."""
    prepare.forget(found.postgres)
    return in_front([str(PYTHON), "manage.py", *arguments], for_demo("http://localhost:8000/") | found.env)


def main(arguments: list[str]) -> int:
    clean_up_when_stopped()
    with in_plain_words():
        if noted := running(VAR):
            return perform(Services(environment_of(VAR, noted), Postgres(VAR)), arguments)
        with Lock(VAR), services(VAR) as started:
            started.env = anchors_of(VAR, started) | started.env
            return perform(started, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
