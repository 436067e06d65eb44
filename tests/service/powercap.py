"""A powercap tree as Linux shows it, and a replay of what its counters said, reading by reading."""

from __future__ import annotations

from pathlib import Path

LARGEST_UJ = 262_143_328_850
LAPTOP = {
    "intel-rapl:0": "package-0",
    "intel-rapl:0/intel-rapl:0:0": "core",
    "intel-rapl:0/intel-rapl:0:1": "uncore",
    "intel-rapl:1": "psys",
}
SERVER = {
    "intel-rapl:0": "package-0",
    "intel-rapl:0/intel-rapl:0:0": "dram",
    "intel-rapl:1": "package-1",
    "intel-rapl:1/intel-rapl:1:0": "dram",
}


def write_tree(root: Path, zones: dict[str, str]) -> Path:
    """The tree of a machine with these zones, all counters at 1 J; the control type itself is there too, as it is."""
    (root / "intel-rapl").mkdir(parents=True)
    for path, name in zones.items():
        (root / path).mkdir()
        for file, value in (("name", name), ("energy_uj", 1_000_000), ("max_energy_range_uj", LARGEST_UJ)):
            (root / path / file).write_text(f"{value}\n")
    return root


def replay(root: Path, **recorded: list[int]):
    """A reader of the tree that first writes the next recorded value into a counter; the last value stays.

    Counters are named by their zone, with its name in the tree: ``package_0=[...]``.
    """
    queues = {name.replace("_", "-"): list(values) for name, values in recorded.items()}

    def read(path: Path) -> str:
        name = (path.parent / "name").read_text().strip()
        if path.name == "energy_uj" and queues.get(name):
            path.write_text(f"{queues[name].pop(0)}\n")
        return path.read_text()

    return read


class Machine:
    """A machine of constant power that replays time: each look at its clock takes ``tick_s``."""

    def __init__(self, tick_s: float, power_w: float) -> None:
        self.now_s, self.tick_s, self.power_w = 0.0, tick_s, power_w

    def clock(self) -> float:
        self.now_s += self.tick_s
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def read(self, path: Path) -> str:
        """Counters are brought up to date once in a thousandth of a second, and wrap around."""
        if path.name == "energy_uj":
            refreshed_s = int(self.now_s * 1000) / 1000
            path.write_text(f"{int(refreshed_s * self.power_w * 1e6) % LARGEST_UJ}\n")
        return path.read_text()


def forbidden(path: Path) -> str:
    """What a user without root reads."""
    if path.name == "energy_uj":
        raise PermissionError(13, "Permission denied", str(path))
    return path.read_text()
