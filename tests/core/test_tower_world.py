"""The laws of the tower's world, held against whatever an agent or a visitor does; and how scenes begin."""

import math
from collections import deque
from copy import deepcopy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hundredfold.errors import InputError
from hundredfold.exhibits.tower import world as tower
from hundredfold.exhibits.tower.scene import MOST_SEEDS, Scene, fewest_moves, legal_moves, parse_scene, random_scene
from hundredfold.exhibits.tower.world import (
    AREA_X,
    AREAS,
    FALL,
    HEIGHT,
    SPEED,
    TABLE,
    WIDTHS,
    Action,
    Block,
    Instruction,
    World,
)
from hundredfold.forge.tower.expert import demonstrate

NEAR = 1e-7
"""Metres: nothing that anybody could see."""
NAN, INF = float("nan"), float("inf")

seeds = st.integers(0, MOST_SEEDS - 1)
begins = st.builds(
    lambda seed, blocks, kind: random_scene(seed, "single" if kind == "single" else "hanoi", blocks, kind != "hanoi"),
    seeds,
    st.integers(3, 6),
    st.sampled_from(["hanoi", "single", "scattered"]),
)
speeds = st.floats(-0.04, 0.04) | st.sampled_from([0.0, SPEED, -SPEED, NAN, INF, -INF, 1e300, -1e300, 10**400])
ranks = st.integers(0, 5)
plans = st.lists(
    st.tuples(st.just("act"), speeds, speeds, st.booleans() | st.none(), st.integers(1, 6))
    | st.tuples(st.just("grasp"), ranks, st.floats(-0.02, 0.02) | st.floats(-0.1, 0.1), st.floats(0, 0.03))
    | st.tuples(st.just("drop"), st.floats(-0.1, 0.7) | st.sampled_from(AREA_X), st.floats(0, 0.05))
    | st.tuples(st.just("drop onto"), ranks, st.floats(-0.12, 0.12), st.just(0.0))
    | st.tuples(st.just("push"), ranks, st.floats(-0.1, 0.7))
    | st.tuples(st.just("push onto"), ranks, ranks, st.floats(-0.12, 0.12)),
    min_size=2,
    max_size=10,
)


def boxes(world):
    """Every block's edges, worked out from nothing but the constants."""
    return {b.rank: (b.x - WIDTHS[b.rank] / 2, b.x + WIDTHS[b.rank] / 2, b.z, b.z + HEIGHT) for b in world.blocks}


def shared(one, other):
    """How deep two boxes are in each other; negative when they are apart."""
    return min(one[1] - other[0], other[1] - one[0], one[3] - other[2], other[3] - one[2])


def floor(world, rank):
    """What a block would come down on: the highest top below it, or the table."""
    mine, others = boxes(world)[rank], [box for other, box in boxes(world).items() if other != rank]
    beneath = [o[3] for o in others if o[0] < mine[1] - NEAR and mine[0] < o[1] - NEAR and o[3] <= mine[2] + NEAR]
    return max(beneath, default=0.0)


def lawful(world, blocks):
    """Nothing is in anything else, nothing is out of bounds, and no block came or went."""
    assert sorted(b.rank for b in world.blocks) == sorted(blocks), "blocks came or went"
    solid = boxes(world)
    numbers = [world.x, world.z, world.opening, *(value for box in solid.values() for value in box)]
    assert all(map(math.isfinite, numbers))
    pairs = [(one, other) for one in solid for other in solid if one < other]
    assert all(shared(solid[one], solid[other]) < NEAR for one, other in pairs), "two blocks overlap"
    assert all(box[2] > -NEAR for box in solid.values()), "a block is in the table"
    palm, *fingers = world.gripper()
    assert all(shared(palm, box) < NEAR for box in solid.values()), "the palm is in a block"
    for rank, box in solid.items():  # the fingers give a little around what they hold off its middle
        give = tower.TOLERANCE if rank == world.held else 0.0
        assert all(shared(finger, box) < give + NEAR for finger in fingers), "a finger is in a block"
    assert all(part[2] > -NEAR for part in world.gripper()), "the gripper is in the table"
    assert TABLE[0] - NEAR <= world.x <= TABLE[1] + NEAR
    assert world.z <= tower.CEILING + NEAR
    assert 0 <= world.opening <= tower.SPAN + NEAR
    assert world.held is None or (world.held in solid and world.closed)
    assert world.failure in (None, *tower.REASONS)
    assert not (world.success and world.failure)


def ordered(world):
    """No larger block lies on a smaller one."""
    assert not any(other.rank < block.rank for block in world.blocks for other in world.supports(block))


def stepped(world, action):
    """One step, and the laws of a step."""
    before = deepcopy(world)
    world.step(action)
    lawful(world, [b.rank for b in before.blocks])
    if before.over:
        assert repr(world) == repr(before), "it went on after its end"
        return
    assert abs(world.x - before.x) <= SPEED + 1e-12
    assert abs(world.z - before.z) <= SPEED + 1e-12
    for block in world.blocks:
        was = before.block(block.rank)
        if block.rank == world.held:
            assert abs(block.x - was.x - (world.x - before.x)) < NEAR, "what is held goes with the gripper"
            assert abs(block.z - was.z - (world.z - before.z)) < NEAR
            continue
        rests = abs(block.z - floor(world, block.rank)) < NEAR
        assert block.x == was.x, "a block that is not held does not go sideways"
        assert -NEAR <= was.z - block.z <= FALL + NEAR
        assert rests or was.z - block.z > FALL - NEAR, "a block hangs in the air"
        assert world.resting(block) == rests


def follow(world, plan):
    """Do what is planned, step by step, while it lasts; pushes that are refused change nothing."""
    for kind, *wanted in plan:
        present = [b.rank for b in world.blocks]
        if kind == "act":
            dx, dz, closed, times = wanted
            for _ in range(times):
                stepped(world, Action(dx, dz, not world.closed if closed is None else closed))
        elif kind == "push":
            pushed(world, present[wanted[0] % len(present)], wanted[1])
        elif kind == "push onto":
            onto = world.block(present[wanted[1] % len(present)])
            pushed(world, present[wanted[0] % len(present)], onto.x + wanted[2])
        elif kind == "grasp":
            block = world.block(present[wanted[0] % len(present)])
            bring(world, block.x + wanted[1], block.top + wanted[2], False)
            stepped(world, Action(0.0, 0.0, True))
        else:
            x = wanted[0] if kind == "drop" else world.block(present[wanted[0] % len(present)]).x + wanted[1]
            bring(world, x, 0.0, True)
            stepped(world, Action(0.0, wanted[-1], True))
            stepped(world, Action(0.0, 0.0, False))
        if world.over:
            stepped(world, Action(SPEED, -SPEED, not world.closed))
            return


def bring(world, x, z, closed):
    """Up, across and down, until it is there or something is in the way."""
    for goal_x, goal_z in ((None, 0.33), (x, None), (None, z)):
        for _ in range(40):
            at = world.x, world.z
            dx, dz = (0.0 if goal is None else goal - here for goal, here in zip((goal_x, goal_z), at, strict=True))
            stepped(world, Action(dx, dz, closed))
            if (world.x, world.z) == at or world.over:
                break


def pushed(world, rank, x):
    """One push, and the laws of a push: refused and nothing changed, or done and nothing fails; whether it was done."""
    before = deepcopy(world)
    refused = None
    try:
        world.push(rank, x)
    except InputError as error:
        refused = error.field
    if refused:
        assert refused in ("block", "x")
        assert repr(world) == repr(before)
        return False
    lawful(world, [b.rank for b in before.blocks])
    ordered(world)
    assert world.held == (None if before.held == rank else before.held)
    assert world.failure is None
    assert all(abs(b.z - floor(world, b.rank)) < NEAR for b in world.blocks if b.rank != world.held), "it hangs"
    later = deepcopy(world)
    later.limit += 100
    for _ in range(8):
        stepped(later, Action(0.0, 0.0, later.closed))
    assert later.failure is None, "a visitor lost the game for an agent"
    return True


@settings(max_examples=60)
@given(begins, plans)
def test_whatever_is_done_the_laws_hold(scene, plan):
    follow(scene.world(), plan)


def two(lower=3, upper=2, x=0.1):
    """A smaller block on a larger one in the left area, to be brought to the right; so the world is never done."""
    blocks = [Block(lower, x, 0.0), Block(upper, x, HEIGHT)]
    return World(blocks, Instruction("hanoi", goal=2), limit=1000)


def carry(world, rank, x, z=0.0):
    """Grasp a block, bring it over x, down until it is stopped or its gripper is at z, and let go."""
    block = world.block(rank)
    bring(world, block.x, block.top + 0.004, False)
    stepped(world, Action(0.0, 0.0, True))
    assert world.held == rank
    bring(world, x, z, True)
    stepped(world, Action(0.0, 0.0, False))
    for _ in range(12):
        stepped(world, Action(0.0, 0.0, False))


@pytest.mark.parametrize(
    ("reason", "rank", "x", "z"),
    [
        (tower.LARGER, 3, 0.5, 0.0),
        (tower.DROPPED, 2, 0.3, 0.1),
        (tower.TOPPLED, 2, 0.1 + WIDTHS[3] / 2 + 0.002, 0.0),
        (tower.OUTSIDE, 2, 0.2, 0.0),
    ],
)
def test_each_failure_has_its_cause(reason, rank, x, z):
    world = two(x=0.08) if reason == tower.OUTSIDE else two()
    if reason in (tower.LARGER, tower.TOPPLED):  # they begin apart
        world.blocks[1].x, world.blocks[1].z = 0.5 if reason == tower.LARGER else 0.3, 0.0
    carry(world, rank, x, z)
    assert world.failure == reason
    assert world.moves == 1


@pytest.mark.parametrize(("off", "failure"), [(WIDTHS[3] / 2 - 0.002, None), (WIDTHS[3] / 2 + 0.002, tower.TOPPLED)])
def test_a_block_lies_as_long_as_its_middle_is_over_what_it_lies_on(off, failure):
    world = two()
    world.blocks[1].x, world.blocks[1].z = 0.3, 0.0
    carry(world, 2, 0.1 + off)
    assert world.failure == failure


@pytest.mark.parametrize(("height", "failure"), [(0.014, None), (0.016, tower.DROPPED)])
def test_a_block_is_dropped_from_higher_than_a_finger_is_wide(height, failure):
    world = two()
    carry(world, 2, 0.3, HEIGHT + height + 0.004)
    assert world.block(2).z < NEAR
    assert world.failure == failure


def test_time_runs_out_at_the_limit_and_not_before():
    world = two()
    world.limit = 20
    for _ in range(19):
        stepped(world, Action(0.0, 0.0, False))
    assert not world.over
    stepped(world, Action(0.0, 0.0, False))
    assert world.failure == tower.TIMEOUT
    stepped(world, Action(SPEED, 0.0, True))  # holds that nothing changes


def test_success_is_a_tower_in_the_goal_area_that_nobody_holds():
    world = two()
    carry(world, 2, 0.3)
    carry(world, 3, 0.5)
    bring(world, world.block(2).x, world.block(2).top + 0.004, False)
    stepped(world, Action(0.0, 0.0, True))
    bring(world, 0.5, 0.0, True)
    assert not world.over
    stepped(world, Action(0.0, 0.0, False))
    assert (world.success, world.moves) == (True, 3)


@pytest.mark.parametrize("told", [Instruction("hanoi", goal=0), Instruction("single", block=0, onto="b1")])
def test_blocks_side_by_side_are_no_tower(told):
    world = World([Block(0, 0.05, 0.0), Block(1, 0.13, 0.0)], told, limit=99)
    stepped(world, Action(0.0, 0.0, False))
    assert not world.success
    world.push(0, 0.13)
    stepped(world, Action(0.0, 0.0, False))
    assert world.success


@settings(max_examples=25)
@given(seeds, st.sampled_from(["hanoi", "single", "scattered"]), st.integers(1, 5))
def test_the_expert_solves_every_scene(seed, kind, blocks):
    solved(random_scene(seed, "single" if kind == "single" else "hanoi", blocks, kind != "hanoi"))


def test_the_expert_solves_six_blocks():
    solved(random_scene(7, "hanoi", 6))


def solved(scene):
    world = scene.world()
    for _, action in demonstrate(scene, world):
        world.step(action)
    assert world.success, (scene, world.failure)
    assert world.moves == scene.fewest_moves()


def test_fingers_that_open_in_a_narrow_place_do_not_close_through_what_is_beside_them():
    world = World(
        [Block(0, 0.34, 0.0)], Instruction("hanoi", goal=0), limit=99, x=0.3, z=0.031, closed=True, opening=0.0
    )
    for closed in (False, True, False, True):
        stepped(world, Action(0.0, 0.0, closed))
        assert (world.opening == 0.0) == closed
    assert world.held is None


def test_what_can_not_be_let_go_of_is_kept():
    """A block held off its middle, close beside another: the finger has no room to get off it."""
    world = World([Block(1, 0.3, 0.0), Block(0, 0.5, 0.0)], Instruction("hanoi", goal=0), limit=999)
    bring(world, 0.31, 0.034, False)
    stepped(world, Action(0.0, 0.0, True))
    assert world.held == 1
    bring(world, 0.41, 0.034, True)
    for _ in range(9):
        stepped(world, Action(SPEED, 0.0, True))  # until the finger meets the other block
    stepped(world, Action(0.0, 0.0, False))
    assert (world.held, world.closed) == (1, True)
    bring(world, 0.4, 0.034, True)
    stepped(world, Action(0.0, 0.0, False))
    assert (world.held, world.closed) == (None, False)


@settings(max_examples=40)
@given(begins, plans, st.lists(st.tuples(ranks, st.floats(-0.1, 0.7)), min_size=1, max_size=6))
def test_pushes_keep_the_laws_whatever_is_going_on(scene, plan, pushes):
    world = scene.world()
    follow(world, plan[:3])
    for rank, x in pushes:
        present = [b.rank for b in world.blocks]
        pushed(world, present[rank % len(present)], x)


def test_a_visitor_takes_a_block_out_of_the_gripper():
    world = two()
    bring(world, 0.1, 2 * HEIGHT + 0.004, False)
    stepped(world, Action(0.0, 0.0, True))
    bring(world, 0.1, 0.2, True)
    assert world.held == 2
    assert pushed(world, 2, 0.5)
    assert (world.held, world.opening, world.closed) == (None, 0.0, True)
    assert world.towers() == [[3], [], [2]]
    stepped(world, Action(0.0, 0.0, True))
    assert world.moves == 0, "that was not the gripper's move"


def test_what_a_visitor_puts_back_between_the_fingers_is_not_held():
    world = two()
    bring(world, 0.1, 2 * HEIGHT + 0.004, False)
    stepped(world, Action(0.0, 0.0, True))
    assert world.held == 2
    assert pushed(world, 2, 0.1)
    assert (world.held, world.opening) == (None, pytest.approx(WIDTHS[2]))


def test_nobody_pushes_while_a_block_falls():
    world = two()
    bring(world, 0.1, 2 * HEIGHT + 0.004, False)
    stepped(world, Action(0.0, 0.0, True))
    bring(world, 0.3, 0.3, True)
    stepped(world, Action(0.0, 0.0, False))
    assert not pushed(world, 2, 0.5), "it is being dropped: nobody saves it"
    assert not pushed(world, 3, 0.5)
    for _ in range(12):
        stepped(world, Action(0.0, 0.0, False))
    assert world.failure == tower.DROPPED


def test_what_would_come_down_onto_a_smaller_block_stays():
    blocks = [Block(5, 0.1, 0.0), Block(4, 0.1, HEIGHT), Block(3, 0.155, 2 * HEIGHT), Block(0, 0.215, 0.0)]
    world = World(blocks, Instruction("hanoi", goal=2), limit=999)
    assert not pushed(world, 4, 0.5), "the one above would lie on the smallest, too"
    assert pushed(world, 0, 0.5)
    assert pushed(world, 4, 0.3)


def test_what_lay_on_a_pushed_block_comes_down():
    world = World(
        [Block(rank, 0.1, level * HEIGHT) for level, rank in enumerate((4, 3, 2, 0))], Instruction("hanoi", goal=2), 999
    )
    assert pushed(world, 3, 0.5)
    assert world.towers() == [[4, 2, 0], [], [3]]
    assert pushed(world, 4, 0.3)
    assert world.towers() == [[2, 0], [4], [3]]
    assert not pushed(world, 4, 0.1), "a larger block can not lie on a smaller one"
    assert pushed(world, 2, 0.3 + 0.08), "near enough to the tower it is put onto it"
    assert world.towers() == [[0], [4, 2], [3]]


def test_nothing_comes_down_through_the_gripper():
    world = World(
        [Block(5, 0.1, 0.0), Block(4, 0.17, HEIGHT), Block(3, 0.232, 2 * HEIGHT)],
        Instruction("hanoi", goal=2),
        limit=999,
        x=0.327,
        z=0.021,
    )
    lawful(world, (3, 4, 5))
    assert not pushed(world, 4, 0.5), "the gripper is under what would come down"
    for _ in range(4):
        stepped(world, Action(SPEED, 0.0, False))
    bring(world, 0.55, 0.3, False)
    assert pushed(world, 4, 0.1)


@pytest.mark.parametrize("x", [NAN, INF, -INF, None, "0.1", True, [], {}, 1j])
def test_a_push_to_nowhere_names_its_field(x):
    world = two()
    with pytest.raises(InputError) as refused:
        world.push(2, x)
    assert refused.value.field == "x"
    assert repr(world) == repr(two())


@pytest.mark.parametrize("rank", [0, -1, 6, None, "2", True, NAN, [], {}, 10**400])
def test_a_push_of_nothing_names_its_field(rank):
    world = two(2, 1)
    with pytest.raises(InputError) as refused:
        world.push(rank, 0.3)
    assert refused.value.field == "block"
    world.push(2, 10**400)  # far to the right is in the right area
    assert world.towers() == [[1], [], [2]]


def test_an_episode_that_is_over_takes_no_pushes():
    world = two()
    world.failure = tower.TIMEOUT
    assert not pushed(world, 2, 0.5)


towers = st.integers(1, 5).flatmap(lambda count: st.lists(st.integers(0, 2), min_size=count, max_size=count))


def searched(areas, goal):
    """Moves of the shortest solution, by trying everything."""
    queue, seen = deque([(tuple(areas), 0)]), {tuple(areas)}
    while True:
        state, moves = queue.popleft()
        if set(state) == {goal}:
            return moves
        for rank, area in enumerate(state):
            for to in {0, 1, 2} - set(state[: rank + 1]) if area not in state[:rank] else ():
                after = (*state[:rank], to, *state[rank + 1 :])
                if after not in seen:
                    seen.add(after)
                    queue.append((after, moves + 1))


def standing(areas):
    return [sorted((rank for rank, at in enumerate(areas) if at == area), reverse=True) for area in range(3)]


@settings(max_examples=60)
@given(towers, st.integers(0, 2))
def test_the_fewest_moves_are_what_a_search_finds(areas, goal):
    assert fewest_moves(standing(areas), goal) == searched(areas, goal)


@settings(max_examples=60)
@given(towers)
def test_the_legal_moves_are_all_and_only_those(areas):
    stands = standing(areas)
    uncovered = {stand[-1] for stand in stands if stand}
    allowed = {(one, f"b{other}") for one in uncovered for other in uncovered if one < other}
    allowed |= {(one, AREAS[area]) for one in uncovered for area in range(3) if not stands[area]}
    found = legal_moves(stands)
    assert set(found) == allowed
    assert len(found) == len(allowed)


@settings(max_examples=60)
@given(seeds, st.sampled_from(tower.TASKS), st.integers(1, 6), st.none() | st.booleans())
def test_a_scene_is_drawn_by_its_seed(seed, task, blocks, scattered):
    scene = random_scene(seed, task, blocks, scattered)
    assert scene == random_scene(seed, task, blocks, scattered)
    assert repr(scene.world()) == repr(scene.world())
    ranks = [rank for tower in scene.towers for rank in tower]
    assert len(ranks) == len(set(ranks)) == blocks
    assert set(ranks) <= set(range(len(WIDTHS)))
    assert all(list(tower) == sorted(tower, reverse=True) for tower in scene.towers)
    told = scene.instruction
    if task == "single":
        assert (told.block, told.onto) in legal_moves(scene.towers)
        (at,) = (tower for tower in scene.towers if told.block in tower)
        assert told.onto != (f"b{at[-2]}" if len(at) > 1 else AREAS[scene.towers.index(at)])
    else:
        assert scene.fewest_moves() > 0
    world = scene.world()
    lawful(world, ranks)
    ordered(world)
    stepped(world, Action(0.0, 0.0, False))
    assert not world.over, "it begins neither solved nor lost"
    assert world.towers() == [list(tower) for tower in scene.towers]


def test_seeds_differ():
    assert len({repr(random_scene(seed, "hanoi", 3, True)) for seed in range(50)}) == 50


nothing = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
json_like = st.recursive(
    nothing,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
asked = st.fixed_dictionaries(
    {},
    optional={
        "seed": st.integers(0, 9) | json_like,
        "blocks": st.integers(1, 6) | json_like,
        "task": st.sampled_from(tower.TASKS) | json_like,
        "start": st.sampled_from(AREAS) | json_like,
        "goal": st.sampled_from(AREAS) | json_like,
        "other": json_like,
    },
)


@settings(max_examples=150)
@given(asked | json_like)
@example({"start": "left"})
@example({"goal": "left"})
@example({"seed": MOST_SEEDS})
@example({"blocks": 10**5000})
@example({"start": "left", "goal": "left"})
def test_a_scene_is_read_or_refused_with_its_field(value):
    field = None
    try:
        scene = parse_scene(value)
    except InputError as error:
        field = error.field
    if field is not None:
        assert field in ("scene", "seed", "blocks", "task", "start", "goal")
        assert field == "scene" or field in value
        return
    assert isinstance(scene, Scene)
    assert scene.seed == value.get("seed", 0)
    assert sum(map(len, scene.towers)) == value.get("blocks", 3)
    assert scene.instruction.task == value.get("task", "hanoi")
    if scene.instruction.task == "hanoi":
        start, goal = value.get("start"), value.get("goal")
        (area,) = (area for area, tower in enumerate(scene.towers) if tower)
        assert start in (None, AREAS[area])
        assert goal in (None, AREAS[scene.instruction.goal])
        assert scene.fewest_moves() == 2 ** sum(map(len, scene.towers)) - 1


@pytest.mark.parametrize("name", ["start", "goal"])
@pytest.mark.parametrize("area", range(3))
def test_what_of_a_scene_is_not_said_is_drawn(name, area):
    scene = parse_scene({"seed": 5, name: AREAS[area]})
    assert [len(tower) for tower in scene.towers].index(3) != scene.instruction.goal
    assert area == (scene.instruction.goal if name == "goal" else [len(tower) for tower in scene.towers].index(3))


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (None, "scene"),
        ([], "scene"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.0}, "seed"),
        ({"seed": True}, "seed"),
        ({"seed": MOST_SEEDS}, "seed"),
        ({"blocks": 0}, "blocks"),
        ({"blocks": 7}, "blocks"),
        ({"task": "juggle"}, "task"),
        ({"task": []}, "task"),
        ({"start": "left", "goal": "left"}, "goal"),
        ({"start": "up"}, "start"),
        ({"goal": 1}, "goal"),
    ],
)
def test_a_bad_scene_names_its_field(value, field):
    with pytest.raises(InputError) as refused:
        parse_scene(value)
    assert refused.value.field == field
