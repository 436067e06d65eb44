"""The site's own models by the Open Inference Protocol: what it tells, takes and refuses."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import assert_problem

from hundredfold.adapters.oip_tensors import DTYPES, LENGTH, parsed, read, written
from hundredfold.manifest import Manifest
from hundredfold.verbs.infer import MOST_ROWS

MODEL = "/v2/models/digits-baseline-fp32"
IMAGE = np.random.default_rng(0).uniform(size=(2, 1, 28, 28)).astype(np.float32)


def tensor(**changed):
    return {"name": "image", "shape": [1, 1, 28, 28], "datatype": "FP32", "data": [0.5] * 784, **changed}


def post(client, body, path=f"{MODEL}/infer", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(path, data=content, headers={"Content-Type": "application/json", **headers})


def refused(response, status, field=None):
    problem = assert_problem(response, status, field)
    assert problem["error"] == problem["detail"], "the protocol's errors have this member"
    return problem


def test_what_it_is(client):
    told = client.get("/v2").json
    assert told["name"] == "hundredfold"
    assert told["version"]
    assert told["extensions"] == ["binary_tensor_data"]
    assert client.get("/v2/health/live").json == {"live": True}


def test_ready_is_more_than_alive(make_app):
    app = make_app()
    client, pool = app.test_client(), app.extensions["hundredfold.pool"]
    answer = client.get("/v2/health/ready")
    if answer.status_code != 200:  # it can hardly be warm by then
        assert int(answer.headers["Retry-After"]) > 0
        refused(answer, 503)
    post(client, {"inputs": [tensor()]})
    assert client.get("/v2/health/ready").json == {"ready": True}
    pool.close()


def test_without_models_it_is_alive_and_never_ready(make_app, tmp_path):
    client = make_app(models=tmp_path).test_client()
    assert client.get("/v2/health/live").status_code == 200
    refused(client.get("/v2/health/ready"), 503)
    refused(client.get(MODEL), 404)


def test_every_model_that_runs_there_tells_its_inputs_and_outputs(client, models):
    ladders = Manifest.load(models / "manifest.json").ladders.values()
    for variant in (variant for ladder in ladders for variant in ladder.variants):
        told = client.get(f"/v2/models/{variant.exhibit}-{variant.id}").json
        assert told["name"] == f"{variant.exhibit}-{variant.id}"
        assert told["versions"] == ["1"]
        for each in (*told["inputs"], *told["outputs"]):
            assert each["datatype"] in DTYPES
            assert all(size == -1 or size > 0 for size in each["shape"])
    assert client.get(f"{MODEL}/ready").json == {"name": "digits-baseline-fp32", "ready": True}
    assert client.get(f"{MODEL}/versions/1").json == client.get(MODEL).json
    assert client.get(f"{MODEL}/versions/1/ready").status_code == 200
    assert client.get(MODEL).json["inputs"] == [{"name": "image", "datatype": "FP32", "shape": [-1, 1, 28, 28]}]


def test_tensors_in_tensors_out(client):
    body = {"id": "7", "inputs": [tensor(shape=[2, 1, 28, 28], data=IMAGE.tolist())], "outputs": [{"name": "logits"}]}
    told = post(client, body).json
    assert (told["model_name"], told["model_version"], told["id"]) == ("digits-baseline-fp32", "1", "7")
    (logits,) = told["outputs"]
    assert (logits["name"], logits["datatype"], logits["shape"]) == ("logits", "FP32", [2, 10])
    assert all(isinstance(value, str | int | float | bool) for value in told["parameters"].values()), "they are flat"
    assert told["parameters"]["model_ms"] > 0
    energy = [told["parameters"][f"energy_j_{end}"] for end in ("low", "mid", "high")]
    assert 0 < energy[0] <= energy[1] <= energy[2]
    assert told["parameters"]["energy_origin"] == "estimated"

    sent = written({"parameters": {"binary_data_output": True}}, "inputs", {"image": IMAGE}, lambda name: True)
    answer = post(client, sent.content, path=f"{MODEL}/versions/1/infer", **sent.headers)
    assert answer.content_type == "application/octet-stream"
    told, blob = parsed(answer.data, answer.headers[LENGTH])
    assert read(told["outputs"], blob)["logits"].ravel().tolist() == pytest.approx(logits["data"])


def test_values_that_json_can_not_say_are_asked_for_as_bytes(client):
    large = written({}, "inputs", {"image": np.full((1, 1, 28, 28), 3e38, np.float32)}, lambda name: True)
    problem = refused(post(client, large.content, **large.headers), 500)
    assert "binary_data" in problem["detail"]
    asked = {"outputs": [{"name": "logits", "parameters": {"binary_data": True}}]}
    large = written(asked, "inputs", {"image": np.full((1, 1, 28, 28), 3e38, np.float32)}, lambda name: True)
    assert post(client, large.content, **large.headers).status_code == 200


@pytest.mark.parametrize(
    ("body", "says_why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"inputs": [{"data": [NaN]}]}', "NaN is no number"),
        ([], "no JSON object"),
        ({}, "list of tensors"),
        ({"inputs": [5]}, "name of its own"),
        ({"inputs": [tensor(), tensor()]}, "name of its own"),
        ({"inputs": []}, "it is missing"),
        ({"inputs": [tensor(name="x")]}, "no such input"),
        ({"inputs": [tensor(datatype="FP64")]}, "its dtype is float64"),
        ({"inputs": [tensor(datatype="BYTES", data=["a"] * 784)]}, "its dtype is str"),
        ({"inputs": [tensor(shape=[1, 28, 28])]}, "its shape is"),
        ({"inputs": [tensor(shape=[1, 1, 28, 28, 1])]}, "its shape is"),
        ({"inputs": [tensor(shape=[0, 1, 28, 28], data=[])]}, "no values"),
        ({"inputs": [tensor(shape=[1 << 30] * 4)]}, "must have"),
        ({"inputs": [tensor(data=[0.5] * 783)]}, "must have 784 values"),
        ({"inputs": [tensor(data=["0"] * 784)]}, "no FP32"),
        ({"inputs": [tensor(shape=[MOST_ROWS + 1, 1, 28, 28], data=[1] * 784 * (MOST_ROWS + 1))]}, "rows"),
        ({"inputs": [tensor()], "outputs": [{"name": "more"}]}, "among: logits"),
        ({"inputs": [tensor()], "outputs": [{"name": "logits"}] * 2}, "twice"),
        ({"inputs": [tensor()], "outputs": {"name": "logits"}}, "list of {name}"),
        ({"inputs": [tensor()], "outputs": [{}]}, "name of an output"),
    ],
)
def test_what_can_not_be_used_is_refused_with_a_sentence(client, body, says_why):
    response = post(client, body)
    problem = refused(response, 422, response.json["field"])
    assert says_why in problem["detail"]


def test_indices_that_a_model_does_not_have_harm_nobody(client):
    ids = {"name": "ids", "shape": [1], "datatype": "INT32", "data": [2**31 - 1]}
    assert refused(post(client, {"inputs": [ids]}, "/v2/models/mail-small/infer"), 422, "inputs")
    ids["data"] = [5]
    assert post(client, {"inputs": [ids]}, "/v2/models/mail-small/infer").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/", 404),
        ("GET", "/v2/models", 404),
        ("GET", "/v2/models/digits-huge", 404),
        ("GET", "/v2/models/digits", 404),
        ("GET", f"{MODEL}/versions/2", 404),
        ("GET", f"{MODEL}/nothing", 404),
        ("POST", "/v2/models/digits-huge/infer", 404),
        ("GET", f"{MODEL}/infer", 405),
        ("DELETE", MODEL, 405),
        ("POST", "/v2", 405),
    ],
)
def test_unknown_addresses_and_methods(client, method, path, status):
    refused(client.open(path, method=method, data=b"{}", content_type="application/json"), status)


def test_other_types_and_sizes_of_bodies(client, make_app):
    refused(client.post(f"{MODEL}/infer", data=b"{}", content_type="text/plain"), 415)
    small = make_app(max_body_bytes=2000)
    refused(post(small.test_client(), b" " * 2001), 413)
    refused(post(small.test_client(), {"inputs": [tensor()]}), 413)
    small.extensions["hundredfold.pool"].close()


def test_its_calls_count_against_the_same_limits(make_app):
    client = make_app(rate="2/minute").test_client()
    assert client.get("/v2").status_code == 200
    assert client.get("/api/v1/health").status_code == 200
    response = client.get("/v2/health/live")
    refused(response, 429)
    assert int(response.headers["Retry-After"]) > 0


TENSORS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["image", "x", 5, None]),
        "shape": st.one_of(
            st.just([1, 1, 28, 28]), st.lists(st.integers(-2, 1 << 33), max_size=9), st.integers(), st.text(max_size=3)
        ),
        "datatype": st.sampled_from([*DTYPES, "FP8", 5, None]),
        "data": st.one_of(
            st.just([0.5] * 784),
            st.lists(
                st.one_of(st.integers(), st.floats(allow_nan=False), st.booleans(), st.text(max_size=3)), max_size=9
            ),
            st.recursive(st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=9),
        ),
        "parameters": st.dictionaries(
            st.just("binary_data_size"), st.one_of(st.integers(-1, 10_000), st.text(max_size=2))
        ),
    },
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(st.text(max_size=5), st.integers()),
        "inputs": st.one_of(
            st.lists(st.one_of(TENSORS, st.just(tensor()), st.integers()), max_size=3), st.text(max_size=3)
        ),
        "outputs": st.one_of(
            st.lists(st.fixed_dictionaries({}, optional={"name": st.sampled_from(["logits", "x", 5])}), max_size=3),
            st.integers(),
        ),
        "parameters": st.one_of(st.dictionaries(st.just("binary_data_output"), st.booleans()), st.integers()),
    },
)


@given(
    body=BODIES,
    behind=st.binary(max_size=20),
    length=st.one_of(st.none(), st.just("right"), st.integers(-5, 5000).map(str), st.text("0129 -x", max_size=4)),
)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_random_requests_get_only_answers_of_the_protocol(client, body, behind, length):
    content = json.dumps(body).encode()
    headers = {} if length is None else {LENGTH: str(len(content)) if length == "right" else length}
    response = post(client, content + behind, **headers)
    if response.status_code == 200:
        told, blob = parsed(response.data, response.headers.get(LENGTH))
        assert read(told["outputs"], blob)["logits"].shape[1:] == (10,)
    else:
        refused(response, 422, response.json.get("field"))
