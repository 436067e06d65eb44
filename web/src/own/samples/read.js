/** What a visitor gave as samples, read as far as it can be without knowing their wishes; and samples made of it. */

import { byFolder, byName, fromTensor, inOrder } from "./labels.js";
import { readLines } from "./lines.js";
import { readNpy } from "./npy.js";
import { readNpz } from "./npz.js";
import { propose } from "./picture-plan.js";
import { decode, mostPictures, spread, toTensor } from "./pictures.js";
import { columnsOf, proposeTable, readTable } from "./table.js";
import { Unusable } from "./unusable.js";

/**
 * @typedef {import("./labels.js").Labelled} Labelled
 * @typedef {import("./npy.js").Tensor} Tensor
 * @typedef {import("./picture-plan.js").Input} Input
 * @typedef {import("./picture-plan.js").Plan} Plan
 * @typedef {import("./pictures.js").Picture} Picture
 * @typedef {import("./table.js").Choice} Choice
 * @typedef {{file: File, path: string}} Found a file, and where it lay in what was given
 *
 * @typedef {object} Pictures
 * @property {"pictures"} kind
 * @property {string} input which input of the model they are for
 * @property {Picture[]} pictures
 * @property {number} given before those were left out that there is no room for
 * @property {Plan} plan
 * @property {Labelled | null} labelled
 * @property {Uint8ClampedArray[]} pixels of each, at the plan's size
 * @property {string[]} unread names of files that are no pictures
 *
 * @typedef {{kind: "arrays", inputs: Record<string, Tensor>, labelled: Labelled | null}} Arrays
 * @typedef {{kind: "table", table: import("./table.js").Table, choice: Choice}} Tables
 * @typedef {{kind: "lines", input: string, lines: string[], rank: number}} Lines
 * @typedef {(Pictures | Arrays | Tables | Lines) & {name: string, order: string[]}} Given `order`: the model's labels as a
 *   visitor wrote them down; none: as they come
 *
 * @typedef {object} Samples as the model's worker takes them
 * @property {Record<string, Tensor>} inputs the first axis of each counts the samples
 * @property {Int32Array} [labels]
 * @property {string[]} [classes]
 */

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
const TABLE = /\.(csv|tsv)$/i;
const LABELS = /^(labels?|y|targets?)(_\w+)?$/i;
/** So many names are told. */
const TOLD = 3;
const MOST_TEXT = 100e6;
const MOST_ARRAY = 512 * 2 ** 20;

/** What is offered to be chosen. */
export const ACCEPTED = ".png,.jpg,.jpeg,.webp,.gif,.bmp,.avif,.npy,.npz,.csv,.tsv,.txt";

/** Whether it could be samples, by its name. @param {string} name */
export function isSamples(name) {
  return PICTURE.test(name) || TABLE.test(name) || /\.(np[yz]|txt)$/i.test(name);
}

/**
 * @param {Found[]} found
 * @param {Input[]} inputs of the model
 * @param {{onProgress?: (done: number) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<Given>}
 */
export async function read(found, inputs, options) {
  const of = (/** @type {RegExp} */ ending) => found.filter(({ file }) => ending.test(file.name));
  const [pictures, zips, arrays, tables, texts] = [
    PICTURE,
    /\.npz$/i,
    /\.npy$/i,
    TABLE,
    /\.txt$/i,
  ].map(of);
  if (pictures.length) {
    const each = pictures.map(({ file, path }) => ({ name: file.name, path, source: file }));
    return readPictures(each, inputs, options);
  }
  if (zips.length) return fromNpz(zips[0].file);
  if (arrays.length) return fromNpys(arrays, inputs);
  if (tables.length) {
    const { name } = tables[0].file;
    const table = readTable(await text(tables[0].file), name);
    return { kind: "table", name, order: [], table, choice: proposeTable(table, inputs) };
  }
  if (texts.length) {
    const { name } = texts[0].file;
    const input = inputs.find(({ dtype }) => dtype === "str");
    if (!input) throw new Unusable("own-lines-numbers", { name });
    const lines = readLines(await text(texts[0].file), name);
    return {
      kind: "lines",
      name,
      order: [],
      input: input.name,
      lines,
      rank: input.shape?.length ?? 1,
    };
  }
  throw new Unusable("own-samples-kind", { name: found[0]?.file.name ?? "" });
}

/**
 * @param {Picture[]} all
 * @param {Input[]} inputs
 * @param {Parameters<typeof decode>[2]} [options]
 * @returns {Promise<Given>}
 */
export async function readPictures(all, inputs, options) {
  const input = inputs.find((each) => propose(each));
  const plan = input && propose(input);
  if (!input || !plan) throw new Unusable("own-pictures-input");
  const pictures = spread(all, mostPictures(plan));
  const { pixels, read, unread } = await decode(pictures, plan, options);
  if (!read.length) throw new Unusable("own-pictures-none", { name: unread[0] ?? "" });
  return {
    kind: "pictures",
    name: whence(read.map(({ path }) => path)),
    order: [],
    input: input.name,
    pictures: read,
    given: all.length,
    plan,
    labelled: byFolder(read.map(({ path }) => path)),
    pixels,
    unread,
  };
}

/** What they are told to be from: the folder that holds all, else some of their names. @param {string[]} paths */
function whence(paths) {
  const firsts = [...new Set(paths.map((path) => path.split("/")[0]))];
  return [...firsts.slice(0, TOLD), ...(firsts.length > TOLD ? ["…"] : [])].join(", ");
}

/** The same pictures by another plan. @param {Given & Pictures} given @param {Plan} plan @param {Parameters<typeof decode>[2]} [options] @returns {Promise<Given>} */
export async function replanned(given, plan, options) {
  const before = given.plan;
  const same = /** @type {const} */ (["width", "height", "fit"]).every(
    (name) => plan[name] === before[name],
  );
  if (same) return { ...given, plan };
  const { pixels } = await decode(given.pictures, plan, options);
  return { ...given, plan, pixels };
}

/**
 * What the model's worker is given.
 *
 * @param {Given} given
 * @param {Input[]} inputs
 * @returns {Samples}
 */
export function toSamples(given, inputs) {
  if (given.kind === "table") {
    const { tensors, names } = columnsOf(given.table, given.choice, inputs);
    return labelled(tensors, names && byName(names), given.order);
  }
  if (given.kind === "lines") {
    const { lines: data, rank, input } = given;
    const dims = rank > 1 ? [data.length, 1] : [data.length];
    return { inputs: { [input]: { data, dims, dtype: "str" } } };
  }
  if (given.kind === "arrays") return labelled(given.inputs, given.labelled, given.order);
  return labelled(
    { [given.input]: toTensor(given.pixels, given.plan) },
    given.labelled,
    given.order,
  );
}

/** What names there are of labels, before a visitor's own. @param {Given} given @returns {Labelled | null} */
export function labelsOf(given) {
  if (given.kind === "lines") return null;
  if (given.kind !== "table") return given.labelled;
  const { table, choice } = given;
  return choice.labels < 0 ? null : byName(table.rows.map((row) => row[choice.labels].trim()));
}

/** @param {Record<string, Tensor>} inputs @param {Labelled | null} known @param {string[]} order @returns {Samples} */
function labelled(inputs, known, order) {
  if (!known) return { inputs };
  const { labels, classes } = order.length ? inOrder(known, order) : known;
  return { inputs, labels, ...(classes && { classes }) };
}

/** @param {File} file @returns {Promise<Given>} */
async function fromNpz(file) {
  const { labels, ...inputs } = await readNpz(await bytes(file), file.name);
  const known = labels ? fromTensor(labels) : null;
  return { kind: "arrays", name: file.name, order: [], inputs, labelled: known };
}

/** One for the only input, or each named after its input; one of labels. @param {Found[]} found @param {Input[]} inputs @returns {Promise<Given>} */
async function fromNpys(found, inputs) {
  /** @type {Record<string, Tensor>} */
  const arrays = Object.create(null);
  /** @type {Labelled | null} */
  let known = null;
  const stem = (/** @type {File} */ { name }) => name.replace(/\.npy$/i, "");
  const others = found.filter(({ file }) => !isLabels(stem(file)));
  for (const { file } of found) {
    const tensor = readNpy(await bytes(file), file.name);
    if (isLabels(stem(file))) known = fromTensor(tensor);
    else arrays[others.length === 1 && inputs.length === 1 ? inputs[0].name : stem(file)] = tensor;
  }
  if (!others.length) throw new Unusable("own-samples-labels-only", { name: found[0].file.name });
  const names = found.map(({ file }) => file.name);
  return {
    kind: "arrays",
    name: names.slice(0, 3).join(", "),
    order: [],
    inputs: arrays,
    labelled: known,
  };

  /** @param {string} name */
  function isLabels(name) {
    return LABELS.test(name) && !inputs.some((each) => each.name === name);
  }
}

/** @param {File} file */
async function bytes(file) {
  if (file.size > MOST_ARRAY) throw new Unusable("own-samples-large", { name: file.name });
  return new Uint8Array(await file.arrayBuffer());
}

/** @param {File} file */
async function text(file) {
  if (file.size > MOST_TEXT) throw new Unusable("own-samples-large", { name: file.name });
  const content = await bytes(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new Unusable("own-text-letters", { name: file.name });
  }
}
