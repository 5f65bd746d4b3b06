"""What a killed run left behind is ended, and nothing else."""

import signal
import subprocess
import sys

import pytest

from deploy import leftovers

DEAF = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
POLITE = "import signal, sys; print('up', flush=True); signal.pause()"


@pytest.fixture
def start():
    started = []

    def one(program, mark):
        process = subprocess.Popen([sys.executable, "-c", program, mark], stdout=subprocess.PIPE)
        started.append(process)
        process.stdout.readline()
        return process

    yield one
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_only_processes_that_name_the_folder_are_ended(start, tmp_path):
    ours = start(POLITE, f"--pidfile={tmp_path}/pids/worker.pid")
    other = start(POLITE, f"--pidfile={tmp_path}2/pids/worker.pid")
    assert leftovers.end_programs(tmp_path) == 1
    assert ours.wait(5) == -signal.SIGTERM
    assert other.poll() is None


def test_one_that_does_not_listen_is_killed(start, tmp_path, monkeypatch):
    monkeypatch.setattr(leftovers, "PATIENCE", 0.1)
    deaf = start(DEAF, f"--pid={tmp_path}/pids/web.pid")
    assert leftovers.end_programs(tmp_path) == 1
    assert deaf.wait(5) == -signal.SIGKILL
