"""Gunicorn's settings, the same in the demo and in production. Read with -c python:deploy.web."""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # a broken setting stops the start instead of every worker
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5000  # a slow leak never becomes an incident
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
accesslog = None  # the application logs each request, without personal data in the address
