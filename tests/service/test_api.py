"""The API's answers and refusals, one by one and by random requests made from its own OpenAPI document."""

from __future__ import annotations

import io
import json
import pickle
import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tiny import RUN, RUN_TOWER, VARIANTS, assert_problem, drawing, seen, warm

from hundredfold import EXHIBITS

RUNS = [f"/api/v1/exhibits/{name}/run" for name in EXHIBITS]
FUZZED = [
    *((f"/api/v1/{name}", "GET", GenerationMode.POSITIVE) for name in ("health", "exhibits", "power")),
    *((run, "POST", mode) for run in RUNS for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)),
]


@pytest.fixture(scope="module")
def schema(app):
    warm(app)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize(("path", "method", "mode"), FUZZED)
def test_random_requests_get_only_documented_answers(schema, path, method, mode):
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    def check(case):
        # Pixels that fit width and height are more than a schema can say: such an input is refused, and rightly so.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()


def test_document_names_every_address_and_every_error(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    assert set(paths) == {path for path, _, _ in FUZZED}
    run = paths[RUN]["post"]
    assert set(run["responses"]) == {"200", "413", "415", "422", "429", "500", "503", "504"}
    for path in paths.values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                wanted = "application/json" if status == "200" else "application/problem+json"
                assert list(response["content"]) == [wanted]


def test_no_documentation_page_with_foreign_scripts(client):
    for path in ("/docs", "/redoc", "/api/v1/docs", "/api/docs"):
        assert client.get(path).status_code == 404


def test_health(client):
    response = client.get("/api/v1/health")
    assert response.json["status"] == "ok"
    assert response.json["queue"] == {"waiting": 0, "limit": 32}
    assert response.headers["Cache-Control"] == "no-store"


def test_exhibits(client):
    digits = client.get("/api/v1/exhibits").json["exhibits"]["digits"]
    assert [variant["id"] for variant in digits["variants"]] == list(VARIANTS)
    assert digits["default"] == {"here": "student-int8", "there": "baseline-fp32"}


@pytest.mark.parametrize("variant", [None, *VARIANTS])
def test_run(client, variant):
    body = json.dumps({"input": drawing(), "variant": variant})
    response = client.post(RUN, data=body, content_type="application/json")
    assert response.status_code == 200, response.text
    result = response.json
    assert result["variant"] == variant or (variant is None and result["variant"] == "baseline-fp32")
    assert result["where"] == "there"
    assert result["bytes_sent"] == len(body)
    assert result["timing"]["model_ms"]["n"] == 1
    assert result["runtime"]["threads"] == 1
    assert sum(result["output"]["scores"]) == pytest.approx(1)


def test_the_tower_answers_with_motions(client):
    response = client.post(RUN_TOWER, json={"input": seen()})
    assert response.status_code == 200, response.text
    assert len(response.json["output"]["actions"]) == 16
    assert all(len(action) == 3 for action in response.json["output"]["actions"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"image": {"width": 95, "height": 64, "pixels": ""}}, "image.width"),
        ({"image": {"width": 96, "height": 64, "pixels": "!"}}, "image.pixels"),
        ({"gripper": {"x": 0.3, "z": "high", "opening": 0.1}}, "gripper.z"),
        ({"instruction": {"task": "juggle"}}, "instruction.task"),
        ({"instruction": {"task": "single", "block": 2, "onto": "b2"}}, "instruction.onto"),
    ],
)
def test_the_tower_refuses_what_it_can_not_use(client, change, field):
    assert_problem(client.post(RUN_TOWER, json={"input": {**seen(), **change}}), 422, field)


def test_a_skill_and_a_picture_do_not_go_together(client):
    asked = {"input": seen(), "variant": "reach"}
    assert_problem(client.post(RUN_TOWER, json=asked), 422, "image")
    asked = {"input": {"features": [0, 0, 0]}, "variant": "policy-large"}
    assert_problem(client.post(RUN_TOWER, json=asked), 422, "features")


def test_repeats_are_measured(client):
    model_ms = client.post(RUN, json={"input": drawing(), "repeats": 50}).json["timing"]["model_ms"]
    assert model_ms["n"] == 50
    assert 0 < model_ms["min"] <= model_ms["median"] <= model_ms["p95"]


def test_the_largest_drawing_fits(client):
    assert client.post(RUN, json={"input": drawing(1024, 1024)}).status_code == 200


def test_a_blank_drawing_is_answered_as_blank(client):
    blank = {"image": {"width": 8, "height": 8, "pixels": "A" * 86 + "=="}}
    output = client.post(RUN, json={"input": blank}).json["output"]
    assert output["label"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "input"),
        (None, "input"),
        ({"input": []}, "input"),
        ({"input": {}}, "image"),
        ({"input": {"image": {**drawing()["image"], "width": 4}}}, "image.width"),
        ({"input": {"image": {**drawing()["image"], "width": 29}}}, "image.pixels"),
        ({"input": {"image": {**drawing()["image"], "pixels": "?"}}}, "image.pixels"),
        ({"input": drawing(), "variant": "huge"}, "variant"),
        ({"input": drawing(), "variant": 1}, "variant"),
        ({"input": drawing(), "repeats": 51}, "repeats"),
        ({"input": drawing(), "repeats": 0}, "repeats"),
        ({"input": drawing(), "repeats": "3"}, "repeats"),
        ({"input": drawing(), "repeats": True}, "repeats"),
        ({"input": drawing(), "where": "here"}, "where"),
    ],
)
def test_a_bad_body_is_refused_with_its_field(client, body, field):
    assert_problem(client.post(RUN, data=json.dumps(body), content_type="application/json"), 422, field)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"input": ', b"\xff\xfe", b"[" * 100_000, b'{"repeats": ' + b"9" * 5000 + b"}"],
    ids=["empty", "cut", "cut later", "not UTF-8", "deep", "long number"],
)
def test_a_body_that_is_not_json_is_refused(client, body):
    assert_problem(client.post(RUN, data=body, content_type="application/json"), 422, "body")


@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"'])
def test_json_that_is_no_object_is_refused(client, body):
    response = client.post(RUN, data=body, content_type="application/json")
    assert response.status_code == 422
    assert response.json["field"]


@pytest.mark.parametrize("depth", [200, 500, 850, 900, 950, 1000])
def test_deep_input_is_refused_and_harms_nobody(client, depth):
    body = '{"input": {"image": ' + "[" * depth + "]" * depth + "}}"
    response = client.post(RUN, data=body, content_type="application/json")
    assert response.status_code == 422, response.text
    assert client.post(RUN, json={"input": drawing()}).status_code == 200


def test_unknown_exhibit(client):
    problem = assert_problem(client.post("/api/v1/exhibits/nothing/run", json={"input": {}}), 404)
    assert "digits" in problem["detail"]


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v2/health", "/api/v1/health/", "/api/v1/exhibits/digits"])
def test_unknown_addresses_of_the_api(client, path):
    assert "openapi.json" in assert_problem(client.get(path), 404)["detail"]


def test_wrong_method(client):
    response = client.get(RUN)
    assert_problem(response, 405)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_wrong_content_type(client, kind):
    assert_problem(client.post(RUN, data=json.dumps({"input": drawing()}), content_type=kind), 415)


def test_large_body(client):
    most = EXHIBITS["digits"].largest_body_bytes
    just = b'{"input": {}, "variant": "' + b"x" * (most - 30)
    assert client.post(RUN, data=just, content_type="application/json").status_code == 422
    problem = assert_problem(client.post(RUN, data=b"x" * (most + 1), content_type="application/json"), 413)
    assert f"{most} bytes" in problem["detail"]


def test_large_body_without_a_length(client):
    endless = io.BytesIO(b"x" * 3_000_000)
    chunked = {"Transfer-Encoding": "chunked", "Content-Type": "application/json"}
    response = client.post(
        RUN, input_stream=endless, headers=chunked, environ_overrides={"wsgi.input_terminated": True}
    )
    assert_problem(response, 413)


def test_flood(make_app):
    app = make_app(rate="3/minute")
    client = app.test_client()
    assert [client.get("/api/v1/health").status_code for _ in range(3)] == [200] * 3
    response = client.get("/api/v1/exhibits")
    assert_problem(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    other = client.get("/api/v1/health", environ_base={"REMOTE_ADDR": "10.0.0.7"})
    assert other.status_code == 200, "one address's flood is not another's"
    assert client.get("/").status_code == 200, "the page is not counted"


def test_visitors_behind_a_trusted_proxy_are_told_apart(make_app):
    client = make_app(rate="1/minute", proxies=1).test_client()
    for address in ("10.0.0.1", "10.0.0.2"):
        assert client.get("/api/v1/health", headers={"X-Forwarded-For": address}).status_code == 200
    assert client.get("/api/v1/health", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 429


def test_what_is_kept_of_an_address_does_not_grow_with_its_requests(make_app):
    app = make_app()
    client, windows = app.test_client(), app.extensions["hundredfold.gate"].windows

    def kept_after(requests):
        for _ in range(requests):
            client.get("/api/v1/health")
        return len(pickle.dumps(windows.seen))

    few = kept_after(10)
    assert kept_after(300) < 2 * few


def test_a_mistake_of_ours_is_a_problem_too(make_app, monkeypatch):
    app = make_app()
    monkeypatch.setattr(type(app.extensions["hundredfold.pool"]), "trouble", property(lambda pool: 1 / 0))
    assert_problem(app.test_client().get("/api/v1/health"), 500)


def test_altered_model_is_refused_by_name(make_app, tmp_path, models):
    folder = copy_of(models, tmp_path)
    (folder / "digits/student-int8.onnx").write_bytes(b"not what it was")
    client = make_app(models=folder).test_client()
    problem = assert_problem(client.post(RUN, json={"input": drawing(), "variant": "student-int8"}), 500)
    assert "sha256" in problem["detail"]
    assert client.post(RUN, json={"input": drawing()}).status_code == 200, "the other variants still run"
    health = client.get("/api/v1/health").json
    assert health["status"] == "degraded"
    assert "student-int8" in health["trouble"][0]


def bend(vectors):
    vectors["baseline-fp32"][0]["output"]["scores"][0] += 0.1


@pytest.mark.parametrize(
    "damage",
    [
        bend,
        lambda vectors: vectors["baseline-fp32"][0]["output"].pop("scores"),
        lambda vectors: vectors.pop("baseline-fp32"),
        lambda vectors: vectors["baseline-fp32"].clear(),
        lambda vectors: vectors.update({"baseline-fp32": 5}),
    ],
    ids=["it disagrees", "it is half", "it is missing", "there is none", "it is no list"],
)
def test_a_model_whose_golden_vector_does_not_come_out_is_refused_and_health_says_so(
    make_app, tmp_path, models, damage
):
    folder = copy_of(models, tmp_path)
    golden = json.loads((folder / "digits/golden.json").read_text())
    damage(golden["variants"])
    (folder / "digits/golden.json").write_text(json.dumps(golden))
    client = make_app(models=folder).test_client()
    problem = assert_problem(client.post(RUN, json={"input": drawing()}), 500)
    assert problem["title"] == "Model refused"
    health = client.get("/api/v1/health").json
    assert health["status"] == "degraded"
    assert "baseline-fp32" in health["trouble"][0]
    other = client.post(RUN, json={"input": drawing(), "variant": "baseline-int8"})
    assert other.json["variant"] == "baseline-int8", "the others still run"


@pytest.mark.parametrize("wrong", [{"variants": 5}, None], ids=["damaged", "missing"])
def test_an_exhibit_without_models_says_why_and_no_other_suffers(make_app, models, tmp_path, wrong):
    folder = copy_of(models, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    if wrong:
        manifest["exhibits"]["tower"].update(wrong)
    else:
        del manifest["exhibits"]["tower"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    client = make_app(models=folder).test_client()
    told = client.get("/api/v1/exhibits").json
    assert set(told["exhibits"]) == set(EXHIBITS) - {"tower"}
    assert "exhibits.tower" in told["refused"]["tower"]
    assert client.post(RUN, json={"input": drawing()}).json["exhibit"] == "digits"
    problem = assert_problem(client.post(RUN_TOWER, json={"input": seen()}), 500)
    assert (problem["title"], problem["detail"]) == ("Model refused", told["refused"]["tower"])
    health = client.get("/api/v1/health").json
    assert (health["status"], len(health["trouble"])) == ("degraded", 1)
    assert told["refused"]["tower"] in health["trouble"][0]


@pytest.mark.parametrize("manifest", [None, "{", '{"schema": 99}', '{"schema": 1, "exhibits": {}}'])
def test_without_models_the_page_loads_and_the_api_says_why(make_app, tmp_path, manifest):
    if manifest:
        (tmp_path / "manifest.json").write_text(manifest)
    client = make_app(models=tmp_path).test_client()
    assert client.get("/").status_code == 200
    health = client.get("/api/v1/health").json
    assert health["status"] == "degraded"
    for response in (client.get("/api/v1/exhibits"), client.post(RUN, json={"input": drawing()})):
        assert_problem(response, 503)
        assert int(response.headers["Retry-After"]) > 0
        assert response.json["detail"] == health["trouble"][0]


def copy_of(models, tmp_path):
    return shutil.copytree(models, tmp_path / "models")
