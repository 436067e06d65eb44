"""The yardstick of the start: a page without Python answers in a real browser, from the same server as ours."""

from hundredfold.bench.bare import ANSWER, PLACE, with_bare_page
from hundredfold.bench.site import first
from hundredfold.bench.start import BARE_AGAIN, start_tables

OVER = "first answer, second visit, over the bare page"


def test_the_bare_page_answers_with_our_engine_and_our_headers(prepared, context):
    with with_bare_page(first()) as url:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(url)))
        page.goto(f"{url}/{PLACE}/")
        told = page.evaluate(ANSWER)
        assert page.evaluate("crossOriginIsolated")
        assert page.inner_text("#answer") in "0123456789"
        page.close()
    whats = [what for what, _ in told["phases"]]
    assert whats == ["the script runs", "the engine's script is there", "the engine runs", "the first answer is there"]
    times = [second for _, second in told["phases"]]
    assert times == sorted(times)
    assert told["first_s"] == times[-1]
    assert sum("/ort-" in each and each.endswith(".wasm") for each in asked) == 1
    assert sum(first().default("here").file in each for each in asked) == 1
    assert not any("pyodide" in each or "/assets/" in each for each in asked)


def test_the_table_has_the_bare_page_where_it_was_measured():
    figure = {"median": 0.5, "low": 0.4, "high": 0.6}
    told = {
        "figures": {
            BARE_AGAIN: figure,
            OVER: figure,
        },
        "phases": {"cold": {"a": figure}, "bare page, cold": {"a": figure, "b": {**figure, "median": 0.1}}},
        "lighthouse": {},
    }
    lines = start_tables(told).splitlines()
    assert "| first answer of that bare page, second visit | 0.5 s | 0.4 s | 0.6 s |  |" in lines
    assert (
        "| first answer, second visit, over the bare page | 0.5 times | 0.4 times | 0.6 times | <= 1.3 times |" in lines
    )
    assert lines[-4:] == [
        "| so many seconds after the page was asked for | cold | bare page, cold |",
        "| --- | --- | --- |",
        "| b |  | 0.10 |",
        "| a | 0.50 | 0.50 |",
    ]
