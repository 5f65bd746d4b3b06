"""Finds a port to answer on."""

import socket
import sys

FIRST, LAST = 8000, 8099


def is_free(port: int) -> bool:
    """Only this machine's own address is asked; 0 lets the system choose."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def for_web(wanted: int | None) -> int:
    """A port asked for by number is used or refused; otherwise the first free one from 8000."""
    if wanted is None:
        return next(filter(is_free, range(FIRST, LAST + 1)), None) or any_free()
    if not is_free(wanted):
        sys.exit(f"Port {wanted} är upptagen eller inte tillåten. Välj en annan: ./run --port {any_free()}")
    return wanted
