"""What a container asks itself: python -m deploy.healthcheck web | beat. Exit code 0 means well."""

import json
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def page(address: str) -> bytes:
    """Asked for by the name that the site answers to, as the proxy does. Empty when the answer is not 200."""
    host = urlsplit(os.environ["PUBLIC_URL"]).netloc
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=5) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, OSError):
        return b""


def web(site: str = "http://127.0.0.1:8000") -> bool:
    return bool(page(f"{site}/halsa/live"))


def beat(site: str = "http://web:8000") -> bool:
    """What counts is that its pulse reaches the database, through the queue and a worker: the ready page knows."""
    return bool(json.loads(page(f"{site}/halsa/redo") or "{}").get("beat"))


if __name__ == "__main__":
    sys.exit(not {"web": web, "beat": beat}[sys.argv[1]]())
