/** Arrays, tables and lines as a visitor's samples: read as numpy wrote them, and refused in a sentence where they lie. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { deflateRawSync } from "node:zlib";
import { numbers, proposeLabels, readTable, withHeader } from "../../web/src/own/samples/csv.js";
import { byFolder, byName, fromTensor, inOrder } from "../../web/src/own/samples/labels.js";
import { readLines } from "../../web/src/own/samples/lines.js";
import { readNpy } from "../../web/src/own/samples/npy.js";
import { readNpz } from "../../web/src/own/samples/npz.js";
import { columnsOf, proposeTable } from "../../web/src/own/samples/table.js";
import { holds } from "./random.mjs";

/** As numpy.save writes it. */
export function npy(descr, dims, body, { fortran = false, version = 1 } = {}) {
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape}), }`;
  const start = version === 1 ? 10 : 12;
  const header = text.padEnd(64 * Math.ceil((start + text.length + 1) / 64) - start - 1) + "\n";
  const bytes = new Uint8Array(start + header.length + body.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), start);
  bytes.set(new Uint8Array(body.buffer, body.byteOffset, body.byteLength), start + header.length);
  return bytes;
}

/** As numpy.savez writes it, or with other sizes than there are. */
export function zip(files, { packed = true, size = (real) => real } = {}) {
  const parts = [];
  const entries = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const letters = new TextEncoder().encode(name);
    const body = packed ? deflateRawSync(content) : content;
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(26, letters.length, true);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(10, packed ? 8 : 0, true);
    entry.setUint32(20, body.length, true);
    entry.setUint32(24, size(content.length), true);
    entry.setUint16(28, letters.length, true);
    entry.setUint32(42, at, true);
    entries.push(new Uint8Array(entry.buffer), letters);
    parts.push(new Uint8Array(local.buffer), letters, body);
    at += 30 + letters.length + body.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, Object.keys(files).length, true);
  end.setUint32(16, at, true);
  return new Uint8Array(Buffer.concat([...parts, ...entries, new Uint8Array(end.buffer)]));
}

const refused = (pattern) => (error) => {
  assert.equal(error.name, "Unusable");
  assert.match(error.message, pattern);
  return true;
};

test("an array is read with its numbers, sizes and kind", () => {
  const floats = Float32Array.of(1, -2, 3.5, 4, 5, 6);
  const read = readNpy(npy("<f4", [2, 3], floats), "x.npy");
  assert.deepEqual([...read.data], [...floats]);
  assert.deepEqual([read.dims, read.dtype], [[2, 3], "float32"]);
  const whole = readNpy(npy("<i8", [2], BigInt64Array.of(-1n, 7n), { version: 2 }), "x.npy");
  assert.deepEqual([[...whole.data], whole.dtype], [[-1n, 7n], "int64"]);
  assert.deepEqual(readNpy(npy("|u1", [], Uint8Array.of(9)), "x.npy").dims, []);
});

test("an array that was stored columns first is the same array", () =>
  holds(50, ({ whole, list }) => {
    const dims = list(1, 4, () => whole(1, 5));
    const count = dims.reduce((a, b) => a * b, 1);
    const rows = Float64Array.from({ length: count }, (_, at) => at);
    const columns = new Float64Array(count);
    for (let at = 0; at < count; at++) {
      let [rest, place, step] = [at, 0, 1];
      const where = dims.map(() => 0);
      for (let axis = dims.length - 1; axis >= 0; axis--) {
        where[axis] = rest % dims[axis];
        rest = Math.floor(rest / dims[axis]);
      }
      dims.forEach((size, axis) => {
        place += where[axis] * step;
        step *= size;
      });
      columns[place] = rows[at];
    }
    const read = readNpy(npy("<f8", dims, columns, { fortran: true }), "x.npy");
    assert.deepEqual(read.data, rows);
  }));

test("the other order of bytes, and texts, are read", () => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat32(0, 1.5);
  view.setFloat32(4, -2);
  assert.deepEqual([...readNpy(npy(">f4", [2], view), "x").data], [1.5, -2]);
  const letters = Uint32Array.from([..."añ\0", ..."🐈\0\0"], (each) => each.codePointAt(0));
  assert.deepEqual(readNpy(npy("<U3", [2], letters), "x"), {
    data: ["añ", "🐈"],
    dims: [2],
    dtype: "str",
  });
});

test("an array that lies, is cut off, or holds programs is refused", () => {
  const one = Float32Array.of(1);
  assert.throws(() => readNpy(npy("<f4", [2e9, 2e9], one), "big.npy"), refused(/big\.npy/));
  assert.throws(() => readNpy(npy("<f4", [2], one), "x.npy"), refused(/cut off/));
  assert.throws(() => readNpy(npy("|O", [1], one), "x.npy"), refused(/objects of Python/));
  assert.throws(() => readNpy(npy("<c8", [1], one), "x.npy"), refused(/kind/));
  assert.throws(() => readNpy(new Uint8Array(4), "x.npy"), refused(/no array of numpy/));
  assert.throws(() => readNpy(npy("<f4", [1], one).slice(0, 9), "x.npy"), refused(/cut off/));
});

test("every beginning of an array is read whole or refused, and nothing else", () => {
  const whole = npy("<f4", [2, 2], Float32Array.of(1, 2, 3, 4));
  for (let length = 0; length < whole.length; length++)
    assert.throws(() => readNpy(whole.slice(0, length), "x.npy"), refused(/./));
});

test("the arrays of an archive are read by their keys, packed or not", async () => {
  const x = npy("<f4", [2], Float32Array.of(1, 2));
  const labels = npy("<i4", [2], Int32Array.of(0, 1));
  for (const packed of [true, false]) {
    const read = await readNpz(zip({ "x.npy": x, "labels.npy": labels }, { packed }), "a.npz");
    assert.deepEqual([...read.x.data], [1, 2]);
    assert.deepEqual([...read.labels.data], [0, 1]);
  }
});

test("an archive that unpacks to more than it says, or is damaged, is refused", async () => {
  const bomb = { "x.npy": npy("|u1", [1e6], new Uint8Array(1e6)) };
  await assert.rejects(readNpz(zip(bomb, { size: () => 1000 }), "a.npz"), refused(/a\.npz/));
  await assert.rejects(readNpz(zip(bomb, { size: () => 2 ** 31 }), "a.npz"), refused(/at once/));
  await assert.rejects(readNpz(zip({ "a.txt": new Uint8Array(3) }), "a.npz"), refused(/no arrays/));
  const whole = zip({ "x.npy": npy("<f4", [1], Float32Array.of(1)) });
  for (let length = 0; length < whole.length; length += 3)
    await assert.rejects(readNpz(whole.slice(0, length), "a.npz"), refused(/a\.npz/));
});

test("a table is read with quotes, other separators and its names", () => {
  const table = readTable('a,"b ""x"", y",label\r\n1,2,cat\r\n\r\n-3.5,4e2,dog\r\n', "t.csv");
  assert.deepEqual(table.names, ["a", 'b "x", y', "label"]);
  assert.deepEqual(table.rows, [
    ["1", "2", "cat"],
    ["-3.5", "4e2", "dog"],
  ]);
  assert.equal(proposeLabels(table, null), 2);
  assert.deepEqual([...numbers(table, [0, 1])], [1, 2, -3.5, 400]);
  assert.deepEqual(withHeader(table, false).names, ["1", "2", "3"]);
});

test("a comma is a decimal sign only where it parts no columns, and nothing is guessed", () => {
  assert.deepEqual([...numbers(readTable("0,5;1,25\n2;3\n", "t.csv"), [0, 1])], [0.5, 1.25, 2, 3]);
  const quoted = readTable('a,b\n"0,5",2\n', "t.csv");
  assert.throws(() => numbers(quoted, [0]), refused(/“0,5” in row 2/));
  assert.throws(
    () => numbers(readTable("a;b\n1.000,5;2\n", "t.csv"), [0]),
    refused(/“1\.000,5” in row 2, column a/),
  );
});

test("a table that is broken is refused with its row", () => {
  assert.throws(() => readTable("a,b\n1,2,3\n", "t.csv"), refused(/Row 2 of t\.csv has 3/));
  assert.throws(() => readTable('a,b\n"1,2\n', "t.csv"), refused(/row 2/));
  assert.throws(() => readTable("", "t.csv"), refused(/nothing in t\.csv/));
});

const input = (name, dtype, shape) => ({ name, dtype, shape });

test("columns become the model's inputs in the shape that it wants", () => {
  const table = readTable("a,b,c,d,y\n1,2,3,4,0\n5,6,7,8,1\n", "t.csv");
  const inputs = [input("x", "float32", ["N", 2, 2])];
  const choice = proposeTable(table, inputs);
  const { tensors, names } = columnsOf(table, choice, inputs);
  assert.deepEqual(tensors.x.dims, [2, 2, 2]);
  assert.deepEqual([...tensors.x.data], [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(names, ["0", "1"]);
});

test("each input takes the column of its name, and texts stay texts", () => {
  const table = readTable("age,town\n41,Rom\n7,Ulm\n", "t.csv");
  const inputs = [input("town", "str", [null, 1]), input("age", "int64", [null, 1])];
  const { tensors } = columnsOf(table, proposeTable(table, inputs), inputs);
  assert.deepEqual(tensors.town, {
    data: ["Rom", "Ulm"],
    dims: [2, 1],
    dtype: "str",
  });
  assert.deepEqual([...tensors.age.data], [41n, 7n]);
  const broken = readTable("age,town\n4.5,Rom\n", "t.csv");
  assert.throws(() => columnsOf(broken, proposeTable(broken, inputs), inputs), refused(/4\.5/));
});

test("a model of texts gets the longest column, and labels by name", () => {
  const table = readTable("label,text\nspam,win a prize now\nham,see you at noon\n", "t.csv");
  const inputs = [input("text", "str", [null])];
  const choice = proposeTable(table, inputs);
  assert.deepEqual(choice, { labels: 0, text: 1 });
  assert.deepEqual(columnsOf(table, choice, inputs).tensors.text.dims, [2]);
});

test("labels are what whole numbers say, else names in their order", () => {
  assert.deepEqual([...byName(["3", "10", "3"]).labels], [3, 10, 3]);
  const named = byName(["dog", "cat", "dog"]);
  assert.deepEqual(
    [named.classes, [...named.labels]],
    [
      ["cat", "dog"],
      [1, 0, 1],
    ],
  );
  const other = inOrder(named, ["dog", "bird", "cat"]);
  assert.deepEqual([...other.labels], [0, 2, 0]);
  assert.throws(() => inOrder(named, ["dog"]), refused(/“cat”/));
});

test("folders are labels only where there are several", () => {
  assert.equal(byFolder(["a/1.png", "a/2.png"]), null);
  assert.equal(byFolder(["1.png", "2.png"]), null);
  assert.deepEqual([...byFolder(["t/7/1.png", "t/3/2.png"]).labels], [7, 3]);
});

test("labels of an array are whole numbers from 0, or names", () => {
  const tensor = (data, dims = [data.length], dtype = "float32") => ({
    data,
    dims,
    dtype,
  });
  assert.deepEqual(
    [...fromTensor(tensor(BigInt64Array.of(2n, 0n), [2, 1], "int64")).labels],
    [2, 0],
  );
  assert.deepEqual(fromTensor(tensor(["b", "a"], [2], "str")).classes, ["a", "b"]);
  assert.throws(() => fromTensor(tensor(Float32Array.of(0.5))), refused(/whole numbers/));
  assert.throws(() => fromTensor(tensor(Int32Array.of(-1))), refused(/whole numbers/));
  assert.throws(() => fromTensor(tensor(Int32Array.of(1, 0), [1, 2])), refused(/whole numbers/));
});

test("lines are samples, and blank ones are none", () => {
  assert.deepEqual(readLines("\ufeffone\r\n\n two \n", "a.txt"), ["one", " two "]);
  assert.throws(() => readLines(" \n", "a.txt"), refused(/a\.txt/));
});
