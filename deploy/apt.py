"""Installs Debian packages when we may, and says how when we may not."""

import os
import shutil
import subprocess


def allowed() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def command(*packages: str) -> str:
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def install(*packages: str) -> bool:
    """True when the packages are in place. Says nothing: the caller knows what their absence means."""
    if not allowed():
        return False
    print(f"Installerar {', '.join(packages)} med apt-get …", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(subprocess.run(["apt-get", *step], env=env, capture_output=True).returncode == 0 for step in steps)
