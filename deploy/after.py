"""python -m deploy.after PORT PROGRAM …: become the program when somebody listens on the port.

The first page is what people wait for; worker and beat would take half of a small machine from it.
"""

import os
import socket
import sys
import time

PATIENCE = 60.0


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    port, argv = int(sys.argv[1]), sys.argv[2:]
    until = time.monotonic() + PATIENCE
    while not listening(port) and time.monotonic() < until:
        time.sleep(0.05)
    os.execv(argv[0], argv)


if __name__ == "__main__":
    main()
