"""What exhibits of text share: mails as people have them, tokens, n-grams, and an answer that tells each word's part.

In here is what every text needs at once. What takes a raw mail apart is imported with the first one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = """
authentication-results bcc cc content-disposition content-transfer-encoding content-type date delivered-to
dkim-signature envelope-to from in-reply-to list-id list-unsubscribe message-id mime-version received received-spf
references reply-to return-path sender subject to user-agent x-mailer x-original-to
"""
KNOWN = frozenset(_NAMES.split())
"""Fields that are in the header of nearly every mail (RFC 5322, RFC 2045), and those that servers add."""
FEWEST = 2
"""With so many different known fields it is a mail: notes and letters begin with one, such as "Subject: ..."."""

_LINE = r"[^\r\n]*+(?:\r\n?|\n)"
_HEADER = re.compile(
    rf"\ufeff?(?:[ \t]*+(?:\r\n?|\n))*+(?:>?From {_LINE})?+"
    rf"(?P<fields>(?:[!-9;-~]++[ \t]*+:{_LINE}(?:[ \t]++[^\s]{_LINE})*+)++)"
    r"[ \t]*+(?:\r\n?|\n)"
)
"""Perhaps the line that stands before each mail in an mbox; fields, which may go on in indented lines; a blank line."""
_NAME = re.compile(r"(?:^|[\r\n])([!-9;-~]+)[ \t]*:")


@dataclass(frozen=True)
class Reading:
    """What is read of what somebody gave."""

    text: str
    raw: bool
    """Whether it was a raw mail that was taken apart: then ``text`` is its subject and its body."""


def header(text: str) -> re.Match[str] | None:
    """The header of a raw mail, ``fields`` in it and the blank line behind; None for any other text."""
    found = _HEADER.match(text)
    if found is None or len(KNOWN & {name.lower() for name in _NAME.findall(found["fields"])}) < FEWEST:
        return None
    return found


def read(text: str) -> Reading:
    """A text as a person pastes it, as it is, or what is to be read of a raw mail; never raises."""
    if header(text) is None:
        return Reading(text, False)
    from .mail import read as take_apart  # most texts are no raw mails, and need not wait for what those need

    return take_apart(text)
