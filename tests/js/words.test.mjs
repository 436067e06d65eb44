/** What the balance of energy comes to is said in whole sentences, with two digits, in each language. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import {
  breakEvenWords,
  co2eWords,
  driftWords,
  durationWords,
  everydayWords,
  massWords,
  ratioWords,
} from "../../web/src/energy/words.js";
import { speak } from "../../web/src/shared/messages.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const ratio = { low: 38.2, mid: 91, high: 203 };
const uses = { low: 180, mid: 281.2, high: 412 };
const co2e = {
  here: { mid: 7.4e-7 },
  there: { mid: 5.33e-5 },
  answers: 1_000_000,
  country: "Germany",
  stated: false,
};
const spanish = (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
};

test("the ratio in words, whichever side takes less", () => {
  assert.equal(
    ratioWords(ratio),
    "An answer here takes about 91 times less energy than there, somewhere between 38 and 200.",
  );
  assert.equal(
    ratioWords({ low: 1 / 203, mid: 1 / 91, high: 1 / 38.2 }),
    "An answer there takes about 91 times less energy than here, somewhere between 38 and 200.",
  );
  assert.equal(
    ratioWords(null),
    "Nobody can tell which takes less energy: what is not known is larger than the difference.",
  );
});

test("after how many answers the download has paid for itself, if ever", () => {
  const starts = "Fetching and starting it takes energy first: here has saved as much after about";
  assert.equal(breakEvenWords({ uses }), `${starts} 280 answers (between 180 and 410).`);
  const open = { ...uses, high: null };
  assert.equal(breakEvenWords({ uses: open }), `${starts} 280 answers (180 or more).`);
  for (const none of [{ low: null }, { mid: null }, { low: null, mid: null }])
    assert.equal(
      breakEvenWords({ uses: { ...open, ...none } }),
      "An answer here may not take less than one there, so its download may never pay for itself.",
    );
});

for (const [seconds, says] of [
  [0.027, "27 thousandths of a second"],
  [0.001, "a thousandth of a second"],
  [4e-6, "4 millionths of a second"],
  [0.96e-6, "0.96 millionths of a second"],
  [1e-6, "a millionth of a second"],
  [9e-7, "less than a millionth of a second"],
  [0.95, "0.95 seconds"],
  [3.2, "3.2 seconds"],
  [119, "120 seconds"],
  [120, "2 minutes"],
  [7200, "2 hours"],
  [86400 * 2.5, "2.5 days"],
])
  test(`${seconds} s are ${says}`, () => assert.equal(durationWords(seconds), says));

for (const [grams, says] of [
  [1234, "1.2 kg"],
  [1, "1 g"],
  [0.0204, "20 mg"],
  [3.3e-6, "3.3 µg"],
  [3.3e-9, "3.3 ng"],
])
  test(`${grams} g are ${says}`, () => assert.equal(massWords(grams), says));

test("the same joules in things one knows", () => {
  const figures = { here: { mid: 2.44e6 }, there: { mid: 12345 } };
  assert.equal(
    everydayWords({ which: "lamp", here: { mid: 0.001 }, there: { mid: 0.05 } }),
    "One answer there would light an LED lamp for 50 thousandths of a second, " +
      "one here for a thousandth of a second.",
  );
  assert.equal(
    everydayWords({ which: "phone", ...figures }),
    "A full phone battery pays for 2.4 million answers here, or 12,000 there.",
  );
  assert.equal(
    everydayWords({ which: "tea", ...figures }),
    "The heat of one cup of tea: 2.4 million answers here, or 12,000 there.",
  );
});

test("CO2 is told of a million answers, each side by the electricity that it draws", () => {
  assert.equal(
    co2eWords(co2e),
    "1,000,000 answers here, with the electricity of Germany: 740 mg of CO2 equivalent. As many there, with the " +
      "electricity of the world on average, since its operator does not state its own: 53 g.",
  );
  assert.equal(
    co2eWords({ ...co2e, country: null, stated: true }),
    "1,000,000 answers here, with the electricity of the world on average: 740 mg of CO2 equivalent. " +
      "As many there, with the electricity that its operator states: 53 g.",
  );
});

test("a device that changed its pace is told", () => {
  assert.equal(
    driftWords({ change: "slower", by: 0.23 }),
    "This device became slower while it was measured, by 23%: measure again when it rests.",
  );
  assert.match(driftWords({ change: "quicker", by: 12 }), /became quicker .* by 1200%:/);
});

test("in Spanish every sentence is Spanish, with its numbers", (t) => {
  spanish(t);
  assert.match(ratioWords(ratio), /aquí gasta unas 91 veces menos energía que allí/);
  assert.match(breakEvenWords({ uses }), /unas 280 \(entre 180 y 410\)\./);
  assert.equal(durationWords(1), "1 segundo");
  assert.equal(durationWords(0.0032), "3,2 milésimas de segundo");
  const tea = { which: "tea", here: { mid: 2.44e6 }, there: { mid: 12345 } };
  assert.match(everydayWords(tea), /: 2,4 millones aquí, o 12\.000 allí\.$/);
  assert.match(plain(driftWords({ change: "slower", by: 0.23 })), /más lento .* un 23 %:/);
  assert.equal(
    co2eWords(co2e),
    "1.000.000 de respuestas aquí, con la electricidad de Alemania: 740 mg de CO2 equivalente. Otras tantas allí, " +
      "con la electricidad media del mundo, ya que quien gestiona el servidor no indica la suya: 53 g.",
  );
});
