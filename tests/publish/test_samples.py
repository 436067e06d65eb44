"""The samples are read right, and written down by the build as the page draws them."""

import asyncio
import json

from hundredfold.adapters.native import opener
from hundredfold.app import handle
from hundredfold.manifest import Manifest


def test_the_samples_are_read_right_and_written_down_by_the_build(root, prepared, js):
    inputs = json.loads((root / "web/dist/samples.json").read_text())["digits"]
    assert inputs == js("exhibits/digits/samples.js", "inputs")
    manifest, session = Manifest.load(root / "models/manifest.json"), opener(root / "models", 1)
    for variant in manifest.ladders["digits"].variants:
        ask = {"do": "run", "exhibit": "digits", "variant": variant.id}
        read = [asyncio.run(handle({**ask, "input": each}, session, manifest))["output"]["label"] for each in inputs]
        assert read == list(range(10)), f"{variant.id} reads {read}"
