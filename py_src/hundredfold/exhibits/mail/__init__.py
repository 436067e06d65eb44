"""Sort a mail: spam, or what somebody wants to read, which is called ham."""

from __future__ import annotations

from ...text import read
from ...text.classify import exhibit

EXHIBIT = exhibit("mail", "Sort a mail", "Paste a mail: is it spam?", ("ham", "spam"), read)
