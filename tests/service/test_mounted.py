"""Mounted at a path, by the server in front or behind a proxy, every address that the server makes leads back to it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from werkzeug.test import Client

ROOTS = ("", "/demo", "/a/b")


@pytest.fixture(params=["SCRIPT_NAME", "X-Forwarded-Prefix"])
def ask(request, make_app):
    """ask(root, path) -> (response, the address as the visitor's browser has it)."""
    app = make_app(proxies=1 if request.param == "X-Forwarded-Prefix" else 0)

    def get(root, path):
        if request.param == "SCRIPT_NAME":
            return Client(app).get(path, environ_overrides={"SCRIPT_NAME": root}), f"http://localhost{root}{path}"
        return Client(app).get(path, headers={"X-Forwarded-Prefix": root}), f"http://localhost{root}{path}"

    return get


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize(("path", "leads_to"), [("/index.html", "/"), ("/embed/digits", "/embed/digits/")])
def test_redirects_stay_below_it(ask, root, path, leads_to):
    response, address = ask(root, path)
    assert response.status_code == 302
    assert urljoin(address, response.headers["Location"]) == f"http://localhost{root}{leads_to}"


@pytest.mark.parametrize("root", ROOTS[1:])
def test_the_folder_without_its_slash_leads_to_the_page(make_app, root):
    response = Client(make_app()).get("", environ_overrides={"SCRIPT_NAME": root, "PATH_INFO": ""})
    assert response.status_code == 308
    assert urljoin(f"http://localhost{root}", response.headers["Location"]) == f"http://localhost{root}/"


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/deep/", "/embed/nothing"])
def test_the_page_for_wrong_addresses_links_home(ask, root, path):
    response, address = ask(root, path)
    assert response.status_code == 404
    (link,) = re.findall('href="([^"]*)"', response.text)
    assert urljoin(address, link) == f"http://localhost{root}/"


def test_it_links_home_when_a_proxy_does_not_say_where_we_are(make_app):
    response = Client(make_app()).get("/nowhere/deep")
    (link,) = re.findall('href="([^"]*)"', response.text)
    assert urljoin("http://localhost/demo/nowhere/deep", link) == "http://localhost/demo/"


@pytest.mark.parametrize("root", ROOTS)
def test_problems_and_the_document_name_addresses_below_it(ask, root):
    for path in ("/api/v1/nothing", "/api/v1/exhibits/digits/run"):
        detail = ask(root, path)[0].json["detail"]
        assert re.findall(r"\S*/api/v1", detail) == [f"{root}/api/v1"] * detail.count("/api/v1")
        assert "/api/v1" in detail
    document = ask(root, "/api/v1/openapi.json")[0].json
    assert document.get("servers") == ([{"url": root}] if root else None)
    assert "/api/v1/health" in document["paths"]
    assert ask("", "/api/v1/openapi.json")[0].json.get("servers") is None, "it is not kept for others"


def test_no_slash_too_many_makes_an_address(make_app):
    response = Client(make_app()).get("//api/v1/health")
    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize("said", ['/"><script>', "//evil.example", "https://evil.example", "/../..", "/a\\b", "/a b"])
def test_what_is_no_path_is_not_repeated(make_app, said):
    response = Client(make_app(proxies=1)).get("/nowhere", headers={"X-Forwarded-Prefix": said})
    assert response.status_code == 404
    assert re.findall('href="([^"]*)"', response.text) == ["./"]


def test_a_visitor_can_not_say_it_without_a_trusted_proxy(make_app):
    response = Client(make_app()).get("/nowhere", headers={"X-Forwarded-Prefix": "/other"})
    assert "/other" not in response.text
