"""What hostile requests are put together from."""

from __future__ import annotations

METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "X" * 300]

TWISTS = [
    *("/..", "/%2e%2e/%2e%2e/etc/passwd", "//", "/.git/config", "/.env", "/" + "a/" * 500),
    *("%00", "%ff%fe", "%0d%0aX: y", "\u00e9", ";a", "#x"),
    *("?sha256=0", "?build=x&build=y", "?variant=<script>", "?" + "q" * 5000),
]
"""What follows an address that exists."""

HEADERS = {
    "Accept": ["*/*", "text/html;q=x", "application/xml", "," * 500, "\u00ff"],
    "Accept-Encoding": ["gzip, br", "br;q=0", "gzip;q=nan", "*", "identity;q=0, *;q=0"],
    "Connection": ["close", "upgrade", "keep-alive, te"],
    "Content-Type": ["application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data"],
    "Cookie": ["a=" + "b" * 4000, "=;=;="],
    "Expect": ["100-continue", "200-ok"],
    "If-Modified-Since": ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Jan 99999 00:00:00 GMT"],
    "If-None-Match": ["*", 'W/"0"', '"', "W/" * 1000],
    "Origin": ["null", "https://elsewhere.example"],
    "Range": ["bytes=0-0", "bytes=5-2", "bytes=-1", "bytes=999999999999-", "bytes=0-1,4-5", "lines=1-2", "bytes=x-y"],
    "Upgrade": ["websocket", "h2c"],
    "X-Forwarded-For": ["1.2.3.4", "::1, x, " * 50],
    "X-HTTP-Method-Override": ["DELETE"],
}

BROKEN = [
    "GET / HTTP/1.1\nHost: a\n\n",
    "GET /\r\n\r\n",
    "GET  /  HTTP/1.1\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "GET http://[::1 HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
    "GET / HTTP/1.1\r\nA b: c\r\n\r\n",
    "GET / HTTP/1.1\r\nX: \x00\r\n\r\n",
    "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "POST {run} HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "POST {run} HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "POST {run} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST {run} HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST {run} HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
]
"""What is no valid HTTP, or a part of it; {run} stands for an address of the API."""

RAW = [
    *(b"", b"null", b"NaN", b"\xff\xfe{\x00", b'{"input": "\\ud800"}', b'{"input": {}, "input": {}}', b"9" * 50_000),
    *(b"[" * 100_000, b'{"input":' * 50_000, b'{"input": {"image": ' + b"[" * 900 + b"]" * 900 + b"}}"),
]
"""Bodies."""
