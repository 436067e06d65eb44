"""The files of docs/deploy/ agree with the program: what they name is there, and what they promise is set."""

from __future__ import annotations

import re
from configparser import ConfigParser

import pytest

from hundredfold.service.serving import address
from hundredfold.service.settings import names

KNOWN = {"HUNDREDFOLD_CACHE", "HOST", "PORT", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


@pytest.fixture(scope="module")
def deploy(root):
    return root / "docs/deploy"


@pytest.fixture(scope="module")
def steps(deploy):
    """(instruction, argument) of the Containerfile, with continued lines in one."""
    text = re.sub(r"^#.*\n", "", (deploy / "Containerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def unit(deploy):
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read(deploy / "hundredfold.service")
    return read


def test_every_file_is_explained(deploy, root):
    told = (root / "docs/operating.md").read_text()
    assert all(f"deploy/{path.name}" in told for path in deploy.iterdir())


def test_the_image_is_built_from_what_is_there(steps, root):
    copied = [source for name, given in steps if name == "COPY" for source in given.split()[:-1]]
    assert all((root / each).exists() for each in copied)
    wanted = {path.name for path in (root / "web").iterdir()} - {
        "node_modules",
        "dist",
        "bench",
        ".prettierrc",
        ".prettierignore",
    }
    assert {each.removeprefix("web/") for each in copied if each.startswith("web/")} == wanted
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "py_src", "models", "docs"} <= set(copied)


def test_the_image_runs_as_nobody_special_and_tells_whether_it_is_well(steps):
    last = [index for index, (name, _) in enumerate(steps) if name == "FROM"][-1]
    final = steps[last:]
    given = dict(final)
    assert given["USER"].isdecimal()
    assert int(given["USER"]) > 0
    assert "/api/v1/health" in given["HEALTHCHECK"]
    assert given["EXPOSE"] == str(address()[1])
    assert given["STOPSIGNAL"] == "SIGTERM"
    assert (given["ENTRYPOINT"], given["CMD"]) == ('["hundredfold"]', '["serve"]')
    order = [name for name, _ in final]
    assert order.index("USER") > max(index for index, name in enumerate(order) if name == "RUN")
    variables = dict(each.split("=", 1) for each in given["ENV"].split())
    assert variables.keys() <= KNOWN | names()


def test_the_unit_is_hardened_and_ends_in_time(unit):
    service = unit["Service"]
    for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome", "ProtectKernelTunables"):
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["KillSignal"] == "SIGTERM"
    assert int(service["TimeoutStopSec"]) >= 20
    assert service["MemoryMax"]
    assert service["ExecStart"].endswith("/hundredfold serve")


def test_variables_that_the_files_set_exist(deploy):
    for path in deploy.iterdir():
        for name in re.findall(r"\bHUNDREDFOLD_[A-Z_]+", path.read_text()):
            assert name in KNOWN | names(), f"{path.name} sets {name}, which nothing reads"


def test_the_proxies_overwrite_what_the_server_trusts(deploy):
    for name, each in (("nginx-proxy.conf", "proxy_set_header {} "), ("Caddyfile", "header_up {} ")):
        text = (deploy / name).read_text()
        for header in ("X-Forwarded-For", "X-Forwarded-Prefix"):
            assert text.count(each.format(header)) == 1
        assert "127.0.0.1:8000" in text
        assert "HUNDREDFOLD_PROXIES=1" in text
