"""Let the server's memory go back to the system when it is not needed any more, and leave alone what stays."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Names of glibc's malloc.h."""
LARGE_BYTES = 128 * 1024
ARENAS = 2


def give_back() -> None:
    """Large blocks are given back at once, and threads share the rest; changes nothing but on Linux with glibc.

    By itself, glibc keeps for each thread what its largest request took: some large bodies doubled the server for good.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # another C library
            library = ctypes.CDLL(None)
            library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
            library.mallopt(M_ARENA_MAX, ARENAS)


def settle() -> None:
    """What is there now stays until the end: do not look for garbage in it again and again.

    A search through all that was imported stops the process for some 50 ms; under load, one refusal in 100 met it.
    """
    gc.collect()
    gc.freeze()
