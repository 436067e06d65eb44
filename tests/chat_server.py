"""A server that speaks OpenAI's protocol as it is told to, in a thread: what language models elsewhere may do."""

from __future__ import annotations

import json
import math
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def completion(word="spam", share=0.9, other="ham", **choice):
    """A chat completion whose next word is ``word`` with that probability, else ``other``."""
    tokens = [(word, share), (other, 1 - share)]
    first = {"token": word, "logprob": math.log(share)}
    top = [{"token": token, "logprob": math.log(each)} for token, each in tokens if each]
    told = {
        "message": {"role": "assistant", "content": word},
        "logprobs": {"content": [{**first, "top_logprobs": top}]},
    }
    usage = {"prompt_tokens": 40, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 30}}
    return {"choices": [{"index": 0, **told, **choice}], "usage": usage}


class ChatServer(ThreadingHTTPServer):
    """``answer`` is called with a request's body and gives (status, bytes or what becomes JSON)."""

    daemon_threads = True

    def __init__(self, answer, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer, self.asked, self.headers = answer, [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._send(200, {"data": [{"id": "stand-in", "meta": {"ftype": "Q4", "n_params": 1000}}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.headers.append(dict(self.headers))
        self._send(*self.server.answer(body))

    def _send(self, status, told):
        content = told if isinstance(told, bytes) else json.dumps(told).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            pass  # nobody waits any more

    def log_message(self, *_):
        pass


def hang(_):
    """An answer that comes too late."""
    time.sleep(30)
    return 200, completion()
