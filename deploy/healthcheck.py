"""What a container asks itself: python -m deploy.healthcheck web | beat. Exit code 0 means well."""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

SCHEDULE = Path("/tmp")
BEAT_SECONDS = 600  # beat saves its schedule every third minute


def web(port: int = 8000) -> bool:
    """Asks by the name that the site answers to, as the proxy does."""
    host = urlsplit(os.environ["PUBLIC_URL"]).netloc
    request = urllib.request.Request(f"http://127.0.0.1:{port}/halsa/live", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def beat(folder: Path = SCHEDULE) -> bool:
    """A beat that hangs stops saving; one that crashes is restarted by Docker anyway."""
    return any(time.time() - path.stat().st_mtime < BEAT_SECONDS for path in folder.glob("schedule*"))


if __name__ == "__main__":
    sys.exit(not {"web": web, "beat": beat}[sys.argv[1]]())
