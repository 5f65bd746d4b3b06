"""A mail server that keeps what it accepted: Message-ID and when, in the order of its yes."""

import re
import threading
import time
from socketserver import StreamRequestHandler, ThreadingTCPServer

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


class Session(StreamRequestHandler):
    def handle(self):
        self._say(b"220 sink")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say(b"354 go on")
                self._take()
            else:
                self._say(b"221 bye" if word == b"QUIT" else b"250 ok")
            if word == b"QUIT":
                return

    def _take(self):
        text = b"".join(iter(self.rfile.readline, b".\r\n"))
        time.sleep(self.server.pause)
        self.server.accept(MESSAGE_ID.search(text)[1].decode())
        self._say(b"250 taken")

    def _say(self, words):
        self.wfile.write(words + b"\r\n")


class Sink(ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, pause):
        super().__init__(("127.0.0.1", 0), Session)
        self.pause, self.accepted, self._lock = pause, [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def accept(self, message_id):
        with self._lock:
            self.accepted.append((message_id, time.monotonic()))

    def handle_error(self, request, client_address):
        """Whoever was speaking has been killed."""
