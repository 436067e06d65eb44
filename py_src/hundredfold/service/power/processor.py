"""Which processor this machine has, how many cores are on its chip, and its TDP where a table knows it."""

from __future__ import annotations

import csv
import os
import platform
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from ...adapters.cores import cores

CPUINFO = Path("/proc/cpuinfo")
TDPS = Path(__file__).with_name("cpu_power.csv")
"""TDPs by name, from CodeCarbon (MIT), as it carries them: a test holds both equal. Only the table is here, since the
package brings pandas with it, which would double what a server has to install."""


@dataclass(frozen=True)
class Processor:
    """What is known of it; None where it is not."""

    name: str | None = None
    chip_cores: int | None = None
    """Physical cores on one chip, over which its TDP spreads."""
    cores: int | None = None
    """Physical cores of the machine."""
    virtual: bool = False
    threads: int | None = None
    """Threads that its cores run, where they are more than the cores."""
    tdp_w: float | None = None


def detect(table: Path = TDPS) -> Processor:
    """This machine's processor, with its TDP in watts from the table; never fails."""
    try:
        processor = from_cpuinfo(CPUINFO.read_text()) if CPUINFO.exists() else _from_system()
    except (OSError, ValueError, subprocess.SubprocessError):
        return Processor()
    return replace(processor, tdp_w=tdp_w(processor.name, table)) if processor.name else processor


def from_cpuinfo(text: str) -> Processor:
    """From what Linux tells; a virtual machine counts the cores that it was given, not those on the chip."""
    entries = [line.partition(":") for line in text.splitlines()]
    facts: dict[str, str] = {key.strip(): value.strip() for key, _, value in entries}
    chips = {value.strip() for key, _, value in entries if key.strip() == "physical id"}
    name = facts.get("model name")
    virtual = "hypervisor" in facts.get("flags", "").split()
    in_name = re.search(r"\b(\d+)-Core\b", name or "")
    told = facts.get("cpu cores", "")
    cores = int(told) if told.isdecimal() and int(told) and not virtual else None
    chip_cores = int(in_name[1]) if in_name else cores
    if cores is None:
        return Processor(name, chip_cores, None, virtual)
    cores *= max(1, len(chips))
    threads = sum(key.strip() == "processor" for key, _, _ in entries)
    return Processor(name, chip_cores, cores, virtual, threads if threads > cores else None)


def _from_system() -> Processor:
    if platform.system() != "Darwin":
        return Processor(platform.processor() or None)
    command = ["sysctl", "-n", "machdep.cpu.brand_string", "hw.physicalcpu"]
    name, cores = subprocess.run(command, capture_output=True, text=True, check=True, timeout=2).stdout.splitlines()
    return Processor(name.strip(), int(cores), int(cores))


def tdp_w(name: str, table: Path) -> float | None:
    """The TDP of exactly this processor, in watts; a name that is only alike may be a very different chip."""
    wanted = plain(name)
    try:
        with table.open(newline="", encoding="utf-8") as lines:
            return next((float(row["TDP"]) for row in csv.DictReader(lines) if plain(row["Name"]) == wanted), None)
    except (OSError, ValueError, KeyError, TypeError):  # a table of another shape knows nothing
        return None


def plain(name: str) -> str:
    """A processor's name without what makers and systems add to it, in small letters."""
    name = re.sub(r"\((R|TM)\)|@.*|\bwith .*|\b\d+th Gen\b|\b\d+-Core\b|\b(CPU|Processor)\b", " ", name, flags=re.I)
    return " ".join(name.casefold().split())


def machine(processor: Processor) -> str:
    """The machine in a few words, such as "Linux x86_64, 8 processors, virtual", and how many of them may be used."""
    count, usable = os.cpu_count() or 1, cores()
    told = f"{platform.system()} {platform.machine()}, {count} processor{'s' if count > 1 else ''}"
    if usable < count:
        told += f", of which {usable} may be used"
    return f"{told}, virtual" if processor.virtual else told
