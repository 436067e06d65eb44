"""Fetches the Python that an added exhibit brings, when it is first asked on this device."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from ..manifest import Ladder, Manifest, ManifestError
from ..manifest_added import of
from .web import settled


async def bring(manifest: Manifest, ladder: Ladder, js_fetch: Any) -> Manifest:
    """The manifest with the source of that exhibit in it; raises ManifestError where it can not be had as it was."""
    source = dict(ladder.source)
    for name, sha256 in of(ladder).code.items():
        if name in source:
            continue
        file = f"{ladder.exhibit}/{name}"
        js_values = await settled(js_fetch(file, sha256))
        if js_values[0]:
            raise ManifestError(f"{file} could not be fetched: {js_values[0]}")
        content = js_values[1].to_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ManifestError(f"{file} was altered or cut short, so it is not used: reload the page")
        source[name] = content.decode()
    if source == ladder.source:
        return manifest
    brought = replace(ladder, source=source)
    return replace(manifest, ladders={**manifest.ladders, ladder.exhibit: brought})
