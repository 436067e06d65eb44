"""The way between the HTTP server and the application, on the real server: addresses, files, parts of files, heads."""

from __future__ import annotations

import json
import shutil
import socket
import time
import urllib.request
from http.client import HTTPConnection, HTTPResponse

import pytest
from tiny import RUN, drawing

from hundredfold.service.refusals import BURST_S


def test_a_download_that_nobody_reads_does_not_keep_the_server_from_ending(serve, page, tmp_path):
    site = tmp_path / "page"
    shutil.copytree(page, site)
    (site / "runtime/pyodide-0.28.3/large.whl").write_bytes(bytes(30_000_000))
    process, address = serve(HUNDREDFOLD_STATIC=str(site))
    host, _, port = address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as visitor:
        visitor.sendall(b"GET /runtime/pyodide-0.28.3/large.whl HTTP/1.1\r\nHost: here\r\n\r\n")
        assert visitor.recv(12) == b"HTTP/1.1 200"
        process.terminate()
        assert process.wait(60) == 0


@pytest.fixture
def ask(serve):
    """ask(method, path, headers, body, **settings) -> (status, headers, body) of one server."""
    started = {}

    def asked(method, path, headers=None, body=None, **settings):
        key = tuple(settings.items())
        if key not in started:
            started[key] = serve(**settings)[1].removeprefix("http://")
        line = HTTPConnection(started[key], timeout=60)
        line.request(method, path, body, headers or {})
        response = line.getresponse()
        told = response.status, response.headers, response.read()
        line.close()
        return told

    return asked


def test_a_file_its_head_a_part_of_it_and_none_of_it(ask):
    path = "/runtime/pyodide-0.28.3/numpy.whl"
    status, headers, whole = ask("GET", path)
    assert (status, len(whole)) == (200, int(headers["Content-Length"]))
    assert headers["Cache-Control"].endswith("immutable, no-transform")
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    status, head, nothing = ask("HEAD", path)
    assert (status, nothing, head["Content-Length"]) == (200, b"", headers["Content-Length"])
    status, _, part = ask("GET", path, {"Range": "bytes=2-9"})
    assert (status, part) == (206, whole[2:10])
    status, _, nothing = ask("GET", path, {"If-None-Match": headers["ETag"]})
    assert (status, nothing) == (304, b"")


def test_a_packed_file_is_sent_packed(ask):
    status, headers, packed = ask("GET", "/assets/main-1a2b3c4d.js", {"Accept-Encoding": "gzip, br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    _, _, plain = ask("GET", "/assets/main-1a2b3c4d.js")
    assert len(packed) < len(plain)


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/%FF%FE", "/a%20b/%C3%A9", "//etc/passwd", "*"]
)
def test_strange_addresses_are_not_found(ask, path):
    assert ask("GET", path)[0] in (400, 404)


def test_each_address_has_its_own_count(ask):
    limited = {"HUNDREDFOLD_RATE": "2/minute", "HUNDREDFOLD_PROXIES": "1"}
    path = "/api/v1/health"
    for address in ("203.0.113.1", "203.0.113.2"):
        for expected in (200, 200, 429):
            # What a visitor claims stands before what the proxy tells.
            forwarded = {"X-Forwarded-For": f"198.51.100.9, {address}"}
            status, headers, body = ask("GET", path, forwarded, **limited)
            assert status == expected, address
    assert headers["Content-Type"] == "application/problem+json"
    assert int(headers["Retry-After"]) > 0
    assert json.loads(body)["status"] == 429


def test_without_a_trusted_proxy_nobody_claims_another_address(ask):
    statuses = [
        ask("GET", "/api/v1/health", {"X-Forwarded-For": f"203.0.113.{n}"}, HUNDREDFOLD_RATE="2/minute")[0]
        for n in range(3)
    ]
    assert statuses == [200, 200, 429]


def test_a_chunked_body_is_read(ask):
    body = json.dumps({"input": drawing()}).encode()
    parts = (body[at : at + 100] for at in range(0, len(body), 100))
    status, _, answer = ask("POST", RUN, {"Content-Type": "application/json"}, parts)  # in chunks: no length is known
    assert status == 200
    assert json.loads(answer)["bytes_sent"] == len(body)


def test_a_kept_line_serves_on_after_a_refusal(serve):
    _, address = serve(HUNDREDFOLD_RATE="1/second")
    line = HTTPConnection(address.removeprefix("http://"), timeout=60)
    body, headers = json.dumps({"input": drawing()}), {"Content-Type": "application/json"}
    statuses = []
    for _ in range(3):
        line.request("POST", RUN, body, headers)
        response = line.getresponse()
        response.read()
        statuses.append(response.status)
        assert response.headers.get("Connection") != "close"
    line.close()
    assert 429 in statuses


IMPATIENT = """
from hundredfold.service import front, refusals, serving
front.STALLED_S = refusals.STALLED_S = serving.BODIES_S = 0.5
"""
BEGUN = f"POST {RUN} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"


def test_a_body_that_does_not_come_is_told_and_counted(serve):
    _, address = serve(IMPATIENT)
    host, _, port = address.removeprefix("http://").rpartition(":")
    for count, path in enumerate((RUN, "/v2/models/digits-baseline-fp32/infer"), 1):
        with socket.create_connection((host, int(port)), timeout=20) as visitor:
            visitor.sendall(BEGUN.replace(RUN, path).encode())
            response = HTTPResponse(visitor)
            response.begin()
            problem = json.load(response)
        assert (response.status, problem["status"]) == (408, 408)
        assert problem.get("error") == (None if path == RUN else problem["detail"])
        with urllib.request.urlopen(f"{address}/metrics", timeout=60) as told:
            assert f'hundredfold_refusals_total{{status="408"}} {count}.0' in told.read().decode()


def test_a_body_that_does_not_come_does_not_keep_the_server_from_ending(serve):
    process, address = serve(IMPATIENT)
    host, _, port = address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as visitor:
        visitor.sendall(BEGUN.encode())
        urllib.request.urlopen(f"{address}/api/v1/health", timeout=60).close()
        process.terminate()
        assert process.wait(20) == 0


def test_who_sends_the_rest_while_the_server_ends_is_answered(serve):
    process, address = serve()
    host, _, port = address.removeprefix("http://").rpartition(":")
    body = json.dumps({"input": drawing()})
    with socket.create_connection((host, int(port)), timeout=60) as visitor:
        visitor.sendall(BEGUN.replace("1000", str(len(body))).encode())
        urllib.request.urlopen(f"{address}/api/v1/health", timeout=60).close()
        process.terminate()
        time.sleep(1)
        visitor.sendall(body[1:].encode())
        response = HTTPResponse(visitor)
        response.begin()
        assert (response.status, json.load(response)["where"]) == (200, "there")
    assert process.wait(60) == 0


@pytest.mark.parametrize("size", [4, 6_000, 60_000, 300_000])
def test_who_is_refused_while_the_body_is_on_its_way_keeps_the_line(serve, size):
    _, address = serve(HUNDREDFOLD_RATE="1/minute")
    host, _, port = address.removeprefix("http://").rpartition(":")
    head = f"POST {RUN} HTTP/1.1\r\nHost: here\r\nContent-Length: {size}\r\n\r\n".encode()
    statuses = []
    with socket.create_connection((host, int(port)), timeout=60) as visitor:
        for pause_s in (0, 0, 0.1, 0.1, 0):
            visitor.sendall(head)
            time.sleep(pause_s)
            visitor.sendall(bytes(size))
            response = HTTPResponse(visitor)
            response.begin()
            response.read()
            statuses.append(response.status)
            assert response.headers.get("Connection") != "close"
    assert statuses[1:] == [429] * 4


def test_who_is_refused_and_sends_no_body_does_not_keep_the_line_for_ever(serve):
    _, address = serve(IMPATIENT, HUNDREDFOLD_RATE="1/minute")
    host, _, port = address.removeprefix("http://").rpartition(":")
    urllib.request.urlopen(f"{address}/api/v1/health", timeout=60).close()
    with socket.create_connection((host, int(port)), timeout=20) as visitor:
        visitor.sendall(BEGUN.encode())
        response = HTTPResponse(visitor)
        response.begin()
        response.read()
        assert response.status == 429
        assert visitor.recv(1) == b"", "it ends, and nothing more is said"


def test_who_asks_again_at_once_can_not_ask_without_end(serve):
    """A refusal costs next to nothing, but thousands a second would take the time of the answers."""
    _, address = serve(HUNDREDFOLD_RATE="1/minute")
    line = HTTPConnection(address.removeprefix("http://"), timeout=60)
    statuses, start_s = [], time.monotonic()
    for _ in range(21):
        line.request("GET", "/api/v1/health")
        response = line.getresponse()
        response.read()
        statuses.append(response.status)
    line.close()
    assert statuses == [200] + [429] * 20
    assert time.monotonic() - start_s > 20 * BURST_S / 2
