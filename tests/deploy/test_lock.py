"""One Samverkan per folder, whatever happened to the last one."""

import subprocess
import sys

import pytest

from deploy.lock import Lock, running

HOLD = """
import os, sys, time
from pathlib import Path
from deploy.lock import Lock
with Lock(Path(sys.argv[1])) as lock:
    lock.note({"pid": os.getpid(), "address": "http://localhost:8000/"})
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_start_is_told_where_the_first_one_is(tmp_path, holder):
    with pytest.raises(SystemExit) as refused, Lock(tmp_path):
        pass
    assert f"http://localhost:8000/ (process {holder.pid})" in str(refused.value)


def test_a_lock_of_a_killed_run_is_seen_and_taken_over(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert running(tmp_path) is None
    with Lock(tmp_path) as lock:
        assert lock.abandoned


def test_a_run_that_ended_well_leaves_nothing_to_clean(tmp_path):
    with Lock(tmp_path):
        pass
    with Lock(tmp_path) as lock:
        assert not lock.abandoned


def test_another_command_finds_the_running_one(tmp_path, holder):
    assert running(tmp_path) == {"pid": holder.pid, "address": "http://localhost:8000/"}


def test_nothing_runs_in_a_new_folder(tmp_path):
    assert running(tmp_path) is None


def test_a_note_that_was_cut_off_is_still_a_sign_of_a_killed_run(tmp_path):
    (tmp_path / "run.lock").write_text('{"pid": 12')
    with Lock(tmp_path) as lock:
        assert lock.abandoned
