"""In place of ml_dtypes, compiled code that no browser has: names of number formats that nobody here computes in.

Each is a dtype of its own that equals no other, so that none is ever taken for another, and none of its values can be
read from or put into bytes: numpy raises. A stand-in by a format of the same or another size would go wrong silently.
"""

import numpy as np

bfloat16 = np.dtype([("bfloat16", object)])
float8_e3m4 = np.dtype([("float8_e3m4", object)])
float8_e4m3 = np.dtype([("float8_e4m3", object)])
float8_e4m3b11fnuz = np.dtype([("float8_e4m3b11fnuz", object)])
float8_e4m3fn = np.dtype([("float8_e4m3fn", object)])
float8_e4m3fnuz = np.dtype([("float8_e4m3fnuz", object)])
float8_e5m2 = np.dtype([("float8_e5m2", object)])
float8_e5m2fnuz = np.dtype([("float8_e5m2fnuz", object)])
float8_e8m0fnu = np.dtype([("float8_e8m0fnu", object)])
float6_e2m3fn = np.dtype([("float6_e2m3fn", object)])
float6_e3m2fn = np.dtype([("float6_e3m2fn", object)])
float4_e2m1fn = np.dtype([("float4_e2m1fn", object)])
int4 = np.dtype([("int4", object)])
uint4 = np.dtype([("uint4", object)])
int2 = np.dtype([("int2", object)])
uint2 = np.dtype([("uint2", object)])
int1 = np.dtype([("int1", object)])
uint1 = np.dtype([("uint1", object)])


def finfo(dtype):
    """Limits of a float format: only of numpy's own; raises TypeError."""
    if np.dtype(dtype).names:
        raise _refused(dtype)
    return np.finfo(dtype)


def iinfo(dtype):
    """Limits of an integer format: only of numpy's own; raises TypeError."""
    if np.dtype(dtype).names:
        raise _refused(dtype)
    return np.iinfo(dtype)


def _refused(dtype):
    (name,) = np.dtype(dtype).names
    return TypeError(f"numbers of the format {name} can not be computed with in a browser")
