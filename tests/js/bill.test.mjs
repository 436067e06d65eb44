/** A month's bill: what its link says, how its figures are written, and whose energy it asks for. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import {
  co2e,
  electricity,
  inLine,
  money,
  moneyToTheEnd,
  sum,
} from "../../web/src/bill/bill-format.js";
import { monthly } from "../../web/src/bill/bill.js";
import { MOST, readLink, writeLink } from "../../web/src/bill/link.js";
import { answerWays } from "../../web/src/bill/ways.js";
import { speak } from "../../web/src/shared/messages.js";
import { groupedTimes } from "../../web/src/bill/typed-times.js";
import { holds } from "./random.mjs";

const plain = (text) => text.replaceAll("\u00a0", " ");
const figure = (low, mid, high, unit) => ({ low, mid, high, unit });

test("a link is read as it was written", () =>
  holds(300, ({ between, one }) => {
    const chosen = { currency: one(["USD", "EUR"]) };
    for (const [name, most] of Object.entries(MOST))
      if (one([true, false])) chosen[name] = most * 10 ** between(-15, 0);
    if (one([true, false])) chosen.country = "FRA";
    if (one([true, false])) chosen.boundary = "idle-inclusive";
    assert.deepEqual(readLink(writeLink("any", chosen), "any"), chosen);
  }));

test("how often may be typed in groups of three digits, and nothing else is guessed", () => {
  for (const [typed, times] of [
    ["1,000", 1000],
    ["1.000", 1000],
    [" 10 000 000 ", 1e7],
    ["1'000", 1000],
    ["1000", null],
    ["1.5", null],
    ["1,000.000", null],
    ["0,125", null],
    ["", null],
    ["1,000,000,000,000,000", null],
  ])
    assert.equal(groupedTimes(typed), times, typed);
});

test("what is left to the core stays out of a link", () => {
  const chosen = {
    per_month: 0,
    price_per_kwh: null,
    country: "",
    tokens_per_request: undefined,
  };
  assert.equal(writeLink("any", chosen), "#any?per_month=0");
});

test("what is wrong in a link is left out, and the rest counts", () => {
  const wrong = ["", "-1", "1e13", "NaN", "Infinity", "0x10", "1,000", "a", " 5", "1e999", "5 "];
  for (const value of wrong)
    assert.deepEqual(
      readLink(`#any?per_month=${encodeURIComponent(value)}&tokens_per_request=5`, "any"),
      { tokens_per_request: 5 },
      value,
    );
  const hash = "#any?currency=GBP&country=France&boundary=all&price_per_kwh=-0.2&unknown=1";
  assert.deepEqual(readLink(hash, "any"), {});
  assert.deepEqual(readLink("#any?", "any"), {});
});

test("a link of another exhibit, or of none, is no bill of this one", () => {
  for (const hash of ["", "#", "#any", "#other?per_month=3", "#any&per_month=3"])
    assert.equal(readLink(hash, "any"), null, hash);
});

for (const [told, about, ends] of [
  [figure(3.1e-6, 1.1e-5, 3.9e-5, "kWh"), "11 mWh", "3.1 to 39 mWh"],
  [figure(0.24, 0.3, 0.34, "kWh"), "300 Wh", "240 to 340 Wh"],
  [figure(0.5, 1.5, 4, "kWh"), "1.5 kWh", "0.5 to 4 kWh"],
  [figure(2400, 3000, 3400, "kWh"), "3,000 kWh", "2,400 to 3,400 kWh"],
  [figure(2, 2, 2, "kWh"), "2 kWh", ""],
  [figure(0, 0, 0, "kWh"), "0 kWh", ""],
  [figure(0, 1e-6, 2e-6, "kWh"), "< 2 mWh", ""],
])
  test(`electricity is told as ${about}`, () => {
    const found = electricity(told);
    assert.deepEqual([plain(found.about), plain(found.ends)], [about, ends]);
  });

for (const [told, about, ends] of [
  [figure(1e-7, 2.8e-6, 2e-5, "USD"), "< $0.01", ""],
  [figure(0.001, 0.004, 0.05, "USD"), "< $0.01", "up to $0.05"],
  [figure(0.001, 0.02, 0.05, "USD"), "$0.02", "up to $0.05"],
  [figure(0.02, 0.5, 20, "USD"), "$0.50", "$0.02 to $20"],
  [figure(1234, 1234, 1234, "EUR"), "€1,200", ""],
  [figure(9.96, 99.6, 1.23e6, "USD"), "$100", "$10 to $1.2M"],
  [figure(0, 0, 0, "USD"), "$0", ""],
])
  test(`money is told as ${about}`, () => {
    const found = money(told);
    assert.deepEqual([plain(found.about), plain(found.ends)], [about, ends]);
  });

test("the work tells money to the end, and nothing as 0 that is not", () => {
  const told = moneyToTheEnd(figure(3.1e-7, 2.8e-6, 2e-5, "USD"));
  assert.equal(plain(inLine(told)), "$0.0000028 ($0.00000031 to $0.00002)");
  for (let exponent = -15; exponent < 12; exponent += 0.37)
    for (const write of [moneyToTheEnd, co2e, electricity]) {
      const value = 10 ** exponent;
      const unit = { [co2e.name]: "g", [electricity.name]: "kWh" }[write.name] ?? "USD";
      assert.match(write(figure(value, value, value, unit)).about, /[1-9]/);
    }
});

test("in Spanish, money and its range are written so", (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
  assert.equal(plain(inLine(money(figure(0.02, 0.5, 20, "EUR")))), "0,50 € (0,02 € a 20 €)");
  assert.equal(plain(sum(2.5e6, "EUR")), "2,5 M €");
});

/** A panel's state in which two variants there have answered. */
function panel({ boundary = "marginal", idle = null, told = true } = {}) {
  const total = (mid) => ({ total: { mid } });
  const asked = [];
  const sheet = {
    here: total(1),
    there: total(50),
    break_even: { once: { mid: 9 } },
  };
  return {
    asked,
    balance: {
      basis: "measured",
      told: told ? { boundaries: { marginal: sheet, "idle-inclusive": idle } } : null,
      rungs: new Map([
        ["big", { basis: "live", there: { variant: "big" } }],
        ["small", { basis: "measured", there: { variant: "small" } }],
      ]),
      exhibit: "any",
      energy: {
        boundary,
        choice: { tdp_w: 15 },
        threads: 2,
        country: "FRA",
        server: { pue: 1 },
      },
      variantHere: "student",
      sides: { there: { result: { variant: "big" }, variant: null } },
      ask: async (request) => {
        asked.push(request);
        return {
          boundaries: {
            marginal: { there: total(20) },
            "idle-inclusive": null,
          },
        };
      },
    },
  };
}

test("a bill counts what the panel shows, and asks for the other variants alone", async () => {
  const { balance, asked } = panel();
  const { boundary, counted, ways, light } = await answerWays(balance);
  assert.equal(light, true, "one of them was not measured");
  assert.deepEqual([boundary, counted], ["marginal", "bill-counted-marginal"]);
  assert.deepEqual(ways, [
    { where: "here", variant: "student", answer: { mid: 1 }, once: { mid: 9 } },
    { where: "there", variant: "big", answer: { mid: 50 } },
    { where: "there", variant: "small", answer: { mid: 20 } },
  ]);
  assert.deepEqual(
    asked.map(({ do: verb, here, there }) => [verb, here, there]),
    [["energy", null, { variant: "small" }]],
  );
});

test("what was measured, all of it, is no light estimate", async () => {
  const { balance } = panel();
  for (const rung of balance.rungs.values()) rung.basis = "measured";
  assert.equal((await answerWays(balance)).light, false);
  balance.basis = "live";
  assert.equal((await answerWays(balance)).light, true);
});

test("a language model that did not answer is there by what was recorded of it", async () => {
  const { balance, asked } = panel();
  const energy = { joules: { mid: 12 } };
  const accuracy = { value: 0.8, low: 0.7, high: 0.9, n: 50 };
  balance.beside = { id: "language-model", accuracy, energy };
  const { ways } = await answerWays(balance);
  assert.deepEqual(ways.at(-1), {
    where: "there",
    variant: "language-model",
    answer: { mid: 20 },
  });
  const there = { variant: "language-model", accuracy, energies: [energy] };
  assert.deepEqual(asked.at(-1).there, there);
  balance.rungs.set("language-model", {
    basis: "live",
    there: { variant: "language-model" },
  });
  await answerWays(balance);
  assert.deepEqual(asked.at(-1).there, { variant: "language-model" }, "once it answered, by that");
  balance.rungs.delete("language-model");
  balance.beside = { id: "language-model", accuracy: null, energy: null };
  assert.equal(
    (await answerWays(balance)).ways.length,
    3,
    "nothing is made up of one nobody measured",
  );
});

test("by a boundary that is not known, the other one counts, as in the panel", async () => {
  const { balance } = panel({ boundary: "idle-inclusive" });
  const { boundary, ways } = await answerWays(balance);
  assert.equal(boundary, "marginal");
  assert.equal(ways[0].answer.mid, 1);
});

test("before any answer, nothing is known and nothing is made up", async () => {
  const { balance } = panel({ told: false });
  balance.rungs.clear();
  const { ways } = await answerWays(balance);
  assert.deepEqual(
    ways.map(({ where, answer }) => [where, answer]),
    [
      ["here", null],
      ["there", null],
    ],
  );
});

test("the core is asked with what was chosen, and the page's country unless another is", async () => {
  const known = { boundary: "marginal", first: "", counted: "", ways: [] };
  const energy = { country: "FRA", server: null };
  const ask = async (request) => request;
  const asked = await monthly(ask, energy, "any", known, { per_month: 5 });
  assert.deepEqual([asked.do, asked.country, asked.per_month], ["bill", "FRA", 5]);
  const other = await monthly(ask, energy, "any", known, {
    per_month: 5,
    country: "DEU",
  });
  assert.equal(other.country, "DEU");
});
