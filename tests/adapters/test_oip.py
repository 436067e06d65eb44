"""Sessions over a server of the Open Inference Protocol: which answers are believed, and what is said of others."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest

from hundredfold.adapters import oip_http
from hundredfold.adapters.oip import OipSession, Peer
from hundredfold.adapters.oip_http import PeerError
from hundredfold.adapters.oip_tensors import LENGTH, TensorError, parsed, read, written
from hundredfold.errors import SessionError
from hundredfold.manifest import Variant
from oip_peer import ANSWER, INPUT, OUTPUT, OipPeer, says

VARIANT = Variant("exhibit", "variant", "baseline", None, "", "f", 1, "0" * 64, 20, 1, 1, ("there",), None, "g")
FEEDS = {"x": np.array([[0.5, 1.5]], np.float32)}


def soon(s=5.0):
    return time.monotonic() + s


def infer(peer, until_s=None, feeds=FEEDS, names=None):
    client = Peer(peer.url)
    client.meet(soon())
    signature = client.signature(VARIANT, soon())
    return client.infer(VARIANT, signature, names, feeds, until_s or soon())


def output(**changed):
    return {**ANSWER, "outputs": [{**ANSWER["outputs"][0], **changed}]}


def test_a_right_answer():
    asked = []
    with OipPeer(says(lambda body: asked.append(body) or {**ANSWER, "id": body["id"]})) as peer:
        (found,), taken = infer(peer)
    assert found.dtype == np.float32
    assert found.tolist() == [[1.0, 2.0, 3.0]]
    (body,) = asked
    assert body["inputs"] == [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [0.5, 1.5]}]
    assert body["outputs"] == [{"name": "y"}]
    assert taken.round_trip_s > 0
    assert (taken.model_s, taken.energy) == (None, None), "of a foreign server neither is known"


@pytest.mark.parametrize(
    ("answer", "says_why"),
    [
        (b"<html>Welcome</html>", "no JSON"),
        (b"", "no JSON"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "no JSON"),
        (json.dumps(output(data=[1.0, float("nan"), 2.0])).encode(), "NaN is no number"),
        (json.dumps(output(data=[1.0, float("-inf"), 2.0])).encode(), "-Infinity is no number"),
        (json.dumps(ANSWER).encode()[:-20], "no JSON"),
        ({}, "a list of tensors"),
        ({**ANSWER, "outputs": []}, "lacks the output 'y'"),
        ({**ANSWER, "outputs": ANSWER["outputs"] * 2}, "name of its own"),
        ({**ANSWER, "model_name": "another"}, "answered for 'another'"),
        ({**ANSWER, "id": "of another"}, "answered the request"),
        (output(name="z"), "lacks the output 'y'"),
        ({**ANSWER, "outputs": [*ANSWER["outputs"], {**ANSWER["outputs"][0], "name": "z"}]}, "does not declare"),
        (output(datatype="FP64"), "declares float32"),
        (output(datatype="FLOAT"), "must be one of"),
        (output(datatype=None), "must be one of"),
        (output(shape=[3]), "has the shape"),
        (output(shape=[1, 4], data=[1.0] * 4), "has the shape"),
        (output(shape=[1, -3]), "no shape"),
        (output(shape="1x3"), "no shape"),
        (output(shape=[1] * 9), "9 dimensions"),
        (output(shape=[1 << 30, 1 << 30, 3]), "must have"),
        (output(data=[1.0, 2.0]), "must have 3 values"),
        (output(data=[[1.0, 2.0], [3.0]]), "must have 3 values"),
        (output(data=[1.0, 2.0, True]), "no FP32"),
        (output(data=[1.0, 2.0, "3"]), "no FP32"),
        (output(data=[1.0, 2.0, 1e39]), "too large for FP32"),
        (output(data=[1.0, 2.0, 10**400]), "too large for FP32"),
        (output(data={"0": 1}), "must have 3 values"),
        (output(data=None, parameters={"binary_data_size": 12}), "then it has no data"),
    ],
)
def test_what_lies_is_told_with_its_server_and_its_model(answer, says_why):
    with OipPeer(says(answer)) as peer, pytest.raises(PeerError) as raised:
        infer(peer)
    assert says_why in str(raised.value)
    assert peer.url in str(raised.value)
    assert "exhibit-variant" in str(raised.value)
    assert raised.value.kind == "nonsense"


def test_nested_values_and_those_that_were_not_asked_for_are_taken():
    more = {**OUTPUT, "name": "more"}
    answer = output(data=[[1, 2.5, 3]])
    answer["outputs"].append({**answer["outputs"][0], "name": "more"})
    with OipPeer(says(answer, outputs=[OUTPUT, more])) as peer:
        (found,), _ = infer(peer, names=["y"])
    assert found.tolist() == [[1.0, 2.5, 3.0]]


def test_a_vector_that_comes_as_a_column_is_one():
    with OipPeer(says(output(shape=[3, 1]), outputs=[{**OUTPUT, "shape": [3]}])) as peer:
        (found,), _ = infer(peer)
    assert found.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("status", "headers", "answer", "kind", "says_why"),
    [
        (400, {}, {"error": "unexpected shape"}, "refused", "status 400, unexpected shape"),
        (500, {}, b"<html>Oops", "refused", "status 500, <html>Oops"),
        (302, {"Location": "http://elsewhere/"}, b"", "refused", "status 302"),
        (503, {"Retry-After": "7"}, {"error": "full"}, "busy", "status 503, full"),
        (429, {"Retry-After": "soon"}, {"detail": "too often"}, "busy", "too often"),
    ],
)
def test_a_refusal_is_told_in_the_servers_own_words(status, headers, answer, kind, says_why):
    with OipPeer(says(answer, status=status, headers=headers)) as peer, pytest.raises(PeerError) as raised:
        infer(peer)
    assert raised.value.kind == kind
    assert says_why in str(raised.value)
    assert raised.value.retry_after_s == (7 if status == 503 else None)


@pytest.mark.parametrize(
    "changed",
    [
        {"outputs": []},
        {"outputs": [{**OUTPUT, "datatype": "TEXT"}]},
        {"outputs": [{**OUTPUT, "shape": [-2, 3]}]},
        {"inputs": [{**INPUT, "shape": None}]},
        {"inputs": [5]},
    ],
)
def test_metadata_that_declares_nothing_is_told(changed):
    with OipPeer(says(**changed)) as peer, pytest.raises(PeerError, match="metadata declares"):
        infer(peer)


def test_a_model_that_is_not_there_is_told_by_its_name():
    with OipPeer(says()) as peer:
        client = Peer(peer.url, names="{exhibit}.{variant}")
        client.meet(soon())
        with pytest.raises(PeerError, match=r"has no model exhibit\.variant") as raised:
            client.signature(VARIANT, soon())
    assert raised.value.kind == "missing"


def test_inputs_are_checked_before_they_are_sent():
    with OipPeer(says()) as peer:
        for wrong in ({}, {"x": FEEDS["x"].astype(np.float64)}, {"x": FEEDS["x"][0]}, {**FEEDS, "more": FEEDS["x"]}):
            with pytest.raises(SessionError, match="exhibit/variant"):
                infer(peer, feeds=wrong)
        assert not [path for _, path in peer.asked if path.endswith("/infer")]
        with pytest.raises(PeerError, match="JSON can not say"):
            infer(peer, feeds={"x": np.array([[np.nan, 1]], np.float32)})


def test_nobody_there():
    peer = OipPeer(says())
    peer.die()
    with pytest.raises(PeerError, match="can not be reached") as raised:
        Peer(peer.url).meet(soon())
    assert raised.value.kind == "gone"


def test_a_kept_connection_that_was_closed_meanwhile_is_followed_by_a_new_one():
    with OipPeer(says()) as peer:
        client = Peer(peer.url)
        client.meet(soon())
        client.meet(soon())
        assert len(peer.connections) == 1, "it is kept"
        peer.connections[0].shutdown(2)
        client.meet(soon())
        assert len(peer.connections) == 2


def test_an_answer_that_breaks_off_is_asked_for_once_more():
    broken = []

    def half(body):
        broken.append(body)
        return json.dumps(ANSWER).encode()[: 20 if len(broken) == 1 else None]

    length = {"Content-Length": str(len(json.dumps(ANSWER)))}
    with OipPeer(says(half, headers=length)) as peer:
        (found,), _ = infer(peer)
    assert found.tolist() == [[1.0, 2.0, 3.0]]
    assert len(broken) == 2


@pytest.mark.parametrize("nothing", [None, (200, {"Content-Length": "1000"}, b"half")], ids=["none", "half"])
def test_a_server_that_breaks_off_again_and_again_is_gone(nothing):
    with OipPeer(lambda *_: nothing) as peer, pytest.raises(PeerError) as raised:
        Peer(peer.url).meet(soon())
    assert raised.value.kind == "gone"
    assert len(peer.asked) == 2, "once, and once more"


def test_what_is_no_http_is_told():
    with OipPeer(lambda *_: (200, {"X": "x" * 100_000}, b"")) as peer, pytest.raises(PeerError, match="no HTTP"):
        Peer(peer.url).meet(soon())


def test_a_huge_answer_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(oip_http, "MOST_BYTES", 10_000)
    with OipPeer(says(b" " * 20_000)) as peer, pytest.raises(PeerError, match="more than 10,000 bytes") as raised:
        infer(peer)
    assert raised.value.kind == "nonsense"


@pytest.mark.parametrize("how", ["silent", "slow head", "slow body"])
def test_a_slow_server_is_late_however_it_is_slow(how):
    """Also one that sends a byte now and then, each of them soon enough."""
    over = threading.Event()

    class Slow(OipPeer):
        def finish_request(self, request, _):
            sent = {"silent": b"", "slow head": b"HTTP/1.1 200 OK\r\nX: ", "slow body": b"HTTP/1.1 200 OK\r\n\r\n"}[how]
            request.sendall(sent)
            while not over.wait(0.02):
                if sent:
                    request.sendall(b"x")

    with Slow(None) as peer:
        with pytest.raises(PeerError, match="did not answer in time") as raised:
            Peer(peer.url).meet(soon(0.3))
        over.set()
    assert raised.value.kind == "late"


def test_tensors_go_as_bytes_where_the_server_takes_them():
    array = np.array([[1.0, np.nan, 3.0]], np.float32)

    def answer(*asked):
        if not asked[1].endswith("/infer"):
            return says(extensions=["binary_tensor_data"])(*asked)
        told, blob = parsed(asked[3], asked[2][LENGTH])
        assert told["outputs"] == [{"name": "y", "parameters": {"binary_data": True}}]
        assert read(told["inputs"], blob)["x"].tolist() == FEEDS["x"].tolist()
        body = written({"model_name": "exhibit-variant"}, "outputs", {"y": array}, lambda name: True)
        return 200, body.headers, body.content

    with OipPeer(answer) as peer:
        (found,), _ = infer(peer)
    assert np.array_equal(found, array, equal_nan=True)


@pytest.mark.parametrize(("size", "blob"), [(8, 8), (12, 8), (12, 16), (12, 0), (-12, 12), ("12", 12), (12.0, 12)])
def test_bytes_that_are_too_few_or_too_many_are_refused(size, blob):
    tensor = {"name": "y", "shape": [3], "datatype": "FP32", "parameters": {"binary_data_size": size}}
    with pytest.raises(TensorError):
        read([tensor], memoryview(bytes(blob)))


@pytest.mark.parametrize("told", ["-1", "+1", "\uff11", "", "99999999999", "1e1", "9" * 20])
def test_the_header_of_bytes_is_a_plain_number(told):
    with pytest.raises(TensorError):
        parsed(b"{}", told)


@pytest.mark.parametrize(
    "array",
    [
        np.array([True, False]),
        *(np.array([[0, 100]], f"{sign}int{bits}") for sign in ("", "u") for bits in (8, 16, 32, 64)),
        np.array([-(2**63), 2**63 - 1]),
        np.array([2**64 - 1], np.uint64),
        *(np.array([0.1, -2.5], f"float{bits}") for bits in (16, 32, 64)),
        np.array(["a", "ü", ""]),
        np.zeros((0, 3), np.float32),
        np.array(1.5, np.float32),
    ],
    ids=lambda array: f"{array.dtype} {array.shape}",
)
@pytest.mark.parametrize("binary", [True, False])
def test_every_datatype_comes_through_as_it_was(array, binary):
    body = written({}, "inputs", {"x": array}, lambda name: binary)
    told, blob = parsed(body.content, None if body.json_bytes is None else str(body.json_bytes))
    found = read(told["inputs"], blob)["x"]
    assert found.shape == array.shape
    assert found.tolist() == array.tolist()
    assert found.dtype == (object if array.dtype.kind == "U" else array.dtype)


@pytest.mark.parametrize(("datatype", "value"), [("INT8", 128), ("UINT8", -1), ("INT64", 2**63), ("UINT64", 2**64)])
def test_whole_numbers_that_do_not_fit_are_refused(datatype, value):
    with pytest.raises(TensorError, match="too large"):
        read([{"name": "x", "shape": [1], "datatype": datatype, "data": [value]}], memoryview(b""))


def taken(**parameters):
    with OipPeer(says({**ANSWER, "parameters": parameters})) as peer:
        return infer(peer)[1]


ENERGY = {f"energy_j_{end}": value for end, value in (("low", 0.1), ("mid", 0.2), ("high", 0.3))}
CPU = {f"cpu_s_{end}": value for end, value in (("low", 0.01), ("mid", 0.01), ("high", 0.02))}
KINDS = {"energy_origin": "measured", "energy_boundary": "marginal"}


def test_what_a_server_tells_of_its_energy_is_taken():
    found = taken(model_ms=0.001, **ENERGY, **CPU, **KINDS)
    assert found.model_s == pytest.approx(1e-6)
    assert found.energy["joules"] == {"low": 0.1, "mid": 0.2, "high": 0.3}
    assert found.energy["cpu_s"] == {"low": 0.01, "mid": 0.01, "high": 0.02}
    assert (found.energy["origin"], found.energy["boundary"]) == ("measured", "marginal")


@pytest.mark.parametrize(
    "wrong",
    [
        {"energy_j_low": 0.25},
        {"energy_j_mid": -1},
        {"energy_j_high": "0.3"},
        {"cpu_s_mid": None},
        {"energy_origin": "guessed"},
        {"energy_boundary": []},
    ],
)
def test_what_can_not_be_believed_of_energy_is_as_if_none_were_told(wrong):
    assert taken(**{**ENERGY, **CPU, **KINDS, **wrong}).energy is None


@pytest.mark.parametrize("wrong", [1e9, -1, "1", True, None])
def test_a_model_time_that_can_not_be_is_left_out(wrong):
    """It can not be longer than the whole way took."""
    assert taken(model_ms=wrong).model_s is None


@pytest.mark.parametrize(
    "url", ["127.0.0.1:80", "ftp://here", "http://", "http://a:b@here", "http://here/?q", "http://h:x"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match=r"."):
        Peer(url)


def test_a_session_is_what_its_signature_says():
    with OipPeer(says()) as peer:
        client = Peer(peer.url)
        signature = client.signature(VARIANT, soon())
    session = OipSession("exhibit/variant", signature, "a server", lambda names, feeds: [feeds["x"]])
    assert [(info.name, info.shape, info.dtype) for info in session.inputs] == [("x", (None, 2), "float32")]
    assert [(info.name, info.shape, info.dtype) for info in session.outputs] == [("y", (None, 3), "float32")]
    assert session.runtime == {"provider": "a server", "threads": 1, "isolated": None}
