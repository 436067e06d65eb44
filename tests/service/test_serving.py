"""The real server as a process of its own: it starts, answers, takes settings, and leaves no orphan behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPResponse

import psutil
import pytest
from real import SERVER, starting
from tiny import RUN, drawing, until

from hundredfold.service.settings import Settings, SettingsError


@pytest.fixture(scope="module")
def running(models, page):
    """(host, port) of one server for all tests that leave it as it is."""
    with starting(models, page) as start:
        host, _, port = start()[1].removeprefix("http://").rpartition(":")
        yield host, int(port)


def children_of(pid):
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(child) for child, parent in (line.split() for line in table.splitlines()) if int(parent) == pid]


def gone(pid):
    """No such process, or one that ended and waits for its parent to notice."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return not state or state.startswith("Z")


def run(address, given=None):
    body = json.dumps({"input": given or drawing()}).encode()
    request = urllib.request.Request(address + RUN, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda end: end.name)
def test_no_orphan_stays(serve, end):
    process, address = serve()
    assert run(address)["where"] == "there"
    children = children_of(process.pid)
    assert len(children) == 1
    process.send_signal(end)
    code = process.wait(60)
    assert code == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    until(lambda: all(gone(child) for child in children))


def test_it_ends_while_the_models_are_still_loaded(serve):
    process, _ = serve()
    until(lambda: children_of(process.pid))
    children = children_of(process.pid)
    process.terminate()
    assert process.wait(60) == 0
    until(lambda: all(gone(child) for child in children))


def answered(address, request_line, header, body=b""):
    """The answer to a request as it is written here."""
    with socket.create_connection(address, timeout=60) as visitor:
        visitor.sendall(f"{request_line}\r\nHost: here\r\n{header}\r\n\r\n".encode())
        with suppress(OSError):
            visitor.sendall(body)
        response = HTTPResponse(visitor)
        response.begin()
        return response, response.read()


@pytest.mark.parametrize("length", [3_000_000, 3_000_000_000])
def test_a_body_that_is_too_large_is_a_problem(running, length):
    header = f"Content-Type: application/json\r\nContent-Length: {length}"
    response, body = answered(running, f"POST {RUN} HTTP/1.1", header, b"x" * 3_000_000)
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert json.loads(body)["status"] == 413


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_what_was_accepted_is_answered_before_the_server_ends(serve, end):
    """The worker stands still when the server is told to end, so that all of these wait then."""
    process, address = serve()
    run(address)
    (child,) = children_of(process.pid)
    os.kill(child, signal.SIGSTOP)
    with ThreadPoolExecutor(12) as visitors:
        line = [visitors.submit(run, address) for _ in range(12)]
        until(lambda: health(address)["queue"]["waiting"] == 11)
        process.send_signal(end)
        until(lambda: not health(address)["ready"])
        assert refused(address) == 503, "nothing new is begun"
        assert health(address)["queue"]["waiting"] == 11
        os.kill(child, signal.SIGCONT)
        assert [each.result()["where"] for each in line] == ["there"] * 12
    assert process.wait(60) == 0


def lost(address):
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        run(address)


def health(address, probe=""):
    with urllib.request.urlopen(f"{address}/api/v1/health{probe}", timeout=60) as response:
        return json.load(response)


def refused(address):
    with pytest.raises(urllib.error.HTTPError) as error:
        run(address)
    assert int(error.value.headers["Retry-After"]) > 0
    return error.value.code


def test_a_second_signal_ends_it_at_once(serve):
    process, address = serve()
    run(address)
    (child,) = children_of(process.pid)
    os.kill(child, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as visitors:
        for _ in range(2):
            visitors.submit(lost, address)
        until(lambda: health(address)["queue"]["waiting"] == 1)
        process.terminate()
        until(lambda: not health(address)["ready"])
        process.terminate()
        assert process.wait(8) == 0, "sooner than anybody's patience"


@pytest.mark.parametrize(
    ("request_line", "header", "status"),
    [
        ("GET /api/v1/health HTTP/1.1", "Content-Length: none", 400),
        ("GET /api/v1/health HTTP/1.1", "X-Long: " + "x" * 900_000, 431),
        ("no HTTP at all", "", 400),
    ],
)
def test_what_is_no_http_is_refused_and_the_line_is_cut(running, request_line, header, status):
    response, body = answered(running, request_line, header)
    assert (response.status, body) == (status, b"")
    assert response.headers["Connection"] == "close"


def test_a_body_that_ends_before_its_length_is_a_problem(running):
    with socket.create_connection(running, timeout=60) as visitor:
        header = "Content-Type: application/json\r\nContent-Length: 100"
        visitor.sendall(f"POST {RUN} HTTP/1.1\r\nHost: here\r\n{header}\r\n\r\n{{".encode())
        visitor.shutdown(socket.SHUT_WR)
        response = HTTPResponse(visitor)
        response.begin()
        assert (response.status, json.load(response)["status"]) == (400, 400)


def test_bodies_that_never_end_keep_no_thread(serve):
    """More of them than there are threads: who asks properly is answered meanwhile."""
    _, address = serve(HUNDREDFOLD_RATE="100000/second")
    host, _, port = address.removeprefix("http://").rpartition(":")
    header = "Content-Type: application/json\r\nContent-Length: 1000"
    with ExitStack() as stay:
        for _ in range(150):
            visitor = stay.enter_context(socket.create_connection((host, int(port)), timeout=60))
            visitor.sendall(f"POST {RUN} HTTP/1.1\r\nHost: here\r\n{header}\r\n\r\n{{".encode())
        assert run(address)["where"] == "there"


@pytest.mark.parametrize(
    ("request_line", "header", "status"),
    [
        ("GET /api/v1/health HTTP/1.1", "Accept: */*", 200),
        (f"POST {RUN} HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 0", 422),
        (f"POST {RUN} HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 3000000000", 413),
    ],
)
def test_who_asks_whether_to_go_on_and_has_no_more_to_send_is_answered(running, request_line, header, status):
    with socket.create_connection(running, timeout=60) as visitor:
        visitor.sendall(f"{request_line}\r\nHost: here\r\n{header}\r\nExpect: 100-continue\r\n\r\n".encode())
        response = HTTPResponse(visitor)
        response.begin()
        assert response.status == status
        json.load(response)


def test_visitors_who_keep_their_connections_keep_nobody_out(serve):
    host, _, port = serve()[1].removeprefix("http://").rpartition(":")
    with ExitStack() as stay:
        for _ in range(150):  # a class of 25, with six connections each
            visitor = stay.enter_context(socket.create_connection((host, int(port)), timeout=60))
            visitor.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        newcomer = HTTPConnection(host, int(port), timeout=60)
        newcomer.request("GET", "/")
        assert newcomer.getresponse().status == 200
        newcomer.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, what a process holds is counted otherwise")
def test_large_bodies_leave_no_memory_behind(serve):
    process, address = serve(HUNDREDFOLD_RATE="100000/second")
    run(address)
    deep = b'{"input":' * 150_000  # 1.35 MB, refused as nested too deep

    def post_all(body):
        def post(_):
            with pytest.raises(urllib.error.HTTPError, match="422"):
                urllib.request.urlopen(
                    urllib.request.Request(address + RUN, body, {"Content-Type": "application/json"}), timeout=60
                )

        with ThreadPoolExecutor(16) as visitors:
            list(visitors.map(post, range(160)))
        return psutil.Process(process.pid).memory_full_info().uss

    before = post_all(deep[:20_000])  # deep enough for each thread's stack
    once = post_all(deep)
    assert once - before < 25_000_000, "what 16 of them take at a time, about"
    # What a body leaves behind is there each time; which pages are free just then is chance.
    assert min(post_all(deep) for _ in range(3)) - once < 4_000_000


def test_garbage_is_not_looked_for_in_what_was_imported(serve):
    process, address = serve("import atexit, gc; atexit.register(lambda: print('settled', gc.get_freeze_count()))")
    run(address)
    process.terminate()
    assert process.wait(60) == 0
    assert int(process.stdout.read().partition("settled ")[2].split()[0]) > 50_000


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
def test_other_hosts(serve, host):
    _, address = serve(HOST=host)
    assert run(address.replace("0.0.0.0", "127.0.0.1"))["where"] == "there"


def test_a_page_that_is_not_there_is_said():
    ends_with("HUNDREDFOLD_STATIC must be a folder", HUNDREDFOLD_STATIC="/nowhere")


def test_a_system_without_a_temporary_folder(serve, tmp_path):
    """A large drawing, too, which no part of the server may want to put into a file."""
    lines = "import tempfile\ndef none():\n    raise FileNotFoundError\ntempfile._get_default_tempdir = none\n"
    (tmp_path / "sitecustomize.py").write_text(lines)
    _, address = serve(PYTHONPATH=str(tmp_path))
    assert run(address, drawing(1000, 1000))["where"] == "there"
    with urllib.request.urlopen(f"{address}/sw.js", timeout=30) as response:
        assert response.status == 200


def ends_with(message, **environment):
    done = subprocess.run(
        [sys.executable, str(SERVER)], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_said(running):
    ends_with("another port", PORT=str(running[1]))


def test_a_bad_port_is_said():
    ends_with("PORT must be", PORT="http")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("workers", "many"),
        ("waiting", "-1"),
        ("run_s", "0"),
        ("wait_s", "soon"),
        ("rate", "often"),
        ("max_body_bytes", "2 MB"),
    ],
)
def test_bad_settings_are_named(name, value):
    variable = f"HUNDREDFOLD_{name.upper()}"
    with pytest.raises(SettingsError, match=f"{variable} must be .*{value}"):
        Settings.read({variable: value})


def test_bad_settings_end_the_server_with_a_message():
    ends_with("HUNDREDFOLD_WORKERS must be", HUNDREDFOLD_WORKERS="0")


def test_arguments_come_before_the_environment():
    chosen = Settings.read({"HUNDREDFOLD_WAITING": "3", "HUNDREDFOLD_WORKERS": "2"}, waiting=5)
    assert (chosen.waiting, chosen.workers) == (5, 2)


def test_unknown_settings_are_named():
    with pytest.raises(SettingsError, match="colour"):
        Settings.read({}, colour="green")
