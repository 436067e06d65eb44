/** A mailbox is read in pieces, answered, paused and ended; what goes wrong with one file leaves the others alone. */

import assert from "node:assert/strict";
import test from "node:test";
import { Job, asText, look } from "../../web/src/mailbox/job.js";
import { MOST_ROWS } from "../../web/src/mailbox/rows.js";

const file = (name, text) => new File([text], name);

/** A core for which every line is a text, and at most `most` of them are told at a time. */
function core({ most = 3, label = (text) => text.length % 2 } = {}) {
  const boxes = new Map();
  const log = [];
  const ask = async (request) => {
    log.push(request);
    await Promise.resolve();
    const { act, box, piece, last } = request;
    if (act === "close") return void boxes.delete(box) ?? {};
    if (act === "open") boxes.set(box, { text: "", rows: [], count: 0, last: false });
    const at = boxes.get(box);
    assert.ok(at, "no such box");
    if (piece !== undefined) {
      assert.equal(at.rows.length, 0, "more was to come");
      at.text += piece;
      at.last = last;
      const lines = at.text.split("\n");
      at.text = last ? "" : lines.pop();
      at.rows.push(...lines.filter(Boolean));
    }
    const told = at.rows.splice(0, most);
    const first = at.count + 1;
    at.count += told.length;
    const done = at.last && !at.rows.length;
    if (done) boxes.delete(box);
    return {
      variant: "student",
      names: ["ham", "spam"],
      first,
      labels: told.map(label),
      scores: told.map((text) => text.length / 100),
      heads: told,
      notes: told.length ? { 0: "cut" } : {},
      more: at.rows.length > 0,
      done,
      elapsed_ms: 1,
    };
  };
  return { ask, log, boxes };
}

const start = (parts) => new Job({ exhibit: "mail", variant: null, ...parts });

test("every text of every file comes out in its order, with its file and its number in it", async () => {
  const { ask, log, boxes } = core();
  const files = [
    file("a.txt", "one\ntwo\nthree\nfour\nfive"),
    file("empty.txt", ""),
    file("b.txt", "six\n"),
  ];
  const job = start({ ask, files });
  await job.run();
  assert.equal(job.state, "done");
  const rows = Array.from({ length: job.rows.count }, (_, at) => job.rows.row(at));
  assert.deepEqual(
    rows.map(({ file, number, head }) => `${file} ${number} ${head}`),
    ["a.txt 1 one", "a.txt 2 two", "a.txt 3 three", "a.txt 4 four", "a.txt 5 five", "b.txt 1 six"],
  );
  assert.deepEqual(rows[0], {
    file: "a.txt",
    number: 1,
    label: "spam",
    score: Math.fround(0.03),
    note: "cut",
    head: "one",
  });
  assert.equal(job.doneBytes, job.totalBytes);
  assert.equal(job.variant, "student");
  assert.equal(boxes.size, 0);
  assert.deepEqual(log[0], {
    do: "mailbox",
    act: "open",
    exhibit: "mail",
    variant: null,
    box: log[0].box,
    name: "a.txt",
    piece: "one\ntwo\nthree\nfour\nfive",
    last: true,
  });
});

test("a large file is asked about in pieces, each byte a letter", async () => {
  const { ask, log } = core({ most: 1e6 });
  const line = `${"ÿ".repeat(300)}\n`;
  const job = start({ ask, files: [file("large.txt", line.repeat(2000))] });
  await job.run();
  assert.equal(job.rows.count, 2000);
  assert.ok(log.every(({ piece }) => piece.length <= 1 << 18));
  assert.equal(
    log.reduce((sum, { piece }) => sum + piece.length, 0),
    job.totalBytes,
  );
  assert.deepEqual([...new Set(log.map(({ last }) => last))], [false, true]);
  assert.equal(job.rows.row(0).head, "Ã¿".repeat(300));
  assert.equal(asText(new Uint8Array([0, 65, 255])), "\0Aÿ");
});

test("a table is read by the column that was chosen, after a look at it", async () => {
  const { ask, log } = core();
  const table = file("a.csv", "x\n");
  const columns = new Map([[table, { column: 2, header: true }]]);
  await start({ ask, files: [table], columns }).run();
  assert.deepEqual([log[0].column, log[0].header], [2, true]);
  const asked = [];
  await look(async (request) => asked.push(request), table, false);
  assert.deepEqual(asked, [
    { do: "mailbox", act: "look", name: "a.csv", piece: "x\n", header: false },
  ]);
});

test("while it is paused nothing is asked and no time passes; then it goes on", async () => {
  const { ask, log } = core({ most: 1 });
  let now = 0;
  const job = start({
    ask: (request) => ((now += 1000), ask(request)),
    files: [file("a.txt", "one\ntwo\nthree")],
    clock: () => now,
    onChange: () => job.rows.count === 1 && job.state === "running" && job.pause(),
  });
  const over = job.run();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(job.state, "paused");
  assert.equal(log.length, 1);
  now += 60_000;
  assert.equal(job.seconds, 1);
  job.onChange = () => {};
  job.resume();
  await over;
  assert.equal(job.state, "done");
  assert.equal(job.rows.count, 3);
  assert.equal(job.seconds, 3);
  assert.equal(job.rate, 1);
  assert.equal(job.secondsLeft, 0);
});

for (const paused of [false, true])
  test(`it can be ended${paused ? " while it is paused" : ""}, and keeps what was answered`, async () => {
    const { ask, log, boxes } = core({ most: 1 });
    const job = start({ ask, files: [file("a.txt", "one\ntwo\nthree"), file("b.txt", "four")] });
    job.onChange = () => {
      if (job.rows.count !== 2 || job.state !== "running") return;
      if (paused) job.pause();
      else job.cancel();
    };
    const over = job.run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (paused) job.cancel();
    await over;
    assert.equal(job.state, "ended");
    assert.equal(job.rows.count, 2);
    assert.equal(log.at(-1).act, "close");
    assert.equal(boxes.size, 0);
  });

test("what is wrong with one file is told of it, and the others are read", async () => {
  const { ask } = core();
  const picky = async (request) => {
    if (request.name === "a.zip") throw Object.assign(new Error("no text"), { status: 422 });
    return ask(request);
  };
  const job = start({ ask: picky, files: [file("a.zip", "PK"), file("b.txt", "one")] });
  await job.run();
  assert.equal(job.state, "done");
  assert.deepEqual(
    job.problems.map(({ file, problem }) => [file, problem.message]),
    [["a.zip", "no text"]],
  );
  assert.equal(job.rows.count, 1);
  assert.equal(job.doneBytes, job.totalBytes);
});

test("where nothing answers any more it stops, says why, and keeps what was answered", async () => {
  const { ask } = core({ most: 1 });
  let asked = 0;
  const dying = async (request) => {
    if (++asked === 3) throw Object.assign(new Error("gone"), { status: 503 });
    return ask(request);
  };
  const job = start({ ask: dying, files: [file("a.txt", "one\ntwo\nthree"), file("b.txt", "x")] });
  await job.run();
  assert.equal(job.state, "failed");
  assert.equal(job.problem.message, "gone");
  assert.equal(job.rows.count, 2);
});

test("a file that can not be read any more is an end, not a silence", async () => {
  const { ask } = core();
  const lost = {
    name: "lost.txt",
    size: 5,
    stream: () => new ReadableStream({ pull: () => Promise.reject(new Error("moved")) }),
  };
  const job = start({ ask, files: [lost] });
  await job.run();
  assert.deepEqual([job.state, job.problem.message], ["failed", "moved"]);
});

test("no more rows are taken than there may be", async () => {
  const { ask, boxes } = core({ most: 40_000 });
  const job = start({
    ask,
    files: [file("a.txt", "x\n".repeat(MOST_ROWS + 500)), file("b.txt", "y")],
  });
  await job.run();
  assert.deepEqual([job.state, job.rows.count, job.rows.full], ["done", MOST_ROWS, true]);
  assert.equal(job.rows.heads.length, MOST_ROWS);
  assert.equal(boxes.size, 0);
});
