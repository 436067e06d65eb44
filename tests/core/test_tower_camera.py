"""The tower's camera shows what is there, where it says; an episode is the same to the bit wherever it is played."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.exhibits.tower.camera import COLUMNS, PIXEL, ROWS, Camera, Jitter
from hundredfold.exhibits.tower.scene import MOST_SEEDS, digest, parse_scene, random_scene
from hundredfold.exhibits.tower.world import HEIGHT, WIDTHS, Action, Block, Instruction, World

GOLDEN = Path(__file__).parent / "golden/tower.json"
RENEW = "if the world was meant to change: .venv/bin/python tests/core/golden/tower.py"
EPISODES = json.loads(GOLDEN.read_text())
CLEAN = Jitter(noise=0.0)

seeds = st.integers(0, MOST_SEEDS - 1)
levels = st.floats(0, 20)


def episode(golden):
    actions = (
        Action(dx / EPISODES["unit"], dz / EPISODES["unit"], bool(closed)) for dx, dz, closed in golden["actions"]
    )
    return digest(parse_scene(golden["scene"]), actions)


def alone(*blocks):
    """A table with these blocks, and the gripper out of sight."""
    return World(list(blocks), Instruction("hanoi", goal=0), limit=9, x=0.3, z=2.0)


@pytest.mark.parametrize("golden", EPISODES["episodes"], ids=lambda golden: str(golden["scene"]))
def test_an_episode_is_the_same_to_the_bit(golden):
    assert episode(golden) == {key: golden[key] for key in ("states", "images")}, RENEW


def test_another_process_sees_the_same():
    golden = EPISODES["episodes"][1]
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_tower_camera as it; "
    code += "print(it.episode(it.EPISODES['episodes'][1])['images'])"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5"}
    )
    assert told.stdout.strip() == golden["images"]


def test_the_digest_tells_episodes_apart():
    scene, steps = random_scene(1, "hanoi", 3), [Action(0.01, 0.0, False)] * 3
    assert digest(scene, steps) == digest(scene, list(steps))
    other = digest(scene, [*steps[:2], Action(0.01, 1e-12, False)])
    assert other["states"] != digest(scene, steps)["states"]
    assert digest(random_scene(2, "hanoi", 3), steps)["images"] != digest(scene, steps)["images"]


@settings(max_examples=30)
@given(seeds, st.builds(Jitter, levels, levels))
def test_a_picture_is_bytes_whatever_the_jitter(seed, jitter):
    world = random_scene(seed, "hanoi", 6).world()
    with np.errstate(invalid="raise", over="raise"):
        image = Camera(seed, jitter).image(world)
    assert image.shape == (ROWS, COLUMNS, 3)
    assert image.dtype == np.uint8
    assert (image == Camera(seed, jitter).image(world)).all(), "the same seed, another picture"


@settings(max_examples=20)
@given(seeds)
def test_noise_comes_with_the_step_and_goes_with_its_level(seed):
    world = random_scene(seed, "single", 3).world()
    noisy, clean = Camera(seed), Camera(seed, CLEAN)
    still = clean.image(world)
    first = noisy.image(world)
    grain = first.astype(int) - still
    assert 2 < grain.std() < 10
    world.step_count += 1
    assert (clean.image(world) == still).all()
    assert (noisy.image(world) != first).any()


def test_cameras_differ_by_seed_and_by_light():
    world = random_scene(3, "hanoi", 3).world()
    assert (Camera(1, CLEAN).image(world) != Camera(2, CLEAN).image(world)).any()
    plain = [Camera(seed, Jitter(0.0, 0.0)).image(world).mean() for seed in range(30)]
    lit = [Camera(seed, Jitter(0.0, 2.0)).image(world).mean() for seed in range(30)]
    assert np.std(lit) > 2 * np.std(plain)


@settings(max_examples=60)
@given(seeds, st.integers(0, 5), st.floats(0.1, 0.5), st.floats(0.0, 0.2))
def test_a_block_is_seen_where_the_camera_says(seed, rank, x, z):
    camera = Camera(seed, Jitter(noise=0.0, light=0.0))
    seen = camera.image(alone(Block(rank, x, z))).astype(float) - camera.image(alone())
    weight = np.abs(seen).sum(2)
    rows, columns = np.indices(weight.shape) + 0.5
    column, row = camera.pixel(x, z + HEIGHT / 2)
    if weight.sum() < 9 * WIDTHS[rank] * HEIGHT / PIXEL**2:
        return  # a colour so near to the wall's tells nothing
    assert abs((columns * weight).sum() / weight.sum() - column) < 0.6
    assert abs((rows * weight).sum() / weight.sum() - row) < 0.6


def test_what_is_out_of_sight_is_not_painted():
    camera = Camera(1, CLEAN)
    empty = camera.image(alone())
    for x, z in ((-5.0, 0.0), (5.0, 0.0), (0.3, 5.0)):
        assert (camera.image(alone(Block(0, x, z))) == empty).all()
