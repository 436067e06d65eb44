"""The server's power meter, on replayed counters: what it reads, what it refuses, and what it falls back to."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from powercap import LAPTOP, LARGEST_UJ, SERVER, Machine, forbidden, replay, write_tree

from hundredfold.cli import main
from hundredfold.energy.quantities import Range, measured
from hundredfold.service.power import choose as choosing
from hundredfold.service.power import gpus, rapl
from hundredfold.service.power.choose import choose
from hundredfold.service.power.counters import CounterError, CounterMeter, watts
from hundredfold.service.power.cpu import STEPS, CpuMeter, clock_step_s
from hundredfold.service.power.processor import TDPS, Processor, from_cpuinfo, plain, tdp_w
from hundredfold.service.power.resting import Resting

EPYC = Processor("AMD EPYC 7763 64-Core Processor", chip_cores=64, cores=64, tdp_w=280.0)
UNKNOWN = Processor("AMD EPYC", virtual=True)
IDLE = measured(8.0, "W", "Idle", "replayed")


class Times:
    """A clock that replays what it showed."""

    def __init__(self, *shown):
        self.shown = list(shown)

    def __call__(self):
        return self.shown.pop(0)


def cpu_meter(processor=UNKNOWN, step_s=1e-6):
    return CpuMeter(processor, step_s)


def rapl_meter(tree, read, clock):
    meter = CounterMeter(rapl.find(tree, read), cpu_meter(), clock)
    meter.resting.saw(IDLE.range)
    return meter


def middles(figure):
    return {name: each.range.mid for name, each in figure.inputs.items()}


# RAPL


def test_packages_and_their_memory_are_summed(tmp_path):
    tree = write_tree(tmp_path, SERVER)
    counters = rapl.find(tree)
    assert [zone.name for zone in counters.zones] == ["package-0", "dram", "package-1", "dram"]
    assert "2 packages and their memory" in counters.covers
    end = counters.begin()
    for path, joules in zip(sorted(SERVER), (31, 3, 22, 2), strict=True):
        (tree / path / "energy_uj").write_text(f"{joules * 1_000_000}\n")
    assert end() == 30 + 2 + 21 + 1


def test_a_laptop_has_no_counter_of_memory_and_its_platform_is_not_counted_twice(tmp_path):
    counters = rapl.find(write_tree(tmp_path, LAPTOP))
    assert [zone.name for zone in counters.zones] == ["package-0"]
    assert "1 package, whose memory has no counter and is left out" in counters.covers


def test_memory_of_some_packages(tmp_path):
    tree = write_tree(tmp_path, {name: zone for name, zone in SERVER.items() if name != "intel-rapl:1/intel-rapl:1:0"})
    assert "2 packages and the memory of 1 of them" in rapl.find(tree).covers


@given(before=st.integers(0, LARGEST_UJ), spent=st.integers(0, LARGEST_UJ - 1))
def test_a_counter_that_wraps_around_loses_nothing(tmp_path_factory, before, spent):
    after = before + spent if before + spent <= LARGEST_UJ else before + spent - LARGEST_UJ
    tree = write_tree(tmp_path_factory.mktemp("powercap"), LAPTOP)
    end = rapl.find(tree, replay(tree, package_0=[0, before, after])).begin()
    assert end() == pytest.approx(spent / 1e6)


def test_power_is_above_idle(whole, tmp_path):
    tree = write_tree(tmp_path, LAPTOP)
    read = replay(tree, package_0=[0, LARGEST_UJ - 500_000, 500_000])
    window = rapl_meter(tree, read, Times(0.0, 0.05)).start("digits/baseline")
    assert window.least_s == 0.2
    power = window.stop()
    assert power.active_w.unit == "W"
    assert power.active_w.origin == "measured"
    assert middles(power.active_w) == pytest.approx({"drawn": 20.0, "idle": 8.0})
    assert power.active_w.range.mid == pytest.approx(12.0)
    assert power.active_w.range.low == pytest.approx((1.0 - 61e-6) / 0.051 - 8)
    assert power.active_w.range.high == pytest.approx((1.0 + 61e-6) / 0.049 - 8)
    assert "whatever else" in power.active_w.source
    assert power.idle_w.range == IDLE.range
    whole(power.active_w.as_dict())


@given(
    power_w=st.floats(1, 500),
    seconds=st.floats(0.05, 20),
    early=st.floats(0, 0.001),
    late=st.floats(0, 0.001),
)
def test_the_range_holds_the_true_power_however_the_refreshes_fell(tmp_path_factory, power_w, seconds, early, late):
    counters = rapl.find(write_tree(tmp_path_factory.mktemp("powercap"), LAPTOP))
    told = watts(counters, power_w * (seconds + early - late), seconds)
    assert told.low <= power_w * (1 + 1e-9)
    assert told.high >= power_w * (1 - 1e-9)


def test_idle_is_the_lowest_window(tmp_path):
    tree, machine = write_tree(tmp_path, LAPTOP), Machine(0.0, 0.0)
    totals = [0, 0, 2_000_000, 2_000_000, 3_600_000, 3_600_000, 15_600_000]
    meter = CounterMeter(rapl.find(tree, replay(tree, package_0=totals)), cpu_meter(), machine.clock)
    meter.rest(machine.sleep)
    idle = meter.resting.idle
    assert idle.range.mid == pytest.approx(8.0)
    assert idle.range.high == pytest.approx(1.600061 / 0.199), "the windows in which something else ran do not count"
    assert idle.origin == "measured"
    assert "lowest window ever seen" in idle.source


def test_what_ran_while_idle_was_taken_makes_no_answer_free(tmp_path, whole):
    """20 W of something else in all windows of rest, and none of it while the model runs: no 0 J that was measured."""
    tree, machine = write_tree(tmp_path, LAPTOP), Machine(0.0, 0.0)
    totals = [0]
    for watts_ in (28, 28, 28):
        totals += [totals[-1], totals[-1] + int(watts_ * 0.2e6)]
    for watts_, seconds in ((20, 1), (8, 0.2), (20, 1)):
        totals += [totals[-1], totals[-1] + int(watts_ * seconds * 1e6)]
    meter = CounterMeter(rapl.find(tree, replay(tree, package_0=totals)), cpu_meter(), machine.clock)
    meter.rest(machine.sleep)
    assert meter.resting.idle.range.mid == pytest.approx(28)

    def run():
        window = meter.start("digits/baseline")
        machine.sleep(1.0)
        return window.stop()

    spared = run()
    assert spared.active_w.origin == "estimated", "the next meter answers"
    assert spared.active_w.range.mid > 0
    assert "busy" in spared.active_w.inputs
    end = meter.counters.begin()
    machine.sleep(0.2)
    meter.resting.saw(watts(meter.counters, end(), 0.2))
    counted = run()
    assert counted.active_w.origin == "measured", "a window of real rest makes up for it"
    assert middles(counted.active_w) == pytest.approx({"drawn": 20.0, "idle": 8.0})
    whole(counted.active_w.as_dict())


def test_a_window_of_work_may_be_the_lowest_that_was_seen():
    resting = Resting("some counters")
    resting.saw(measured(Range(39, 40, 41), "W", "", "").range)
    busy = measured(Range(24.5, 25, 25.5), "W", "Drawn", "counters")
    resting.saw(busy.range)
    assert resting.idle.range.mid == 25
    assert resting.above(busy) is None
    assert resting.above(measured(Range(25.4, 26, 26.5), "W", "Drawn", "counters")) is None, "within the blur"
    assert resting.above(measured(Range(26.4, 27, 27.5), "W", "Drawn", "counters")).range.low == pytest.approx(0.9)


def test_without_root_it_says_the_command(tmp_path):
    tree = write_tree(tmp_path, LAPTOP)
    with pytest.raises(CounterError, match="root") as refused:
        rapl.find(tree, forbidden)
    assert refused.value.command == f"sudo chmod a+r {tree}/intel-rapl:*/energy_uj"


@pytest.mark.parametrize("zones", [{}, {"intel-rapl:0": "psys"}])
def test_without_packages_it_says_so(tmp_path, zones):
    with pytest.raises(CounterError, match="no RAPL counters") as refused:
        rapl.find(write_tree(tmp_path, zones))
    assert refused.value.command == "sudo modprobe intel_rapl_msr"


def test_a_counter_that_is_no_number_is_refused(tmp_path):
    tree = write_tree(tmp_path, LAPTOP)
    (tree / "intel-rapl:0/energy_uj").write_text("none\n")
    with pytest.raises(CounterError, match="no number but 'none'"):
        rapl.find(tree)


def test_a_window_that_told_nothing_is_not_told_as_zero(tmp_path):
    tree = write_tree(tmp_path, LAPTOP)
    meter = rapl_meter(tree, rapl.Path.read_text, Times(0.0, 0.0005))
    power = meter.start("digits/baseline").stop()
    assert power.active_w.range.mid > 0
    assert "busy" in power.active_w.inputs, "the CPU's seconds tell"


def test_counters_that_are_taken_away_do_not_fail_a_run(tmp_path):
    tree = write_tree(tmp_path, LAPTOP)
    meter = rapl_meter(tree, replay(tree), Machine(0.1, 0.0).clock)
    window = meter.start("digits/baseline")
    (tree / "intel-rapl:0/energy_uj").unlink()
    assert "busy" in window.stop().active_w.inputs
    assert "busy" in meter.start("digits/baseline").stop().active_w.inputs


# Zeus


class ReplayedGpus:
    """What a ZeusMonitor recorded on a machine with one GPU, window by window, in joules."""

    def __init__(self, *joules):
        self.joules = list(joules)

    def begin_window(self, key, sync_execution, restart):
        assert (key, sync_execution, restart) == ("run", False, True)

    def end_window(self, key, sync_execution):
        joules = self.joules.pop(0)
        if joules is None:
            raise OSError("the driver went away")
        return type("Measurement", (), {"total_energy": joules})


def test_gpus_are_added_to_what_the_processor_draws(whole):
    counters, machine = gpus.GpuCounters(ReplayedGpus(35.0, 34.0, 100.0, None), 1), Machine(0.0, 0.0)
    meter = CounterMeter(counters, CpuMeter(UNKNOWN, 1e-6, Times(0.0, 1.0, 0.0, 1.0), machine.clock), machine.clock)
    meter.rest(machine.sleep)
    idle = meter.resting.idle
    assert idle.range.mid == pytest.approx(68.0)
    window = meter.start("digits/baseline")
    assert window.least_s == 1.0
    machine.sleep(1.0)
    power = window.stop()
    assert middles(power.active_w)["counted"] == pytest.approx(32.0)
    assert power.active_w.range.mid == pytest.approx(32.0 + middles(power.active_w)["processor"])
    assert power.active_w.origin == "estimated", "a part of it was not measured"
    assert power.idle_w.range.mid > idle.range.mid
    whole(power.active_w.as_dict())
    whole(power.idle_w.as_dict())
    window = meter.start("digits/other")
    machine.sleep(1.0)
    assert "busy" in window.stop().active_w.inputs, "when the driver fails, the processor is still told"


@pytest.mark.parametrize(("devices", "command"), [((), None), (("/dev/null",), gpus.INSTALL)])
def test_zeus_is_advised_only_where_there_is_a_gpu(monkeypatch, devices, command):
    monkeypatch.setattr(gpus.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(gpus, "DEVICES", tuple(map(gpus.Path, devices)))
    with pytest.raises(CounterError) as refused:
        gpus.find()
    assert refused.value.command == command


# CPU seconds


def test_cpu_seconds_by_hand():
    meter = CpuMeter(EPYC, 0.001, cpu_clock=Times(10.0, 10.5), wall_clock=Times(100.0, 100.25))
    window = meter.start("digits/baseline")
    assert window.least_s == pytest.approx(STEPS * 0.001)
    power = window.stop()
    assert middles(power.active_w) == pytest.approx({"busy": 2.0, "core_w": 280 / 64 * (1.02 - 0.12) * 2**0.5})
    assert power.active_w.range.mid == pytest.approx(2 * 280 / 64 * 0.9 * 2**0.5)
    assert power.active_w.range.low == pytest.approx(0.499 / 0.25 * 280 / 64 * (0.75 - 0.2))
    assert power.active_w.range.high == pytest.approx(0.501 / 0.25 * 280 / 64 * (1.3 - 0.05) * 2)
    assert power.idle_w.range.mid == pytest.approx(2 * 280 / 64 * 0.12)
    assert power.active_w.origin == power.idle_w.origin == "estimated"
    assert power.active_w.inputs["core_w"].inputs["tdp"].label == f"TDP of {EPYC.name}"


@pytest.mark.parametrize("processor", [UNKNOWN, Processor(), Processor("Intel Xeon", tdp_w=200.0, virtual=True)])
def test_an_unknown_processor_is_an_average_server(processor):
    power = CpuMeter(processor, 1e-6).power(1.0, 1.0)
    core = 12 * (0.75 if processor.virtual else 1)
    assert power.active_w.range.mid == pytest.approx(core * (1 - 0.12 / 1.02))
    assert power.active_w.range.mid + power.idle_w.range.mid == pytest.approx(core), "a busy core, idle share and all"
    inputs = power.active_w.inputs["core_w"].inputs
    assert "unknown server" in inputs["average"].label
    assert inputs["core"].range == Range(0.5, 0.75, 1) if processor.virtual else "core" not in inputs


def test_two_threads_of_one_core_may_share_it():
    laptop = Processor("Intel Core i5-1145G7", chip_cores=4, cores=4, tdp_w=28.0)
    whole, shared = (CpuMeter(each, 1e-6).core_w.range for each in (laptop, replace(laptop, threads=8)))
    assert (shared.low, shared.mid, shared.high) == pytest.approx((whole.low / 2, whole.mid * 0.75, whole.high))
    assert from_cpuinfo(BARE.replace("cpu cores : 14", "cpu cores : 1")).threads is None
    threads = BARE.replace("cpu cores : 14", "cpu cores : 1").replace("physical id : 1", "physical id : 0")
    assert from_cpuinfo(threads).threads == 2


@given(cpu_s=st.floats(0, 1000), wall_s=st.floats(1e-6, 100), step_s=st.floats(1e-9, 0.02))
def test_cpu_power_is_never_zero_and_grows_with_the_seconds(whole, cpu_s, wall_s, step_s):
    meter = CpuMeter(UNKNOWN, step_s)
    less, more = meter.power(cpu_s, wall_s), meter.power(2 * cpu_s + step_s, wall_s)
    assert 0 < less.active_w.range.mid < more.active_w.range.mid
    for power in (less, more):
        whole(power.active_w.as_dict())
        whole(power.idle_w.as_dict())


def test_the_step_of_the_clock_is_seen():
    assert 0 < clock_step_s() < 0.1


# The processor

BARE = """processor : 0
physical id : 0
model name : Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz
cpu cores : 14
flags : fpu sse avx2
processor : 1
physical id : 1
model name : Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz
cpu cores : 14
flags : fpu sse avx2
"""


def test_a_machine_of_two_chips():
    name = "Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz"
    assert from_cpuinfo(BARE) == Processor(name, chip_cores=14, cores=28)


def test_a_virtual_machine_does_not_tell_the_cores_of_the_chip():
    virtual = BARE.replace("flags : fpu", "flags : hypervisor fpu")
    assert from_cpuinfo(virtual) == Processor("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", virtual=True)
    named = "model name : AMD EPYC 7763 64-Core Processor\ncpu cores : 2\nflags : hypervisor"
    assert from_cpuinfo(named).chip_cores == 64, "the name tells them"


@pytest.mark.parametrize("text", ["", "Model : Raspberry Pi 4", "model name\ncpu cores : \n"])
def test_a_strange_machine_is_unknown(text):
    assert from_cpuinfo(text).chip_cores is None


def test_the_table_is_the_one_that_codecarbon_carries():
    carried = importlib.util.find_spec("codecarbon")
    assert carried
    assert TDPS.read_bytes() == Path(carried.origin).with_name("data").joinpath("hardware/cpu_power.csv").read_bytes()
    assert tdp_w("Intel Core i5-1145G7", TDPS)


def test_a_tdp_is_that_of_exactly_this_processor(tmp_path):
    table = tmp_path / "cpu_power.csv"
    table.write_text("Name,TDP\nIntel Core i5-1145G7E,15.0\nIntel Core i5-1145G7,28\nAMD EPYC 7763,280.0\n")
    assert tdp_w("11th Gen Intel(R) Core(TM) i5-1145G7 @ 2.60GHz", table) == 28
    assert tdp_w("AMD EPYC 7763 64-Core Processor", table) == 280
    assert tdp_w("AMD EPYC", table) is None
    table.write_text("Model,Watts\nAMD EPYC 7763,280\n")
    assert tdp_w("AMD EPYC 7763", table) is None, "a table of another shape"
    assert tdp_w("AMD EPYC 7763", tmp_path / "missing.csv") is None


@given(st.text())
def test_any_name_is_made_plain_once(name):
    assert plain(plain(name)) == plain(name)


# Which meter


def test_rapl_is_chosen_where_it_can_be_read(tmp_path):
    def read(path):
        if path.name == "energy_uj":
            path.write_text(f"{int(time.perf_counter() * 10e6) % LARGEST_UJ}\n")
        return path.read_text()

    for rest in (True, False):
        meter, report = choose(write_tree(tmp_path / str(rest), LAPTOP), read, rest)
        assert isinstance(meter, CounterMeter)
        assert report["meter"] == "rapl"
        assert report["better"] == []
        assert bool(meter.resting.idle) == rest


def test_cpu_seconds_are_chosen_else_and_the_report_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "detect", lambda: Processor("Intel Core i5-1145G7", 4, 4))
    meter, report = choose(write_tree(tmp_path, LAPTOP), forbidden)
    assert isinstance(meter, CpuMeter)
    assert report["meter"] == "cpu"
    assert [other["meter"] for other in report["better"]] == ["rapl", "zeus"]
    commands = [other["command"] for other in report["better"]]
    assert commands[0].startswith("sudo chmod a+r ")
    assert json.loads(json.dumps(report)) == report


def test_a_virtual_machine_is_not_told_to_load_a_driver(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "detect", lambda: UNKNOWN)
    _, report = choose(tmp_path)
    first = report["better"][0]
    assert first["command"] is None
    assert "virtual machine" in first["why_not"]


def test_no_meter_loads_codecarbon_or_zeus_for_nothing(tmp_path):
    code = (
        "import sys, pathlib; from hundredfold.service.power.choose import choose; "
        f"choose(pathlib.Path({str(tmp_path)!r})); assert not {{'codecarbon', 'pandas'}} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_command_says_the_meter_and_ends_with_json(whole, capsys):
    assert main(["power"]) == 0
    *lines, last = capsys.readouterr().out.strip().splitlines()
    told = json.loads(last)
    assert told["says"] in lines
    assert any(" W above idle" in line for line in lines)
    assert len(whole(told)) > 3
    assert told["active_w"]["mid"] > 0


def test_the_command_names_the_setting_that_it_can_not_use(capsys, monkeypatch):
    monkeypatch.setenv("HUNDREDFOLD_PUE", "0.5")
    assert main(["power"]) == 2
    assert "HUNDREDFOLD_PUE must be a number from 1 to 10, not '0.5'" in capsys.readouterr().err
