"""Cold visitors in small: each gets every file, none faster than its line, and who does not is told."""

import asyncio
import time
from urllib.parse import urlsplit

import pytest

from hundredfold.bench.crowd import CONNECTIONS, visit_all
from hundredfold.bench.slow import line

FILES = {f"/{number}": bytes([number]) * 20_000 for number in range(1, 10)} | {"/": b"page"}


@pytest.fixture
def meet():
    """meet(files, people, bits_per_s) -> what they met, and the most connections that were open at once."""

    def run(files, people, bits_per_s):
        async def go():
            now = most = 0

            async def serve(reader, writer):
                nonlocal now, most
                now += 1
                most = max(most, now)
                try:
                    while True:
                        asked = (await reader.readuntil(b"\r\n\r\n")).decode()
                        name = asked.split()[1]
                        body = FILES.get(name, b"")
                        status = "200 OK" if name in FILES else "404 Not Found"
                        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                except (asyncio.IncompleteReadError, ConnectionError):
                    now -= 1
                    writer.close()

            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            url = "http://127.0.0.1:{1}".format(*server.sockets[0].getsockname())
            start = time.monotonic()
            met = await visit_all(url, files, people, bits_per_s)
            server.close()
            return met, most, time.monotonic() - start

        return asyncio.run(go())

    return run


def test_each_gets_every_file_no_faster_than_its_line(meet):
    met, most, _ = meet(list(FILES), 3, 4e6)
    size = sum(map(len, FILES.values()))
    assert met.failed == []
    assert len(met.all_s) == 3
    assert len(met.waits_s) == 3 * len(FILES)
    assert met.received_bytes > 3 * size
    assert min(met.all_s) >= 8 * size / 4e6
    assert CONNECTIONS < most <= 3 * CONNECTIONS


def test_who_does_not_get_all_is_told(meet):
    met, _, _ = meet(["/", "/1", "/lost"], 2, 1e9)
    assert met.all_s == []
    assert len(met.failed) == 2
    assert "404" in met.failed[0]


def test_a_line_tells_what_was_fetched_over_it(meet):
    async def go():
        async def serve(reader, writer):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        with line("http://127.0.0.1:{1}".format(*server.sockets[0].getsockname())) as told:
            place = urlsplit(told.url)
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            for request in (b"GET /a?b=1 HTTP/1.1\r\n\r\n", b"POST /c HTTP/1.1\r\n\r\n", b"GET /d HTTP/1.1\r\n\r\n"):
                writer.write(request)
                await reader.readuntil(b"hi")
            writer.close()
        server.close()
        return told

    told = asyncio.run(go())
    assert told.asked == ["/a?b=1", "/d"]
    assert told.received_bytes == 3 * len(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
