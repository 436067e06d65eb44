"""Processors that may be used: the fewest of those that the scheduler allows and of what a quota pays for."""

from __future__ import annotations

import os

import pytest

from hundredfold.adapters import cores as module
from hundredfold.adapters import native
from hundredfold.adapters.cores import cores, quota


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        folder.joinpath(name.replace("__", ".")).write_text(f"{text}\n")


def own(tmp_path, *lines):
    path = tmp_path / "own"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@pytest.fixture(autouse=True)
def eight(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.parametrize(
    ("told", "counted"),
    [("max 100000", 8), ("200000 100000", 2), ("150000 100000", 2), ("10000 100000", 1), ("1600000 100000", 8)],
)
def test_version_2(tmp_path, told, counted):
    write(tmp_path / "groups/a/b", cpu__max=told)
    assert cores(tmp_path / "groups", own(tmp_path, "0::/a/b")) == counted


@pytest.mark.parametrize(("allowed", "counted"), [(-1, 8), (200_000, 2), (250_000, 3), (50_000, 1)])
@pytest.mark.parametrize("folder", ["cpu,cpuacct", "cpu"])
def test_version_1(tmp_path, folder, allowed, counted):
    write(tmp_path / "groups" / folder / "docker/x", cpu__cfs_quota_us=allowed, cpu__cfs_period_us=100_000)
    lines = "12:memory:/docker/x", "4:cpu,cpuacct:/docker/x", "2:cpuset:/", "0::/"
    assert cores(tmp_path / "groups", own(tmp_path, *lines)) == counted


def test_the_strictest_group_counts(tmp_path):
    write(tmp_path / "groups/a", cpu__max="100000 100000")
    write(tmp_path / "groups/a/b", cpu__max="400000 100000")
    write(tmp_path / "groups/other", cpu__max="10000 100000")
    assert cores(tmp_path / "groups", own(tmp_path, "0::/a/b")) == 1


@pytest.mark.parametrize("line", ["0::/", "0::/system.slice/docker-1.scope", "0::/../../outside"])
def test_a_container_sees_its_own_group_as_the_root(tmp_path, line):
    write(tmp_path / "groups", cpu__max="300000 100000")
    assert cores(tmp_path / "groups", own(tmp_path, line)) == 3


@pytest.mark.parametrize("told", ["", "max", "0 100000", "much 100000", "100000 0", "100000"])
def test_what_tells_no_quota_is_none(tmp_path, told):
    write(tmp_path / "groups", cpu__max=told)
    assert quota(tmp_path / "groups", own(tmp_path, "0::/")) is None
    assert quota(tmp_path / "nothing", tmp_path / "nothing") is None


def test_the_scheduler_may_allow_fewer_than_the_quota(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    write(tmp_path / "groups", cpu__max="400000 100000")
    assert cores(tmp_path / "groups", own(tmp_path, "0::/")) == 1


def test_the_engine_takes_as_many_threads(tmp_path, monkeypatch, root):
    write(tmp_path / "groups", cpu__max="300000 100000")
    monkeypatch.setattr(module, "CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(module, "OWN", own(tmp_path, "0::/"))
    session = native.NativeSession((root / "models/digits/student-int8.onnx").read_bytes(), "digits/student-int8")
    options = session._session.get_session_options()
    assert session.runtime["threads"] == 3
    assert options.intra_op_num_threads == 3, "and not one per core of the host"
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0", "they sleep after an answer"
