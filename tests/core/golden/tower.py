"""Writes tower.json: whole episodes of the tower's world, and what they must come to wherever they are played.

Run it only after a change of the world or the camera that is meant: .venv/bin/python tests/core/golden/tower.py
"""

import json
from pathlib import Path

from hundredfold.exhibits.tower.scene import digest, parse_scene
from hundredfold.exhibits.tower.world import Action
from hundredfold.forge.tower.expert import demonstrate

FILE = Path(__file__).with_suffix(".json")
UNIT = 1e6
"""Actions are whole numbers of micrometres, whose quotients are the same doubles everywhere."""
SCENES = (
    {"seed": 1, "blocks": 3, "task": "hanoi"},
    {"seed": 2, "blocks": 4, "task": "single"},
    {"seed": 3, "blocks": 6, "task": "hanoi"},
)
CLUMSY = 120
"""Steps that the last scene is played, by a hand that pays no heed."""


def action(told):
    """[dx, dz, closed] -> Action."""
    return Action(told[0] / UNIT, told[1] / UNIT, bool(told[2]))


def expert(value):
    """What the expert does, in whole micrometres."""
    scene = parse_scene(value)
    world, told = scene.world(), []
    for _, does in demonstrate(scene, world):
        told.append([round(does.dx * UNIT), round(does.dz * UNIT), int(does.closed)])
        world.step(action(told[-1]))
    assert world.success
    return told


def clumsy():
    """Down onto the blocks and about, opening and closing: by a counter that seems to jump."""
    return [[state % 60_001 - 30_000, state % 50_021 - 35_000, state % 7 // 4] for state in _jumps(CLUMSY)]


def _jumps(count):
    state = 1
    for _ in range(count):
        state = (state * 48_271) % (2**31 - 1)
        yield state


if __name__ == "__main__":
    plays = [(value, clumsy() if value == SCENES[-1] else expert(value)) for value in SCENES]
    episodes = [
        {"scene": value, **digest(parse_scene(value), map(action, told)), "actions": told} for value, told in plays
    ]
    lines = ",\n".join(json.dumps(episode, separators=(",", ":")) for episode in episodes)
    FILE.write_text(f'{{"unit":{UNIT:.0f},"episodes":[\n{lines}\n]}}\n')
