"""What is known of a model server elsewhere, and whether one of its models answers as it was recorded."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..adapters.oip import OipSession, Peer, Signature
from ..adapters.oip_http import PeerError
from ..app import handle
from ..errors import SessionError
from ..folders.files import ModelFiles
from ..manifest import Variant
from ..session import Session
from ..trust import verdict
from .elsewhere import driven


@dataclass(frozen=True)
class Refused:
    """Why a model is not used at a server."""

    why: str
    absent: bool = False


@dataclass(eq=False)
class Known:
    """A server, and what is known of it."""

    peer: Peer
    state: str = "new"
    """new: not met yet; checking: its models are; well; or down."""
    why: str = ""
    models: dict[str, Signature | Refused] = field(default_factory=dict)
    """By model id; one that is not among them was not checked yet."""
    busy: int = 0
    wake: threading.Event = field(default_factory=threading.Event)

    def may(self, variant: Variant) -> bool:
        return self.state != "down" and isinstance(self.models.get(variant.model_id), Signature)

    def will_tell(self, variant: Variant) -> bool:
        return self.state in ("new", "checking") and variant.model_id not in self.models


def checked(known: Known, variant: Variant, files: ModelFiles, within_s: float) -> Signature | Refused:
    """Whether a model answers there as it was recorded; raises PeerError where the server is gone."""
    until_s, failures = time.monotonic() + within_s, list[PeerError]()

    def infer(names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        try:
            return known.peer.infer(variant, signature, names, feeds, until_s)[0]
        except PeerError as error:
            failures.append(error)
            raise SessionError(variant.model_id, str(error)) from None

    async def opened(_: Variant) -> Session:
        return OipSession(variant.model_id, signature, known.peer.says, infer)

    async def ask(request: Mapping[str, Any]) -> dict[str, Any]:
        return await handle(request, opened, files.manifest)

    try:
        signature = known.peer.signature(variant, until_s)
        golden = (files / variant.golden).read_bytes()
        found = driven(verdict(variant, golden, "there", ask, most=1))
    except PeerError as error:
        failures.append(error)
    except OSError as error:
        return Refused(f"{variant.model_id} is not used: {error}.")
    if failures:
        if failures[-1].kind == "gone":
            raise failures[-1]
        return Refused(f"{variant.model_id} is not used there: {failures[-1]}.", failures[-1].kind == "missing")
    if found.agrees:
        return signature
    name = known.peer.name(variant)
    other = (
        f"a golden vector comes out differently than it was recorded: put {variant.file} there as {name}, of the "
        f"same build"
    )
    return Refused(f"{variant.model_id} is not used at {known.peer.url}: {found.why or other}.")
