/** A table's columns as what a model takes: all of them as one array, one for each input, or one of texts. */

import { numbers, number, proposeLabels } from "./csv.js";
import { isWhole } from "./picture-plan.js";
import { Unusable } from "./unusable.js";

/**
 * @typedef {import("./csv.js").Table} Table
 * @typedef {import("./npy.js").Tensor} Tensor
 * @typedef {import("./picture-plan.js").Input} Input
 * @typedef {{labels: number, text: number}} Choice of columns; -1: none
 */

export { readTable, withHeader } from "./csv.js";

/** How the columns are used. @param {Table} table @param {Input[]} inputs @returns {"text" | "columns" | "numbers"} */
export function useOf({ names }, inputs) {
  if (inputs.length > 1 && inputs.every(({ name }) => names.includes(name))) return "columns";
  if (inputs.length === 1 && inputs[0].dtype === "str") return "text";
  return "numbers";
}

/** @param {Table} table @param {Input[]} inputs @returns {Choice} */
export function proposeTable(table, inputs) {
  const use = useOf(table, inputs);
  const wanted = use === "numbers" && inputs.length === 1 ? fixedSize(inputs[0]) : null;
  const labels = proposeLabels(table, wanted);
  const texts = table.names.map((_, at) => at).filter((at) => at !== labels);
  const letters = (/** @type {number} */ at) =>
    table.rows.slice(0, 100).reduce((sum, row) => sum + row[at].length, 0);
  const text = texts.reduce(
    (best, at) => (best < 0 || letters(at) > letters(best) ? at : best),
    -1,
  );
  return { labels, text: use === "text" ? text : -1 };
}

/**
 * @param {Table} table
 * @param {Choice} choice
 * @param {Input[]} inputs
 * @returns {{tensors: Record<string, Tensor>, names: string[] | null}} `names` of the labels
 */
export function columnsOf(table, choice, inputs) {
  const { rows } = table;
  const names = choice.labels < 0 ? null : rows.map((row) => row[choice.labels].trim());
  const use = useOf(table, inputs);
  if (use === "columns") {
    /** @type {Record<string, Tensor>} */
    const tensors = Object.create(null);
    for (const input of inputs)
      tensors[input.name] = tensor(table, [table.names.indexOf(input.name)], input);
    return { tensors, names };
  }
  const [input] = inputs;
  const columns =
    use === "text"
      ? [choice.text]
      : table.names.map((_, at) => at).filter((at) => at !== choice.labels);
  return { tensors: { [input.name]: tensor(table, columns, input) }, names };
}

/** @param {Table} table @param {number[]} columns @param {Input} input @returns {Tensor} */
function tensor(table, columns, { dtype, shape }) {
  const { rows } = table;
  const n = rows.length;
  if (dtype === "str") {
    const data = rows.flatMap((row) => columns.map((at) => row[at]));
    return { data, dims: shape && shape.length < 2 ? [n] : [n, columns.length], dtype };
  }
  const values = numbers(table, columns);
  const inner = shape?.slice(1) ?? [];
  const isFixed = inner.every((each) => typeof each === "number");
  const product = inner.reduce((/** @type {number} */ all, each) => all * Number(each), 1);
  const dims =
    isFixed && shape && product === columns.length
      ? [n, ...inner.map(Number)]
      : [n, columns.length];
  if (!isWhole(dtype) && dtype !== "bool") return { data: values, dims, dtype: "float32" };
  const odd = values.findIndex((each) => !Number.isInteger(each));
  if (odd >= 0)
    throw new Unusable("own-table-whole", {
      found: `${values[odd]}`,
      column: table.names[columns[odd % columns.length]],
    });
  if (dtype === "bool") return { data: Uint8Array.from(values, Number), dims, dtype };
  return { data: BigInt64Array.from(Array.from(values, BigInt)), dims, dtype: "int64" };
}

/** Numbers of one sample; null: the model leaves it open. @param {Input} input */
function fixedSize({ shape }) {
  const inner = shape?.slice(1) ?? [null];
  return inner.every((each) => typeof each === "number")
    ? inner.reduce((/** @type {number} */ all, each) => all * Number(each), 1)
    : null;
}

/** Whether a column holds numbers only, as far as its first rows tell. @param {Table} table @param {number} column */
export function isNumbers({ rows, separator }, column) {
  return rows.slice(0, 100).every((row) => number(row[column], separator) !== null);
}
