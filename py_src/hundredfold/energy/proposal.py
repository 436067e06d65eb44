"""propose(facts): which device of the table this may be, from what a browser knows, and how sure that is.

No browser tells its processor. The graphics chip is named by most, and is a part of the processor in most devices;
together with the number of threads it often leaves one family. Safari and Firefox name it no more than roughly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .profiles import DEFAULTS, PROFILES, Kind, Profile, narrowed

Sure = Literal["model", "class", "guess"]
"""model: the chip was named, and one profile has it. class: its kind is known, or several fit. guess: not even that."""

MOST_TEXT = 500
"""Longer facts are cut: no browser tells as much, and patterns are tried on them."""
NAMED = 60
"""Of a chip's name so many characters are quoted."""
NEAR = 1.5
"""A profile with up to so many times more or fewer threads may still stand in for a chip that it has in common."""
MASKED = ", or similar"
"""Firefox appends it: the name is the first of a group."""
SOFTWARE = re.compile(r"swiftshader|llvmpipe|softpipe|basic render|software", re.IGNORECASE)
PHONE_GRAPHICS = re.compile(r"\bMali-|\bAdreno(?! X|\(TM\) X)|PowerVR|Xclipse|Immortalis", re.IGNORECASE)
CARD = re.compile(r"GeForce|Quadro|RTX|Radeon (?:\(TM\) )?(?:RX|R[579])\b|Arc\(TM\) [AB]\d{3}", re.IGNORECASE)
"""Graphics that are no part of a processor: they do not tell which one is beside them."""


@dataclass(frozen=True)
class Proposal:
    """A profile's id, why it is proposed, and how sure it is."""

    id: str
    why: dict[str, Any]
    """A message of the page, ``{code, values}``, with what the browser told among its values."""
    sure: Sure


@dataclass(frozen=True)
class _Facts:
    """What a browser told, of the types that are expected; empty, None or False where it did not."""

    threads: int | None
    renderer: str
    agent: str
    platform: str
    model: str
    arm: bool
    x86: bool
    mobile: bool
    touch: bool
    memory: float | None
    """GB."""
    battery: bool | None
    gpu: str
    """Vendor and architecture by WebGPU."""


def propose(facts: Any) -> Proposal:
    """The profile that fits these facts best; never raises, whatever they are.

    All are optional: hardwareConcurrency, deviceMemory (GB), userAgent, platform, mobile, architecture, model (by
    client hints), renderer (by WebGL), gpu {vendor, architecture} (by WebGPU), maxTouchPoints, battery (has one; None:
    not told). Others are not looked at.
    """
    told = _read(facts)
    kinds, known = _kinds(told)
    by_model = _by_model(told, kinds)
    if by_model:
        profile, word = by_model
        if profile.knows.broad:
            return Proposal(profile.id, _message("device-one-of-many", word=word), "class")
        return Proposal(profile.id, _message("device-named", word=word, profile=_name(profile)), "model")
    return _by_graphics(told, kinds, known) or _by_kind(told, kinds, known)


def profiles_document(threads: int | None = None) -> list[dict[str, Any]]:
    """All profiles for the page's choice, those of unknown models first: ``[{id, name, kind, year, threads, one_w:
    {low, mid, high}, all_w, idle_w, source}]``, watts; ``year`` is None where the model is unknown, and such a
    profile is narrowed by the threads that the browser tells."""
    return [
        {
            "id": profile.id,
            "name": profile.name,
            "kind": profile.kind,
            "year": profile.year or None,
            "threads": profile.threads,
            **{
                name: dict(zip(("low", "mid", "high"), getattr(profile, name), strict=True))
                for name in ("one_w", "all_w", "idle_w")
            },
            "source": profile.source,
        }
        for each in sorted(PROFILES.values(), key=lambda profile: profile.id not in DEFAULTS.values())
        for profile in [narrowed(each, threads)]
    ]


def _read(facts: Any) -> _Facts:
    told: Mapping[Any, Any] = facts if isinstance(facts, Mapping) else {}

    def text(name: str, of: Mapping[Any, Any] = told) -> str:
        value = of.get(name)
        return " ".join(value[:MOST_TEXT].split()) if isinstance(value, str) else ""

    def number(name: str, most: float) -> float | None:
        value = told.get(name)
        usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most
        return float(value) if usable else None  # type: ignore[arg-type]

    agent, platform, architecture = text("userAgent"), text("platform").lower(), text("architecture").lower()
    gpu = told.get("gpu")
    vendor = gpu if isinstance(gpu, Mapping) else {}
    threads, touches = number("hardwareConcurrency", 1024), number("maxTouchPoints", 256)
    battery = told.get("battery")
    return _Facts(
        threads=int(threads) if threads and threads >= 1 else None,
        renderer=text("renderer"),
        agent=agent,
        platform=platform,
        model=text("model"),
        arm=architecture == "arm" or bool(re.search(r"aarch64|armv\d|arm64", agent, re.IGNORECASE)),
        x86=architecture == "x86",
        mobile=told.get("mobile") is True or bool(re.search(r"\bMobile\b|\bMobi\b", agent)),
        touch=bool(touches and touches > 1),
        memory=number("deviceMemory", 4096),
        battery=battery if isinstance(battery, bool) else None,
        gpu=f"{text('vendor', vendor)} {text('architecture', vendor)}".strip().lower(),
    )


def _kinds(told: _Facts) -> tuple[tuple[Kind, ...], bool]:
    """Kinds that it may be, the likeliest first, and whether the first is known rather than guessed."""
    agent, platform = told.agent, told.platform
    kind: Kind | None = None
    if re.search(r"V3D|VideoCore", told.renderer):
        kind = "board"  # first, as the Raspberry Pi's browser has called its system Chrome OS
    elif re.search(r"iPhone|iPod", agent):
        kind = "phone"
    elif "iPad" in agent or (_mac(told) and told.touch):
        kind = "tablet"  # iPads call themselves Macs, but no Mac has a touch screen
    elif platform in ("ios", "android") or "Android" in agent:
        kind = "phone" if told.mobile else "tablet"
    elif "CrOS" in agent or platform in ("chrome os", "chromium os", "chromeos"):
        kind = "chromebook"
    elif told.touch and PHONE_GRAPHICS.search(told.renderer):
        kind = "phone"  # one that asks for the pages of desktop computers
    elif told.mobile and not agent and not platform:
        kind = "phone"
    if kind:
        # A fast Chromebook is a laptop by its chip. An iPad never is an Android phone, nor the other way round.
        return ((kind, "laptop"), True) if kind == "chromebook" else ((kind,), True)
    if told.battery is not None:
        return (("laptop",) if told.battery else ("desktop", "laptop")), True
    if told.arm and "linux" in (platform or agent.lower()):
        return ("board", "laptop", "desktop"), False
    many = told.threads is not None and told.threads > 16
    return (("desktop", "laptop") if many else ("laptop", "desktop")), False


def _by_model(told: _Facts, kinds: tuple[Kind, ...]) -> tuple[Profile, str] | None:
    """By what a phone or tablet names itself, in its client hints or, as older browsers do, in its user agent."""
    if kinds[0] not in ("phone", "tablet"):
        return None
    own = [profile for profile in PROFILES.values() if profile.kind == kinds[0] and profile.knows.model]
    for profile in own:
        # Safari on an iPad does not say so: it is known by its touch screen.
        if profile.id == "ipad" and _mac(told):
            return profile, "iPad"
        if found := re.search(profile.knows.model, f"{told.model} ; {told.agent}", re.IGNORECASE):
            return profile, told.model[:NAMED] if found.end() <= len(told.model) else found.group()
    return None


def _by_graphics(told: _Facts, kinds: tuple[Kind, ...], known: bool) -> Proposal | None:
    if not told.renderer or SOFTWARE.search(told.renderer):
        return None
    if MASKED in told.renderer and not _mac(told):
        return None  # the name stands for a group of chips, from small ones to big ones
    having = [
        profile
        for profile in PROFILES.values()
        if profile.knows.graphics and re.search(profile.knows.graphics, told.renderer, re.IGNORECASE)
    ]
    for kind in kinds:
        of_kind = [profile for profile in having if profile.kind == kind]
        fitting = [profile for profile in of_kind if told.threads in _threads(profile)]
        fitting.sort(key=lambda profile: told.threads != profile.threads)
        near = fitting or [p for p in of_kind if told.threads is None or _near(told.threads, p)]
        if not near:
            continue
        best = _own(near, told)
        others = [p for p in having if p.kind in kinds and p.kind != kind and told.threads in _threads(p)]
        alone = len(near) == 1 and (known or not others) and not CARD.search(told.renderer)
        stand_in = kind == "laptop" and kinds[0] == "desktop"
        sure: Sure = "model" if fitting and alone and not stand_in and not best.knows.broad else "class"
        return Proposal(best.id, _by_chip(told, best, sure, stand_in), sure)
    return None


def _own(near: list[Profile], told: _Facts) -> Profile:
    """Of several that fit the first, but a Mac before what has the same chip and is none."""
    macs = [profile for profile in near if "Mac" in profile.name]
    return macs[0] if macs and _mac(told) else next((p for p in near if p not in macs), near[0])


def _by_kind(told: _Facts, kinds: tuple[Kind, ...], known: bool) -> Proposal:
    """Of its kind no more than that is known: the stand-in with the wide range."""
    kind = kinds[0]
    if _mac(told) and kind == "laptop":
        id_ = "macbook-intel" if told.x86 or "intel" in told.gpu else "macbook-apple-chip"
        why = _message("device-mac", profile=_name(PROFILES[id_]))
        return Proposal(id_, why, "class" if told.battery else "guess")
    if kind == "phone" and told.memory is not None and told.memory <= 2 and told.platform != "ios":
        id_ = "phone-small-cores"
        why = _message("device-small-phone", memory=told.memory, profile=_name(PROFILES[id_]))
        return Proposal(id_, why, "guess")
    reason, chip = "none", ""
    if SOFTWARE.search(told.renderer):
        reason = "software"
    elif MASKED in told.renderer:
        reason = "masked"
    elif told.renderer:
        reason, chip = "other", _chip(told.renderer)
    if known:
        return Proposal(DEFAULTS[kind], _message("device-of-kind", kind=kind, reason=reason, chip=chip), "class")
    why = _message("device-guess", threads=told.threads or 0, kind=kind, reason=reason, chip=chip)
    return Proposal(DEFAULTS[kind], why, "guess")


def _by_chip(told: _Facts, profile: Profile, sure: Sure, stand_in: bool) -> dict[str, Any]:
    """A message on what the graphics chip tells; 0 threads: not told."""
    if stand_in:
        code = "device-stand-in"
    elif sure == "model":
        code = "device-fits"
    else:
        code = "device-broad" if profile.knows.broad else "device-likely"
    return _message(code, chip=_chip(told.renderer), threads=told.threads or 0, profile=_name(profile))


def _message(code: str, **values: str | float) -> dict[str, Any]:
    return {"code": code, "values": values}


def _threads(profile: Profile) -> tuple[int, ...]:
    return profile.threads, *profile.knows.threads


def _near(threads: int, profile: Profile) -> bool:
    return any(each / NEAR <= threads <= each * NEAR for each in _threads(profile))


def _mac(told: _Facts) -> bool:
    return told.platform == "macos" or "Macintosh" in told.agent


def _name(profile: Profile) -> str:
    return profile.name.removesuffix(", model unknown")


def _chip(renderer: str) -> str:
    """The graphics chip's name out of what WebGL tells, without the layers around it."""
    name = re.sub(r"\((?:R|TM|C)\)", "", renderer, flags=re.IGNORECASE)
    if inside := re.match(r"ANGLE \([^,]*, (.*)\)$", name):
        name = inside.group(1)
    if vulkan := re.match(r"Vulkan [\d.]+ \((.*)", name):
        name = vulkan.group(1)
    name = name.removeprefix("ANGLE Metal Renderer: ").removeprefix("Mesa ").removeprefix("DRI ")
    name = re.split(r",| Direct3D| OpenGL| \(0x|/PCIe", name, maxsplit=1)[0]
    name = " ".join(re.sub(r" \([^)]*\)?$", "", name).split())[:NAMED] or "unknown"
    return f"{name} or similar" if MASKED in renderer else name
