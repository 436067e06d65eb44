"""The server's log: a JSON object a line on standard error, words in a terminal; no visitor's address, no input."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

LOGGER = logging.getLogger("hundredfold")


def event(name: str, *, level: int = logging.INFO, **facts: Any) -> None:
    """Something that happened to the server; ``facts`` must not come from a visitor."""
    LOGGER.log(level, name, extra={"facts": facts})


def mistake(name: str) -> None:
    """An exception that nobody expected, from where it is handled."""
    LOGGER.error(name, exc_info=True)


class Lines(logging.Formatter):
    """``{"at", "level", "event", ...}``; of an exception its type and way, not its words: these may quote an input."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_told(record), default=str)


class Words(logging.Formatter):
    """For whoever looks on."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        event, way = told.pop("event"), told.pop("way", [])
        told = {name: value for name, value in told.items() if name not in ("at", "level") and value != []}
        facts = ", ".join(f"{name} {value}" for name, value in told.items())
        return "\n  ".join([f"hundredfold: {event}{f' ({facts})' if facts else ''}", *way])


def _told(record: logging.LogRecord) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    # Others' messages may hold anything: only what they were made from is told.
    said = record.getMessage() if record.name.startswith(LOGGER.name) else str(record.msg)
    told = {"at": at, "level": record.levelname.lower(), "event": said, **getattr(record, "facts", {})}
    if record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        told["error"] = kind.__name__
        told["way"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return told


def set_up(stream: TextIO = sys.stderr) -> None:
    """Have all of this process's log written so."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Words() if stream.isatty() else Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOGGER.setLevel(logging.INFO)
