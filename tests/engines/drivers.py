"""Drives any of the three engines in one way, whatever it takes: Playwright, WebDriver BiDi or WebDriver."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Playwright
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websocket import create_connection

from hundredfold.setup.browser import OWN, find, launch_options, mini_browser

PATIENCE_S = 120
"""A busy machine may take long; what never comes is a fault."""


class Driver(Protocol):
    """One window of a browser, with nothing kept from before."""

    errors: list[str]
    """What the browser reported as errors, as far as it tells them."""

    def goto(self, url: str) -> None:
        """Open an address; comes back when the page has loaded."""

    def reload(self) -> None: ...

    def evaluate(self, function: str, *args: Any) -> Any:
        """What an (async) function of JavaScript returns there, by way of JSON."""

    def type(self, text: str) -> None:
        """Press keys in what has the focus."""

    def resize(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""

    def screenshot(self, path: Path) -> None: ...

    def close(self) -> None: ...


def start(engine: str, playwright: Any) -> Driver:
    """Start an engine; ``playwright()`` gives the running Playwright, if it takes one."""
    found = find(engine)
    assert found, f"there is no {engine}"
    if engine == "chromium" or found == OWN:
        return ByPlaywright(playwright(), engine)
    return ByBidi(found) if engine == "firefox" else ByWebDriver(found)


def called(function: str, args: tuple[Any, ...]) -> str:
    """JavaScript that calls a function: its value, or what it threw, as JSON."""
    return (
        f"Promise.resolve().then(() => ({function})(...{json.dumps(args)}))"
        ".then((value) => JSON.stringify({ value }), (error) => JSON.stringify({ error: `${error}` }))"
    )


def told(text: str) -> Any:
    answer = json.loads(text)
    assert "error" not in answer, answer["error"]
    return answer.get("value")


class ByPlaywright:
    """Chromium, and whatever Playwright brings along."""

    def __init__(self, playwright: Playwright, engine: str) -> None:
        self.errors: list[str] = []
        options = launch_options() if engine == "chromium" else {}
        self._browser = getattr(playwright, engine).launch(**options)
        context = self._browser.new_context()
        context.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self._page = context.new_page()
        self._page.set_default_timeout(PATIENCE_S * 1000)

    def goto(self, url: str) -> None:
        self._page.goto(url)

    def reload(self) -> None:
        self._page.reload()

    def evaluate(self, function: str, *args: Any) -> Any:
        return told(self._page.evaluate(f"() => {called(function, args)}"))

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        self._page.screenshot(path=path)

    def close(self) -> None:
        self._browser.close()


class ByBidi:
    """A machine's Firefox: it speaks WebDriver BiDi itself, with no other program between."""

    def __init__(self, path: str) -> None:
        self.errors: list[str] = []
        self._profile = tempfile.TemporaryDirectory(prefix="hundredfold-firefox-", ignore_cleanup_errors=True)
        # A new profile would fetch what is new, and a first page of its own, in the middle of a test.
        quiet = {
            "app.normandy.enabled": False,
            "app.update.disabledForTesting": True,
            "browser.aboutwelcome.enabled": False,
        }
        quiet |= {"datareporting.policy.dataSubmissionEnabled": False, "network.captive-portal-service.enabled": False}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in quiet.items())
        Path(self._profile.name, "user.js").write_text("\n".join(lines))
        command = [path, "--headless", "--no-remote", "--profile", self._profile.name, "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert self._process.stderr
        said = next((line for line in self._process.stderr if "WebDriver BiDi listening on " in line), None)
        assert said, f"{path} ended before it could be driven"
        self._socket = create_connection(f"{said.split()[-1]}/session", timeout=PATIENCE_S, suppress_origin=True)
        self._sent = 0
        self._send("session.new", {"capabilities": {}})
        self._send("session.subscribe", {"events": ["log.entryAdded"]})
        self._tab = self._send("browsingContext.getTree", {})["contexts"][0]["context"]

    def _send(self, method: str, params: dict[str, Any]) -> Any:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(str(message["params"]["text"]))
            if message.get("id") == self._sent:
                assert message["type"] == "success", f"{method}: {message.get('message')}"
                return message["result"]

    def goto(self, url: str) -> None:
        self._send("browsingContext.navigate", {"context": self._tab, "url": url, "wait": "complete"})

    def reload(self) -> None:
        self._send("browsingContext.reload", {"context": self._tab, "wait": "complete"})

    def evaluate(self, function: str, *args: Any) -> Any:
        target = {"context": self._tab}
        asked = {"expression": called(function, args), "awaitPromise": True, "target": target}
        return told(self._send("script.evaluate", asked)["result"]["value"])

    def type(self, text: str) -> None:
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._send(
            "input.performActions", {"context": self._tab, "actions": [{"type": "key", "id": "k", "actions": keys}]}
        )

    def resize(self, width: int, height: int) -> None:
        self._send(
            "browsingContext.setViewport", {"context": self._tab, "viewport": {"width": width, "height": height}}
        )

    def screenshot(self, path: Path) -> None:
        path.write_bytes(
            base64.b64decode(self._send("browsingContext.captureScreenshot", {"context": self._tab})["data"])
        )

    def close(self) -> None:
        with suppress(Exception):
            self._send("browser.close", {})
        self._socket.close()
        ended(self._process)
        self._profile.cleanup()


class ByWebDriver:
    """A machine's WebKitGTK: its own small browser, on a screen that nobody sees.

    Its driver tells nothing of the console: errors are heard on the page itself, from its load event on.
    """

    def __init__(self, path: str) -> None:
        self.errors: list[str] = []
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        assert shutil.which("Xvfb"), "there is no Xvfb"
        self._screen = subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._screen.stdout
        display = f":{self._screen.stdout.readline().strip()}"
        options = Options()
        options.binary_location = str(mini_browser())
        for argument in ("--automation", "--javascript-can-open-windows-automatically=true"):
            options.add_argument(argument)
        self._driver = webdriver.WebKitGTK(
            options=options,
            service=Service(path, env={**os.environ, "DISPLAY": display}),
        )
        self._driver.set_script_timeout(PATIENCE_S)
        # A window with bars can not be as narrow as a phone; one that a page opened has none.
        (first,) = self._driver.window_handles
        self._driver.execute_script("window.open('about:blank', '_blank', 'popup,width=1280,height=800')")
        self._driver.close()
        (second,) = set(self._driver.window_handles) - {first}
        self._driver.switch_to.window(second)

    def _listen(self) -> None:
        self._driver.execute_script(LISTEN)

    def _hear(self) -> None:
        self.errors += self._driver.execute_script("return window.__reported?.splice(0) ?? []")

    def goto(self, url: str) -> None:
        self._hear()
        self._driver.get(url)
        self._listen()

    def reload(self) -> None:
        self._hear()
        self._driver.refresh()
        self._listen()

    def evaluate(self, function: str, *args: Any) -> Any:
        script = f"const done = arguments[arguments.length - 1]; {called(function, args)}.then(done);"
        answer = told(self._driver.execute_async_script(script))
        self._hear()
        return answer

    def type(self, text: str) -> None:
        self._driver.switch_to.active_element.send_keys(text)

    def resize(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)

    def screenshot(self, path: Path) -> None:
        self._driver.save_screenshot(str(path))

    def close(self) -> None:
        self._driver.quit()
        ended(self._screen)


LISTEN = """
  window.__reported = [];
  const { error } = console;
  console.error = (...said) => { window.__reported.push(said.join(" ")); error.apply(console, said); };
  addEventListener("error", ({ message }) => window.__reported.push(message));
  addEventListener("unhandledrejection", ({ reason }) => window.__reported.push(`unhandled: ${reason}`));
"""


def ended(process: subprocess.Popen[str]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    process.kill()
