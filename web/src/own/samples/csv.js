/** A table of numbers, or of texts, out of a .csv or .tsv: its columns become a model's inputs, one of them the labels. */

import { Unusable } from "./unusable.js";

/**
 * @typedef {object} Table
 * @property {string[]} names of the columns
 * @property {string[][]} rows
 * @property {boolean} header the first row had the names
 * @property {string} separator
 * @property {string[][]} all rows, the first too
 */

/** The comma comes last: it may be a decimal sign where another separates. */
const SEPARATORS = ["\t", ";", "|", ","];
const LOOKED_AT = 5;
/** A column of one of these names is proposed as the labels. */
const LABELS = /^(labels?|class(es)?|target|y|category|species|clase|etiqueta)$/i;
const MOST_ROWS = 100_000;
const MOST_CELLS = 20e6;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;

/**
 * RFC 4180, with any of the usual separators.
 *
 * @param {string} text
 * @param {string} name of the file
 * @returns {Table}
 */
export function readTable(text, name) {
  const lines = text.split("\n", LOOKED_AT).filter((line) => line.trim());
  const parts = (/** @type {string} */ line, /** @type {string} */ sign) => line.split(sign).length;
  const separator =
    SEPARATORS.find((sign) => lines.every((line) => parts(line, sign) > 1)) ?? SEPARATORS[3];
  const all = cells(text, separator, name);
  if (!all.length) throw new Unusable("own-table-empty", { name });
  const width = all[0].length;
  const odd = all.findIndex((row) => row.length !== width);
  if (odd >= 0)
    throw new Unusable("own-table-ragged", { name, row: odd + 1, found: all[odd].length, width });
  const header = all.length > 1 && all[0].every((cell) => cell && number(cell, separator) === null);
  return withHeader({ names: [], rows: [], header, separator, all }, header);
}

/** The same table, its first row taken as names or not. @param {Table} table @param {boolean} header @returns {Table} */
export function withHeader(table, header) {
  const names = table.all[0].map((cell, at) => (header && cell.trim()) || `${at + 1}`);
  return { ...table, header, names, rows: header ? table.all.slice(1) : table.all };
}

/** Which column holds labels, as far as its name or place tells; -1: none. @param {Table} table @param {number | null} wanted columns of the model */
export function proposeLabels({ names, rows, separator }, wanted) {
  const named = names.findIndex((name) => LABELS.test(name));
  if (named >= 0) return named;
  if (wanted !== null && names.length === wanted + 1) {
    const last = names.length - 1;
    const whole = (/** @type {number} */ column) =>
      rows.every((row) => Number.isInteger(number(row[column], separator)));
    if (!whole(last) && whole(0)) return 0;
    return last;
  }
  return -1;
}

/**
 * Columns as numbers, row by row.
 *
 * @param {Table} table
 * @param {number[]} columns
 * @returns {Float32Array} [rows, columns]
 */
export function numbers({ rows, names, separator, header }, columns) {
  const values = new Float32Array(rows.length * columns.length);
  rows.forEach((row, index) =>
    columns.forEach((column, at) => {
      const value = number(row[column], separator);
      if (value === null)
        throw new Unusable("own-table-number", {
          found: row[column].slice(0, 40),
          row: index + (header ? 2 : 1),
          column: names[column],
        });
      values[index * columns.length + at] = value;
    }),
  );
  return values;
}

/** A cell as a number: one that could be read as another is none. @param {string} cell @param {string} separator @returns {number | null} */
export function number(cell, separator) {
  const text = cell.trim().replace(/^\u2212/, "-");
  if (PLAIN.test(text)) return Number(text);
  if (separator !== "," && COMMA.test(text)) return Number(text.replace(",", "."));
  return null;
}

/** @param {string} text @param {string} separator @param {string} name @returns {string[][]} */
function cells(text, separator, name) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let count = 0;
  const body = text.replace(/^\ufeff/, "");
  for (let at = 0; at < body.length;) {
    let cell = "";
    if (body[at] === '"') {
      let end = at + 1;
      for (; end < body.length; end++) {
        if (body[end] !== '"') continue;
        if (body[end + 1] !== '"') break;
        end += 1;
      }
      if (end >= body.length) throw new Unusable("own-table-quote", { name, row: rows.length + 1 });
      cell = body.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    let end = at;
    while (end < body.length && body[end] !== separator && body[end] !== "\n") end += 1;
    row.push(cell + body.slice(at, end).replace(/\r$/, ""));
    count += 1;
    const isLast = end >= body.length || body[end] === "\n";
    at = end + 1;
    if (isLast) {
      if (row.length > 1 || row[0]) rows.push(row); // a blank line is none
      row = [];
    } else if (at >= body.length) rows.push([...row, ""]);
    if (rows.length > MOST_ROWS + 1 || count > MOST_CELLS)
      throw new Unusable("own-samples-large", { name });
  }
  return rows;
}
