"""Debian's nginx with a file of docs/deploy/, in which only addresses and folders are other ones."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

START_S = 20
MAIN = """daemon off;
pid {folder}/pid;
error_log {folder}/errors;
{user}
events {{}}
http {{
    access_log {folder}/asked;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""


def program() -> str | None:
    """nginx, which on Debian only administrators have on their PATH."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Nginx:
    """Serves as the file says, until it is stopped; what it said of errors is in ``errors``."""

    def __init__(self, site: Path, folder: Path, changes: dict[str, str]) -> None:
        found = program()
        assert found
        port = free_port()
        text = site.read_text()
        for old, new in {"listen 80;": f"listen 127.0.0.1:{port};", **changes}.items():
            assert old in text, f"{site.name} has no {old}"
            text = text.replace(old, new)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "site.conf").write_text(text)
        main = folder / "nginx.conf"
        # As root its workers would be of another user, who may not read what a test wrote.
        main.write_text(
            MAIN.format(folder=folder, site=folder / "site.conf", user="user root;" if os.geteuid() == 0 else "")
        )
        self.url = f"http://127.0.0.1:{port}"
        self._command = [found, "-c", str(main), "-e", str(folder / "errors")]
        self._errors = folder / "errors"
        checked = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        ends = time.monotonic() + START_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                assert self._process.poll() is None, self.errors
                assert time.monotonic() < ends, "nginx did not start"
                time.sleep(0.05)

    @property
    def errors(self) -> str:
        return self._errors.read_text()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
