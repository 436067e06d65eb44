"""The agent that thinks: what it makes of what it sees, and that with true senses it never plans twice for nothing."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import breadth_first

from hundredfold.adapters.native import opener
from hundredfold.errors import InputError, SessionError
from hundredfold.exhibits.tower import symbols
from hundredfold.exhibits.tower.acting import Observation
from hundredfold.exhibits.tower.agent import NeuroSymbolic, grip
from hundredfold.exhibits.tower.camera import Camera
from hundredfold.exhibits.tower.geometry import PHASES, features, way
from hundredfold.exhibits.tower.interpret import interpret
from hundredfold.exhibits.tower.motion import AHEAD, ALIGNED, foresee, goes_on
from hundredfold.exhibits.tower.perception import CELL, SKY, THINGS, read
from hundredfold.exhibits.tower.play import operators
from hundredfold.exhibits.tower.scene import random_scene
from hundredfold.exhibits.tower.skill import ACTION, perceptron
from hundredfold.exhibits.tower.world import AREA_X, AREAS, HEIGHT, MOST, SPAN, SPEED
from hundredfold.manifest import Manifest
from hundredfold.planning import task

MODELS = Path(__file__).resolve().parents[2] / "models"
GOLDEN = json.loads((MODELS / "tower/golden.json").read_text())["variants"]
OPEN = (0.3, 0.3, SPAN)


def poses_of(world):
    return {block.rank: (block.x, block.z) for block in world.blocks}


def answer_for(world, camera, missing=(), sure=6.0):
    """What a network that sees truly would answer: a logit in the right cell, and the offset to the middle."""
    answer = np.full((3, THINGS, 16, 24), 0.0, np.float32)
    answer[0] = -8
    places = {block.rank: camera.pixel(block.x, block.z + HEIGHT / 2) for block in world.blocks}
    places |= {MOST + index: camera.pixel(x, 0.0) for index, x in enumerate(AREA_X)}
    for thing, (column, row) in places.items():
        if thing in missing:
            continue
        across, along = int(column // CELL), int(row // CELL)
        answer[0, thing, along, across] = sure
        answer[1, thing, along, across] = column / CELL - across - 0.5
        answer[2, thing, along, across] = row / CELL - along - 0.5
    return answer.reshape(3 * THINGS, 16, 24)[:, SKY:]


class Eyes:
    """Answers as the perception network would, from the true state; some pictures can be spoilt."""

    def __init__(self, world, camera):
        self.world, self.camera, self.missing, self.looks = world, camera, {}, 0

    async def run(self, names, feeds):
        self.looks += 1
        return [answer_for(self.world, self.camera, self.missing.get(self.looks, ()))[None]]


class Hand:
    """Acts by the rule that the skills were taught."""

    def __init__(self, phase):
        self.phase = phase

    def __call__(self, away):
        across, down, travel = away
        closed = self.phase in ("grasp", "carry")
        done = self.phase in ("grasp", "release")
        dx = dz = 0.0
        if not done and abs(across) > 0.006:
            dx = across * min(max(1 - travel / 0.01, 0.0), 1.0)
            dz = travel + 0.005 if travel > -0.02 or abs(across) > 0.03 else down
        elif not done:
            dx, dz, done = across, down, abs(down) < 0.003
        speeds = np.clip([dx / SPEED, dz / SPEED], -1, 1)
        return [*speeds.tolist(), 5 if closed else -5, 5 if done else -5]


def act(scene, spoil=None, push=None):
    """Play an episode with true senses and taught hands; returns the world and the agent."""
    world, camera = scene.world(), Camera(scene.seed)
    eyes = Eyes(world, camera)
    eyes.missing = spoil or {}
    agent = NeuroSymbolic(eyes, {phase: Hand(phase) for phase in PHASES}, operators(), world.instruction)
    pushed = push is None

    async def episode():
        nonlocal pushed
        while not world.over:
            seen = Observation(lambda: np.zeros((64, 96, 3), np.uint8), (world.x, world.z, world.opening))
            world.step(await agent.decide(seen))
            pushed = pushed or push(world)

    asyncio.run(episode())
    assert pushed
    return world, agent


@pytest.mark.parametrize(("kind", "blocks"), [("single", 3), ("hanoi", 3), ("hanoi", 4), ("hanoi", 6)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_true_senses_it_plans_once_and_makes_the_fewest_moves(kind, blocks, seed):
    scene = random_scene(seed, kind, blocks)
    world, agent = act(scene)
    assert world.success, world.failure
    assert world.moves == scene.fewest_moves()
    assert agent.thought.replans == 0


def test_a_push_makes_it_plan_again_and_it_still_succeeds():
    def push(world):
        if world.step_count < 20 or world.held is not None:
            return False
        rank = min(block.rank for block in world.blocks)
        place = world.block(rank).x
        target = next(x for x in AREA_X if abs(x - place) > 0.1 and abs(x - world.x) > 0.1)
        world.push(rank, target)
        return True

    world, agent = act(random_scene(4, "hanoi", [0, 2, 3]), push=push)
    assert world.success, world.failure
    assert agent.thought.replans >= 1
    assert agent.thought.why["expected"] != agent.thought.why["saw"]


@pytest.mark.parametrize("seed", range(24))
def test_whenever_it_is_pushed_it_still_succeeds(seed):
    random = np.random.default_rng(seed)
    at, scene = int(random.integers(2, 150)), random_scene(seed, "hanoi", [0, 2, 3])

    def push(world):
        if world.step_count < at:
            return False
        try:
            world.push(int(random.choice([0, 2, 3])), float(random.choice(AREA_X)))
        except InputError:
            return False
        return True

    world, _ = act(scene, push=push)
    assert world.success, world.failure


def test_it_looks_and_asks_its_skills_no_oftener_than_it_must():
    world, agent = act(random_scene(1, "hanoi", 3))
    moves = world.moves
    assert agent.counts.looks <= 3 + moves, "at first, from near by, and wherever it puts a block down"
    assert agent.counts.model_calls - agent.counts.looks < 0.6 * world.step_count


def test_it_climbs_over_what_it_does_not_see():
    world = act(random_scene(1, "hanoi", [1, 2, 3]), spoil={look: {2} for look in range(3, 9)})[0]
    assert world.success, world.failure


away = st.floats(-0.5, 0.5)
speed = st.floats(-SPEED, SPEED)


@given(away, away, away, speed, speed)
def test_it_goes_on_towards_where_it_goes_and_never_past_it(across, down, travel, dx, dz):
    steps, dx_on, dz_on = goes_on((across, down, travel), dx, dz)
    assert 0 <= steps <= AHEAD
    assert dx_on in (0.0, dx)
    assert dz_on in (0.0, dz)
    if steps and dx_on:
        assert abs(across - (1 + steps) * dx) <= abs(across), "what it did in this step and what it goes on with"
        assert (across - (1 + steps) * dx) * across >= -1e-9
    if steps and dz_on:
        aim = down if dz <= 0 and abs(across) <= ALIGNED else travel
        assert (aim - (1 + steps) * dz) * aim >= -1e-9


def test_near_where_it_goes_it_asks_at_every_step():
    assert goes_on((0.3, -0.1, -0.005), SPEED, 0.0) == (9, SPEED, 0.0)
    assert goes_on((0.3, -0.1, 0.1), 0.0, SPEED) == (2, 0.0, SPEED)
    assert goes_on((0.002, -0.15, -0.05), 0.001, -SPEED) == (4, 0.0, -SPEED)
    assert goes_on((0.02, -0.15, -0.05), 0.02, -SPEED)[0] == 0, "not straight above it yet"
    assert goes_on((0.02, -0.02, 0.02), 0.02, -0.02)[0] == 0


@pytest.mark.parametrize("phase", ["reach", "carry"])
@pytest.mark.parametrize("to", [0.1, 0.3, 0.5])
def test_it_foresees_its_way_to_the_end(phase, to):
    poses = {0: (0.1, 0.0) if phase == "reach" else (0.1, 0.2), 2: (to, 0.0), 3: (0.3, 0.0)}
    x, z = 0.1, 0.235
    there = way(phase, (x, z), 2 if phase == "reach" else 0, "b2", poses)
    actions, done, calls = foresee(Hand(phase), there.offsets, (x, z), 0.0, 100)
    assert done
    assert calls <= len(actions)
    for action in actions:
        assert max(abs(action.dx), abs(action.dz)) <= SPEED
        x, z = x + action.dx, z + action.dz
    assert (x, z) == pytest.approx((there.to_x, there.to_z), abs=0.007)


def test_it_foresees_no_farther_than_it_may():
    there = way("reach", (0.1, 0.1), 0, "left", {0: (0.5, 0.0)})
    actions, done, _ = foresee(Hand("reach"), there.offsets, (0.1, 0.1), 0.05, 100)
    assert not done
    assert 0.05 - SPEED <= there.to_x - 0.1 - sum(action.dx for action in actions) < 0.05
    assert len(foresee(Hand("reach"), there.offsets, (0.1, 0.1), 0.05, 5)[0]) == 5
    assert len(foresee(Hand("reach"), there.offsets, (0.1, 0.1), 1.0, -3)[0]) == 1, "one step at least"


def sessions(names):
    manifest, open_session = Manifest.load(MODELS / "manifest.json"), opener(MODELS, threads=1)

    async def open_all():
        return {name: await open_session(manifest.ladder("tower").variant(name)) for name in names}

    return asyncio.run(open_all())


@pytest.mark.parametrize("phase", PHASES)
def test_a_skill_computes_what_its_file_says(phase):
    (session,) = sessions([phase]).values()
    skill = asyncio.run(perceptron(session))
    ways = np.random.default_rng(3).uniform(-0.4, 0.4, (200, 3))
    (answers,) = asyncio.run(session.run([ACTION], {"features": (ways / 0.1).astype(np.float32)}))
    own = np.array([skill(tuple(each)) for each in ways.tolist()])
    own[:, :2] = own[:, :2].clip(-1, 1)
    assert own == pytest.approx(answers, abs=2e-3)
    for vector in GOLDEN[phase]:
        across, up, closed, done = skill(tuple(each * 0.1 for each in vector["input"]["features"]))
        own = [*np.clip([across, up], -1, 1), closed, done]
        assert own == pytest.approx(vector["output"]["action"], abs=2e-3, rel=1e-3)


def test_a_skill_of_another_kind_is_refused():
    (session,) = sessions(["reach"]).values()

    class Other:
        model_id = "tower/other"

        async def run(self, names, feeds):
            answer, *weights = await session.run(names, feeds)
            weights[4] = weights[4] * 1.01
            return [answer, *weights]

    with pytest.raises(SessionError, match="tower/other"):
        asyncio.run(perceptron(Other()))


def test_a_block_missed_in_some_pictures_changes_nothing():
    world, agent = act(random_scene(5, "hanoi", [0, 1, 3]), spoil={5: {1}, 9: {0}, 14: {3}, 15: {3}})
    assert world.success
    assert agent.thought.replans == 0


@given(st.integers(0, 10_000), st.integers(1, 6), st.sampled_from(["single", "hanoi"]), st.randoms())
def test_grounding_gives_the_towers_whatever_the_noise(seed, blocks, kind, random):
    scene = random_scene(seed, kind, blocks)
    poses = {
        rank: (x + random.uniform(-0.008, 0.008), z + random.uniform(-0.008, 0.008))
        for rank, (x, z) in poses_of(scene.world()).items()
    }
    facts = symbols.ground(OPEN, poses)
    for area, tower in zip(AREAS, scene.towers, strict=True):
        below = [area, *(f"b{rank}" for rank in tower)]
        for lower, rank in zip(below, tower, strict=False):
            assert ("on", f"b{rank}", lower) in facts
        assert ("clear", below[-1]) in facts
    assert ("handempty",) in facts
    settled, plausible = symbols.settled(facts, poses)
    assert plausible
    for rank, (_, z) in settled.items():
        assert z == pytest.approx(scene.world().block(rank).z)


def test_what_the_fingers_feel_is_held_unless_it_is_seen_elsewhere():
    gripper = (0.3, 0.2, 0.09)
    assert symbols.held_block(gripper, {}) == 2
    assert symbols.held_block(gripper, {2: (0.305, 0.165)}) == 2
    assert symbols.held_block(gripper, {2: (0.1, 0.0)}) is None
    assert symbols.held_block((0.3, 0.2, 0.0), {2: (0.3, 0.17)}) is None
    assert symbols.held_block(OPEN, {2: (0.3, 0.17)}) is None
    assert ("holding", "b2") in symbols.ground(gripper, {2: (0.3, 0.17)})


def test_a_gap_in_a_tower_can_not_be():
    poses = {0: (0.1, 2 * HEIGHT), 3: (0.1, 0.0)}
    facts = symbols.ground(OPEN, poses)
    settled, plausible = symbols.settled(facts, poses)
    assert not plausible
    assert settled[0][1] == pytest.approx(2 * HEIGHT), "then the eyes are right"


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_marks_calibrate_whatever_the_camera(seed, blocks):
    world = random_scene(seed, "single", blocks).world()
    sight = read(answer_for(world, Camera(seed)))
    assert sight.poses.keys() == poses_of(world).keys()
    for rank, (x, z) in sight.poses.items():
        assert x == pytest.approx(world.block(rank).x, abs=1e-3)
        assert z == pytest.approx(world.block(rank).z, abs=1e-3)


def test_of_two_blocks_in_one_place_the_surer_one_is_there():
    world, camera = random_scene(3, "hanoi", [2]).world(), Camera(3)
    answer = answer_for(world, camera).reshape(3, THINGS, 16 - SKY, 24)
    answer[:, 4] = answer[:, 2]
    answer[0, 4] -= 1
    assert list(read(answer.reshape(3 * THINGS, 16 - SKY, 24)).poses) == [2]


def test_it_can_look_less_strictly():
    world, camera = random_scene(3, "hanoi", [2, 3]).world(), Camera(3)
    answer = answer_for(world, camera).reshape(3, THINGS, 16 - SKY, 24)
    answer[0, 2] -= 7
    answer = answer.reshape(3 * THINGS, 16 - SKY, 24)
    assert list(read(answer).poses) == [3]
    assert set(read(answer, -2.0).poses) == {2, 3}


def test_blocks_neither_vanish_nor_appear():
    world, camera = random_scene(3, "hanoi", [1, 2, 3]).world(), Camera(3)
    answer = answer_for(world, camera).reshape(3, THINGS, 16 - SKY, 24)
    answer[0, 1] -= 7  # the topmost one is hardly seen, and another one elsewhere a little better
    answer[0, 5, 3, 3] = -0.5
    answer = answer.reshape(3 * THINGS, 16 - SKY, 24)
    assert set(interpret(answer, OPEN, {}, {1, 2, 3}).poses) == {2, 3}, "it does not take the wrong one with it"
    answer.reshape(3, THINGS, 16 - SKY, 24)[0, 5] = -8
    assert set(interpret(answer, OPEN, {}, {1, 2, 3}).poses) == {1, 2, 3}
    assert set(interpret(answer, OPEN, {}, ()).poses) == {2, 3}
    assert set(interpret(answer, OPEN, {1: poses_of(world)[1]}, {1, 2, 3}).poses) == {1, 2, 3}


def test_features_lead_over_the_tower_in_between():
    poses = {0: (0.5, 0.0), 3: (0.3, 0.0), 2: (0.3, HEIGHT), 1: (0.3, 2 * HEIGHT)}
    across, down, travel = features("reach", (0.1, 0.05), 0, "left", poses) * np.float32(0.1)
    assert across == pytest.approx(0.4)
    assert down == pytest.approx(HEIGHT + 0.005 - 0.05)
    assert 0.05 + travel > 3 * HEIGHT, "what hangs below the palm must pass over all three"
    alone = features("reach", (0.1, 0.05), 0, "left", {0: (0.5, 0.0)}) * np.float32(0.1)
    assert alone[2] < travel


def test_a_held_block_hangs_right_below_the_palm():
    assert grip((0.3, 0.10), (0.3, 0.2, 0.09))[1] == pytest.approx(-HEIGHT - 0.012)
    assert grip((0.3, 0.19), (0.3, 0.2, 0.09))[1] == pytest.approx(-HEIGHT)


def test_the_operators_alone_keep_larger_blocks_off_smaller_ones():
    ranks = [0, 1, 2]
    facts = symbols.smaller(ranks) | {
        ("handempty",),
        ("on", "b2", "left"),
        ("on", "b1", "b2"),
        ("on", "b0", "b1"),
        ("clear", "b0"),
        ("clear", "middle"),
        ("clear", "right"),
    }
    asked = task(operators(), [*map(symbols.name, ranks), *AREAS], facts, frozenset({("on", "b1", "b0")}))
    found = breadth_first(asked)
    assert found.plan is None
    assert found.exhausted
