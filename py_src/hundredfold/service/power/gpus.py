"""The energy counters of GPUs, read by Zeus, which is in the extra 'power' and is loaded only when it is asked for."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .counters import CounterError

INSTALL = ".venv/bin/pip install -e '.[power]'"
DEVICES = (Path("/dev/nvidia0"), Path("/dev/kfd"))
"""Linux shows one of them where there is a GPU with counters, of NVIDIA or AMD."""


class GpuCounters:
    """The counters of all GPUs that have one; the processor is not among it."""

    processor = False
    refresh_s = 0.1
    """NVIDIA's counters are updated about every tenth of a second."""
    step_j = 0.001
    least_s = 1.0
    """Ten refreshes: then the two ends of a window blur its power by a tenth."""
    idle_windows = 2
    idle_s = 0.5

    def __init__(self, monitor: Any, count: int) -> None:
        self._monitor = monitor
        self.covers = f"Zeus: the energy counter of {count} GPU{'s' if count > 1 else ''}"

    def begin(self) -> Callable[[], float]:
        def end() -> float:
            return float(_guarded(lambda: self._monitor.end_window("run", sync_execution=False).total_energy))

        # Without its waiting for a GPU library: ours has answered when it returns. A window that was never closed
        # belongs to a run that failed.
        _guarded(lambda: self._monitor.begin_window("run", sync_execution=False, restart=True))
        return end


def find() -> GpuCounters:
    """The counters of this machine's GPUs; raises CounterError that says why they can not be used.

    Zeus is not asked for the processor: it would start a process of its own to watch RAPL's counters, which outlives a
    worker that is ended, and where they can be read we read them ourselves.
    """
    if importlib.util.find_spec("zeus") is None:
        if any(device.exists() for device in DEVICES):
            raise CounterError("there is a GPU, but Zeus, which reads its counters, is not installed", INSTALL)
        raise CounterError("this machine shows no GPU whose counters Zeus could read")

    def counters() -> GpuCounters:
        gpus = importlib.import_module("zeus.device").get_gpus()
        able = [index for index in range(len(gpus)) if gpus.supports_get_total_energy_consumption(index)]
        if not able:
            raise CounterError("Zeus finds no GPU with an energy counter")
        monitor = importlib.import_module("zeus.monitor").ZeusMonitor(gpu_indices=able, cpu_indices=[])
        return GpuCounters(monitor, len(able))

    found: GpuCounters = _guarded(counters)
    return found


def _guarded(action: Callable[[], Any]) -> Any:
    """Whatever a driver or its library raises is a reason to do without it, not to fail."""
    try:
        return action()
    except CounterError:
        raise
    except Exception as error:
        raise CounterError(f"Zeus can not read a GPU: {error or type(error).__name__}") from error
