"""The tower's recipe, rehearsed whole on a slice; what its agents are shown; and the laws of its parts."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper

from hundredfold import cli, environment
from hundredfold.adapters.native import NativeSession
from hundredfold.energy.quantities import Range
from hundredfold.exhibits.tower import symbols
from hundredfold.exhibits.tower.agent import NETWORKS
from hundredfold.exhibits.tower.camera import Camera
from hundredfold.exhibits.tower.induce import induce, notes
from hundredfold.exhibits.tower.play import operators_text
from hundredfold.exhibits.tower.policy import CHUNK
from hundredfold.exhibits.tower.world import MOST
from hundredfold.forge import export
from hundredfold.forge import ledger as ledgers
from hundredfold.forge.ledger import Ledger
from hundredfold.forge.tower import demonstrations, evaluate, imitate, recipe, see
from hundredfold.planning import to_pddl
from hundredfold.service.power.cpu import CpuMeter
from hundredfold.service.power.processor import Processor

pytestmark = pytest.mark.forge
METER = CpuMeter(Processor(), 1e-6)


@pytest.fixture(scope="module")
def shown():
    return demonstrations.neuro_symbolic()


def test_quick_recipe_writes_a_whole_ladder(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("HUNDREDFOLD_CACHE", str(tmp_path))
    assert cli.main(["forge", "tower", "--quick"]) == 0
    json.loads(capsys.readouterr().out.splitlines()[-1])
    models = tmp_path / "quick-models"
    variants = json.loads((models / "manifest.json").read_text())["exhibits"]["tower"]["variants"]
    real = json.loads((environment.models() / "manifest.json").read_text())["exhibits"]["tower"]["variants"]
    for quick, full in zip(variants, real, strict=True):
        for fact in ("id", "role", "parent", "runs", "golden"):
            assert quick[fact] == full[fact]
    records = json.loads((models / "tower/training.json").read_text())
    assert set(records) == {"neuro-symbolic", *recipe.SIZES}
    for record in records.values():
        assert 0 < record["ledger"]["joules"]["low"] <= record["ledger"]["joules"]["high"]
        assert record["curve"]
    perception = next(each for each in variants if each["id"] == "perception")
    assert perception["bytes"] <= 150_000
    assert np.float32(1e-40) / 2 > 0, "the recipe leaves the process's arithmetic as it found it"


def test_the_manifest_tells_the_arithmetic_and_the_parameters_of_each_file():
    variants = json.loads((environment.models() / "manifest.json").read_text())["exhibits"]["tower"]["variants"]
    for variant in variants:
        if variant["id"] != "perception":  # what was counted of it is its network before it was quantised
            model = onnx.load(environment.models() / variant["file"])
            assert (export.count_macs(model), export.count_params(model)) == (variant["macs"], variant["params"])


def test_the_two_agents_are_shown_what_they_may_be(shown):
    scenes = demonstrations.end_to_end()
    towers = [scene for scene in scenes if scene.instruction.task == "hanoi"]
    assert (len(scenes), len(towers), len(shown)) == (300, 150, 50)
    for scene in towers:
        ranks = {rank for tower in scene.towers for rank in tower}
        assert len(ranks) == 3
        assert ranks < set(demonstrations.SHOWN)
    assert all(each.scene.instruction.task == "single" for each in shown), "none is a solution"
    everything = [*scenes, *(each.scene for each in shown)]
    assert max(sum(map(len, scene.towers)) for scene in everything) == 3, "four blocks are new to both"
    tested = {scene.seed for scene in evaluate.scenes("hanoi", 3, 200, 21_000)}
    assert max(tested) < min(scene.seed for scene in everything)
    assert len({scene.seed for scene in everything}) == 350


def test_the_operators_are_what_was_seen(shown):
    learned = induce((pair for each in shown for pair in recipe.transitions(each)), recipe.called)
    assert to_pddl([each.schema for each in learned], notes(learned)) == operators_text()


def test_a_demonstration_is_seen_by_any_camera(shown):
    first = shown[0]
    images = first.images(3)
    assert images.shape == (len(first.steps), 64, 96, 3)
    states = list(first.states())
    assert len(states) == len(first.steps) + 1
    goal = symbols.goal(first.scene.instruction, states[-1][1])
    assert goal <= symbols.ground(*states[-1])


def test_a_mirror_swaps_the_outer_marks(shown):
    images = torch.from_numpy(shown[0].images(3)[:4].copy())
    things = see.places(shown[:1], 3)[:4]
    chosen = torch.tensor([1, 3])
    mirrored, seen = see.mirrored(images.clone(), things.copy(), chosen)
    assert torch.equal(mirrored[0], images[0])
    assert torch.equal(mirrored[1], images[1].flip(1))
    assert seen[1, MOST, 0] == pytest.approx(24 - things[1, MOST + 2, 0])
    assert np.nan_to_num(seen[1, :MOST, 0]) == pytest.approx(np.nan_to_num(24 - things[1, :MOST, 0]))
    again, back = see.mirrored(mirrored.clone(), seen.copy(), chosen)
    assert torch.equal(again, images)
    assert np.nan_to_num(back) == pytest.approx(np.nan_to_num(things))


def test_targets_say_the_cell_and_the_way_to_its_middle(shown):
    things = see.places(shown[:1], 3)[:5]
    cells, offsets, near = see.targets(things)
    for step in range(5):
        for thing in range(see.THINGS):
            column, row = things[step, thing]
            if np.isnan(column):
                assert cells[step, thing] == 384
                assert not near[step, thing].any()
                continue
            assert cells[step, thing] == int(row) * 24 + int(column)
            across, along = offsets[step, :, thing, int(row), int(column)].tolist()
            assert (across, along) == pytest.approx((column % 1 - 0.5, row % 1 - 0.5), abs=1e-4)
    assert Camera(3).pixel(0.1, 0.0)[0] / 4 == pytest.approx(float(things[0, MOST, 0]), abs=1e-5)


def test_frames_hold_what_comes_next_and_no_more(shown):
    frames = imitate.Frames.of(shown[:2])
    length = len(shown[0].steps)
    actions = shown[0].actions()
    assert frames.chunks.shape[1:] == (CHUNK, 3)
    assert frames.inside[0].all()
    assert frames.inside[length - 1].tolist() == [True] + [False] * (CHUNK - 1)
    assert np.array_equal(frames.chunks[2].numpy(), actions[2 : 2 + CHUNK])
    wrong = torch.zeros(1, CHUNK, 3)
    unseen = wrong.clone()
    unseen[0, 5:] = 9
    inside = torch.tensor([[True] * 5 + [False] * (CHUNK - 5)])
    assert imitate.loss(wrong, frames.chunks[:1], inside) == imitate.loss(unseen, frames.chunks[:1], inside)


class Steady:
    """A meter of something that draws the same all the time."""

    def start(self, name):
        return self

    def stop(self):
        return SimpleNamespace(active_w=SimpleNamespace(range=Range(8.0, 10.0, 12.0)))


def test_a_ledger_adds_up_and_goes_on(monkeypatch):
    wall, cpu = iter((10.0, 10.5, 20.0, 21.0)), iter((1.0, 1.25, 2.0, 3.5))
    clocks = SimpleNamespace(perf_counter=lambda: next(wall), process_time=lambda: next(cpu))
    monkeypatch.setattr(ledgers, "time", clocks)
    ledger = Ledger(Steady())
    for _ in range(2):
        with ledger.counting("work"):
            pass
    assert ledger.as_dict() == {"seconds": 1.5, "core_s": 1.75, "joules": {"low": 12.0, "mid": 15.0, "high": 18.0}}
    other = Ledger(Steady())
    other.restore(ledger.as_dict())
    assert other.as_dict() == ledger.as_dict()


def test_a_ledger_tells_what_a_real_meter_reads():
    ledger, idle = Ledger(METER), Ledger()
    for each in (ledger, idle):
        with each.counting("work"):
            sum(range(1000))
    assert 0 < ledger.joules["low"] <= ledger.joules["mid"] <= ledger.joules["high"]
    assert idle.joules["high"] == 0
    assert idle.seconds > 0


def test_products_of_two_computed_things_count():
    nodes = [
        helper.make_node("Transpose", ["a"], ["b"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["a", "b"], ["c"]),
    ]
    shape = [helper.make_tensor_value_info("a", TensorProto.FLOAT, ["n", 5, 7])]
    out = [helper.make_tensor_value_info("c", TensorProto.FLOAT, ["n", 5, 5])]
    model = helper.make_model(
        helper.make_graph(nodes, "square", shape, out), opset_imports=[helper.make_opsetid("", 20)], ir_version=10
    )
    onnx.checker.check_model(model)
    assert export.count_macs(model) == 5 * 5 * 7


def test_an_evaluation_tells_all_that_is_asked_of_it():
    sessions = evaluate.open_agent("here", environment.models())
    assert tuple(sessions) == NETWORKS
    told = evaluate.evaluate(sessions, evaluate.scenes("hanoi", 3, 4, 5), METER)
    assert told["episodes"] == 4
    assert told["successes"] + sum(told["failures_by_reason"].values()) == 4
    assert told["share"]["low"] <= told["share"]["value"] <= told["share"]["high"]
    assert 0 < told["joules_per_episode"]["low"] <= told["joules_per_episode"]["high"]
    assert 80 < told["model_calls"] < 125


@pytest.mark.parametrize("agent", ["here", "there"])
def test_the_command_ends_with_one_line(capsys, agent):
    asked = [
        "evaluate",
        "tower",
        "--agent",
        agent,
        "--task",
        "single",
        "--blocks",
        "2",
        "--episodes",
        "3",
        "--seed",
        "9",
    ]
    assert cli.main(asked) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"episodes", "successes", "failures_by_reason", "joules_per_episode"} <= told.keys()
    assert (told["agent"], told["task"], told["blocks"], told["episodes"]) == (agent, "single", 2, 3)


@pytest.mark.parametrize(("flag", "value"), [("--blocks", "9"), ("--episodes", "0"), ("--seed", "-1")])
def test_what_can_not_be_evaluated_is_refused(capsys, flag, value):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["evaluate", "tower", "--agent", "here", flag, value])
    assert flag in capsys.readouterr().err


def test_results_cover_every_task_with_enough_episodes():
    results = json.loads((environment.models() / "tower/results.json").read_text())
    for agent in results["agents"].values():
        assert set(agent["tasks"]) == {"single", "3", "4", "5", "6"}
        assert all(task["episodes"] >= 200 for task in agent["tasks"].values())


def test_every_policy_answers_natively():
    for name in recipe.SIZES:
        session = NativeSession((environment.models() / f"tower/{name}.onnx").read_bytes(), name, 1)
        feeds = {
            "image": np.zeros((1, 64, 96, 3), np.uint8),
            "gripper": np.zeros((1, 3), np.float32),
            "instruction": np.zeros((1, 20), np.float32),
        }
        (chunk,) = asyncio.run(session.run(None, feeds))
        assert chunk.shape == (1, CHUNK, 3)
