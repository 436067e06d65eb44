"""One request, with all that answering it may need: what every verb gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import HundredfoldError, Problem, brief
from ..exhibit import Exhibit
from ..exhibits import EXHIBITS
from ..manifest import RESTORE, Ladder, Manifest, ManifestError, Variant
from ..measure import Clock
from ..session import OpenSession

UNUSABLE = "Input can not be used"


class RefusedError(HundredfoldError):
    """A request that is not answered: ``problem`` says why, and what to ask instead."""

    def __init__(self, status: int, title: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.problem = Problem(status, title, detail, extra)


def unusable(field: str, detail: str) -> RefusedError:
    """A part of the request is not what it must be."""
    return RefusedError(422, UNUSABLE, detail, field=field)


@dataclass(frozen=True)
class Asked:
    """A request and who answers it."""

    request: Mapping[str, Any]
    open_session: OpenSession
    manifest: Manifest
    clock: Clock
    cpu_clock: Clock | None
    episodes: dict[str, Any] | None
    """What is under way between requests; None: nothing can be played."""

    @property
    def where(self) -> str:
        """ "here" or "there"; raises RefusedError for anything else."""
        where = self.request.get("where", "here")
        if where not in ("here", "there"):
            raise unusable("where", "where must be 'here' or 'there'")
        return str(where)

    @property
    def ladder(self) -> Ladder:
        """Of the exhibit that the request names; raises RefusedError, or ManifestError where it has no models."""
        name, ladders = self.request.get("exhibit"), self.manifest.ladders
        if isinstance(name, str) and name in known(self.manifest):
            return ladders[name]
        if isinstance(name, str) and (reason := refused(self.manifest).get(name)):
            raise ManifestError(reason)
        detail = f"There is no exhibit {brief(name)}. These exist: {', '.join(sorted(known(self.manifest)))}."
        raise RefusedError(404, "Unknown exhibit", detail)

    @property
    def exhibit(self) -> Exhibit:
        return exhibit_of(self.ladder)

    @property
    def variant(self) -> Variant:
        """The one that the request names, or the default where it runs; raises RefusedError."""
        where, ladder, wanted = self.where, self.ladder, self.request.get("variant")
        if wanted is None:
            return ladder.default(where)
        variant = ladder.by_id(wanted) if isinstance(wanted, str) else None
        able = [variant.id for variant in ladder.variants if where in variant.runs]
        if variant is None or variant.id not in able:
            detail = f"{ladder.exhibit} has no variant {brief(wanted)} that runs {where}. Choose one of: "
            raise unusable("variant", f"{detail}{', '.join(able)}.")
        return variant

    def number(self, name: str, default: float, low: float, high: float, whole: bool = False) -> float:
        """A number of the request within bounds; raises RefusedError."""
        value = self.request.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not low <= value <= high:
            raise unusable(name, f"{name} must be a {'whole ' if whole else ''}number from {low:g} to {high:g}")
        return value


def exhibit_of(ladder: Ladder) -> Exhibit:
    """The exhibit of this program, or the one that was added from a folder."""
    if ladder.added is None:
        return EXHIBITS[ladder.exhibit]
    from .. import added  # a first answer need not wait for it

    return added.exhibit_of(ladder)


def known(manifest: Manifest) -> list[str]:
    """The exhibits that the manifest has, and this program or a folder, in the order in which they are shown."""
    return [name for name, ladder in manifest.ladders.items() if (ladder.added is None) == (name in EXHIBITS)]


def refused(manifest: Manifest) -> dict[str, str]:
    """The exhibits of this program, and the folders, whose models can not be used, and why."""
    missing = {name: f"manifest: exhibits.{name} is missing: {RESTORE}" for name in EXHIBITS}
    reasons = {**missing, **manifest.refused}
    return {name: reason for name, reason in reasons.items() if name not in manifest.ladders}
