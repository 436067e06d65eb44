"""Several processes hold an address to one limit, by a real Redis; a storage that is away keeps nobody out."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from tiny import until

from hundredfold.service.settings import SettingsError

REDIS = shutil.which("redis-server")
ROOT = Path(__file__).resolve().parents[2]
needs_redis = pytest.mark.skipif(REDIS is None, reason="redis-server is not installed: `apt-get install redis-server`")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture
def redis(tmp_path):
    """(process, port) of a Redis of its own."""
    port = free_port()
    command = [REDIS, "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until(lambda: answers(port))
    yield process, port
    process.kill()
    process.wait()


@contextmanager
def gunicorn(models, page, **environment):
    """Two worker processes behind one port."""
    port = free_port()
    folders = {"HUNDREDFOLD_MODELS": str(models), "HUNDREDFOLD_STATIC": str(page)}
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "8", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "server:app"],
        cwd=ROOT,
        env={**os.environ, **folders, **environment},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def statuses(address, times):
    """Of so many requests, each by a connection of its own, so that both processes have their part."""
    told = []
    for _ in range(times):
        try:
            urllib.request.urlopen(f"{address}/api/v1/health", timeout=60).close()
            told.append(200)
        except urllib.error.HTTPError as error:
            told.append(error.code)
    return told


@needs_redis
def test_two_processes_share_one_limit(models, page, redis):
    _, port = redis
    shared = {"HUNDREDFOLD_RATE": "6/hour", "HUNDREDFOLD_RATE_STORAGE": f"redis://127.0.0.1:{port}"}
    with gunicorn(models, page, **shared) as address:
        assert statuses(address, 12) == [200] * 6 + [429] * 6


@needs_redis
def test_a_storage_that_is_away_keeps_nobody_out_and_is_told(make_app, redis):
    process, port = redis
    app = make_app(rate="2/hour", rate_storage=f"redis://127.0.0.1:{port}")
    client = app.test_client()
    assert [client.get("/api/v1/health").status_code for _ in range(3)] == [200, 200, 429]
    process.send_signal(signal.SIGKILL)
    process.wait()
    health = client.get("/api/v1/health")
    assert health.status_code == 200
    assert any("HUNDREDFOLD_RATE_STORAGE" in text for text in health.json["trouble"])


@pytest.mark.parametrize("storage", ["nothing", "redes://127.0.0.1", "memcached://"])
def test_a_storage_that_there_is_not_is_refused(make_app, storage):
    with pytest.raises(SettingsError, match="HUNDREDFOLD_RATE_STORAGE must be"):
        make_app(rate_storage=storage)
