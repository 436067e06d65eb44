"""Arrays out of .npy and .npz files of strangers: no code in them runs, and no size that they tell is believed."""

from __future__ import annotations

import ast
import io
import struct
import zipfile
from math import prod

import numpy as np

from ..errors import InputError, brief

MOST_BYTES = 512_000_000
"""Arrays of a file together take at most so many bytes unpacked."""
MOST_ARRAYS = 64
MOST_AXES = 16
MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 10_000


def npz(content: bytes) -> dict[str, np.ndarray]:
    """The arrays of a .npz by name; raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ARRAYS:
                message = f"the .npz holds {len(entries)} arrays: give at most {MOST_ARRAYS}, named after the inputs"
                raise InputError("samples", message, "samples-arrays", {"found": len(entries), "most": MOST_ARRAYS})
            left, arrays = MOST_BYTES, {}
            for entry in entries:
                if entry.flag_bits & 1:
                    raise _unreadable("it is locked with a password")
                with archive.open(entry) as stream:
                    data = stream.read(left + 1)  # what the entry tells of its size may be a lie
                if len(data) > left:
                    message = f"the arrays take more than {MOST_BYTES // 10**6} MB unpacked: give fewer samples"
                    raise InputError("samples", message, "samples-too-big", {"most_bytes": MOST_BYTES})
                left -= len(data)
                name = entry.filename.removesuffix(".npy")
                if name in arrays:
                    raise _unreadable(f"it holds {brief(name)} twice")
                arrays[name] = npy(data, name)
            return arrays
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        struct.error,
    ) as error:
        raise _unreadable("it is damaged or no .npz") from error
    except Exception as error:  # zlib and lzma raise errors of their own
        if isinstance(error, InputError):
            raise
        raise _unreadable("it is damaged or no .npz") from error


def npy(content: bytes, name: str) -> np.ndarray:
    """The array in a .npy, read without pickle and in this machine's byte order; raises InputError."""
    content = bytes(content)
    if content[:6] != MAGIC or len(content) < 12:
        raise _unreadable(f"{brief(name)} is no .npy array")
    wide = content[6] >= 2
    start = 12 if wide else 10
    length = int.from_bytes(content[8:start], "little")
    if length > LONGEST_HEADER or start + length > len(content):
        raise _unreadable(f"{brief(name)} is cut off or has a header that can not be")
    try:
        header = ast.literal_eval(content[start : start + length].decode("utf-8" if content[6] >= 3 else "latin1"))
        dtype, shape, fortran = np.dtype(header["descr"]), header["shape"], bool(header["fortran_order"])
        whole = isinstance(shape, tuple) and all(type(size) is int and size >= 0 for size in shape)
    except (ValueError, TypeError, KeyError, SyntaxError, MemoryError, RecursionError):
        raise _unreadable(f"the header of {brief(name)} can not be read") from None
    if dtype.kind not in "biufUS" or dtype.names:
        message = f"{brief(name)} holds {dtype.name}: save numbers or text, without pickled objects"
        raise InputError("samples", message, "samples-objects", {"input": name, "found": dtype.name})
    data = content[start + length :]
    if not whole or len(shape) > MOST_AXES or prod(shape) * dtype.itemsize != len(data):
        message = f"{brief(name)} says another size than it has: save it again"
        raise InputError("samples", message, "samples-size-lies", {"input": name})
    if not dtype.itemsize:
        raise _unreadable(f"{brief(name)} holds text without a length")
    array = np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C")
    if dtype.kind == "S":
        return np.char.decode(array, "utf-8", "replace").astype(object)
    wanted = np.dtype(object) if dtype.kind == "U" else dtype.newbyteorder("=")
    return np.asarray(array.astype(wanted, copy=False), order="C")


def _unreadable(why: str) -> InputError:
    message = f"the samples can not be read: {why}. Save them with numpy.savez, arrays named after the inputs"
    return InputError("samples", message, "samples-unreadable", {"why": why})
