/** What a picture becomes before a model gets it: its size, its channels, and which numbers stand for dark and light. */

/**
 * @typedef {object} Input of a model, as inspect tells it
 * @property {string} name
 * @property {string} dtype
 * @property {(number | string | null)[] | null} shape
 *
 * @typedef {"unit" | "byte" | "signed" | "imagenet" | "own"} Values
 * @typedef {object} Plan
 * @property {number} width
 * @property {number} height
 * @property {1 | 3} channels
 * @property {"first" | "last"} layout where the channels stand
 * @property {"rgb" | "bgr"} order
 * @property {Values} values
 * @property {number[]} mean of "own", one for each channel
 * @property {number[]} std
 * @property {boolean} invert dark becomes light
 * @property {"crop" | "stretch"} fit
 * @property {string} dtype of what the model gets
 * @property {number[]} dims of one sample
 * @property {boolean[]} free which of width and height the model leaves open
 */

/** A size that a model leaves open. */
const OPEN = 224;
const LEAST = 4;
const MOST = 4096;
/** From this many pixels on a side, a picture of three channels is likely a photograph. */
const PHOTO = 96;
/** What torchvision's models were trained with. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
/** ITU-R BT.601, as most programs make grey of colours. */
const GREY = [0.299, 0.587, 0.114];

export const VALUES = /** @type {Values[]} */ (["unit", "byte", "signed", "imagenet", "own"]);

/** Whether a model takes whole numbers. @param {string} dtype */
export const isWhole = (dtype) => /^u?int/.test(dtype);

/**
 * A plan for pictures; null: the input can not be one.
 *
 * @param {Input} input
 * @returns {Plan | null}
 */
export function propose({ dtype, shape }) {
  if (!shape || !(isWhole(dtype) || /^float|^bfloat/.test(dtype))) return null;
  const found = axes(shape);
  if (!found) return null;
  const { channels, layout, height, width, dims, free } = found;
  if (![width, height].every((side) => side >= LEAST && side <= MOST)) return null;
  const photo = channels === 3 && Math.min(width, height) >= PHOTO;
  const values = isWhole(dtype)
    ? "byte"
    : photo
      ? layout === "first"
        ? "imagenet"
        : "signed"
      : "unit";
  return {
    width,
    height,
    channels,
    layout,
    order: "rgb",
    values,
    mean: Array(channels).fill(0.5),
    std: Array(channels).fill(0.5),
    invert: false,
    fit: "crop",
    dtype: isWhole(dtype) ? (dtype === "int8" ? "int8" : "uint8") : "float32",
    dims,
    free,
  };
}

/** The plan with another size, where the model leaves it open. @param {Plan} plan @param {number} width @param {number} height @returns {Plan} */
export function sized(plan, width, height) {
  const dims =
    plan.layout === "first" ? [plan.channels, height, width] : [height, width, plan.channels];
  return { ...plan, width, height, dims };
}

/** Where a shape has its channels, rows and columns. @param {NonNullable<Input["shape"]>} shape */
function axes(shape) {
  const size = (/** @type {number | string | null} */ each) =>
    typeof each === "number" ? each : OPEN;
  const open = (/** @type {any[]} */ sides) => sides.map((each) => typeof each !== "number");
  const isChannels = (/** @type {unknown} */ each) => each === 1 || each === 3;
  const several = typeof shape[0] === "number" && shape[0] > 1;
  const inner = shape.length === 3 && (shape[0] === 3 || shape[2] === 3) ? shape : shape.slice(1);
  if (shape.length === 4 && several) return null; // so many at a time: the core says what to do
  if (inner.length === 3) {
    const layout = isChannels(inner[0]) ? "first" : isChannels(inner[2]) ? "last" : null;
    if (!layout) return null;
    const [c, h, w] = layout === "first" ? inner : [inner[2], inner[0], inner[1]];
    const [channels, height, width] = [/** @type {1 | 3} */ (c), size(h), size(w)];
    const dims = layout === "first" ? [channels, height, width] : [height, width, channels];
    return {
      channels,
      layout: /** @type {"first" | "last"} */ (layout),
      height,
      width,
      dims,
      free: open([w, h]),
    };
  }
  if (inner.length === 2 && !several) {
    const [height, width] = inner.map(size);
    if (inner.some((each) => typeof each !== "number")) return null; // more likely a sequence
    return {
      channels: /** @type {const} */ (1),
      layout: /** @type {const} */ ("first"),
      height,
      width,
      dims: [height, width],
      free: [false, false],
    };
  }
  if (inner.length === 1 && typeof inner[0] === "number" && !several) {
    const [all] = inner;
    for (const channels of /** @type {const} */ ([1, 3])) {
      const side = Math.sqrt(all / channels);
      if (Number.isInteger(side) && side >= 8)
        return {
          channels,
          layout: /** @type {const} */ ("first"),
          height: side,
          width: side,
          dims: [all],
          free: [false, false],
        };
    }
  }
  return null;
}

/** Each channel's numbers from 0 for dark to 1 for light: value = light * times + plus. @param {Plan} plan */
export function scaling({ values, channels, mean, std, dtype }) {
  if (dtype === "uint8") return each(channels, () => [255, 0]);
  if (dtype === "int8") return each(channels, () => [255, -128]);
  if (values === "byte") return each(channels, () => [255, 0]);
  if (values === "signed") return each(channels, () => [2, -1]);
  if (values === "unit") return each(channels, () => [1, 0]);
  const by = values === "imagenet" ? grey(IMAGENET, channels) : { mean, std };
  return each(channels, (at) => [1 / by.std[at], -by.mean[at] / by.std[at]]);
}

/** @param {{mean: number[], std: number[]}} by @param {number} channels */
function grey({ mean, std }, channels) {
  const middle = (/** @type {number[]} */ list) => list.reduce((a, b) => a + b) / list.length;
  return channels === 3 ? { mean, std } : { mean: [middle(mean)], std: [middle(std)] };
}

/** @param {number} channels @param {(at: number) => number[]} make */
function each(channels, make) {
  return Array.from({ length: channels }, (_, at) => make(at));
}

/** Numbers of one sample. @param {Plan} plan */
export function length({ width, height, channels }) {
  return width * height * channels;
}

/** @param {Plan} plan @param {number} samples */
export function newTensor(plan, samples) {
  const Typed =
    plan.dtype === "uint8" ? Uint8Array : plan.dtype === "int8" ? Int8Array : Float32Array;
  return new Typed(samples * length(plan));
}

/**
 * Write one picture into a tensor.
 *
 * @param {Uint8ClampedArray | Uint8Array} rgba of the plan's size, without what shines through
 * @param {Plan} plan
 * @param {ReturnType<typeof newTensor>} to
 * @param {number} from where the sample begins in it
 */
export function write(rgba, plan, to, from) {
  const { width, height, channels, layout, order, invert } = plan;
  const scale = scaling(plan);
  const pixels = width * height;
  const rounded = isWhole(plan.dtype);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = 4 * pixel;
    for (let channel = 0; channel < channels; channel++) {
      const colour = order === "bgr" ? channels - 1 - channel : channel;
      const byte =
        channels === 3
          ? rgba[at + colour]
          : Math.round(GREY[0] * rgba[at] + GREY[1] * rgba[at + 1] + GREY[2] * rgba[at + 2]);
      const light = (invert ? 255 - byte : byte) / 255;
      const value = light * scale[channel][0] + scale[channel][1];
      const place = layout === "first" ? channel * pixels + pixel : pixel * channels + channel;
      to[from + place] = rounded ? Math.round(value) : value;
    }
  }
}

/**
 * What a sample looks like that a model gets: the inverse of `write`, but that what was inverted stays so.
 *
 * @param {ArrayLike<number>} tensor
 * @param {Plan} plan
 * @param {number} from where the sample begins in it
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA
 */
export function picture(tensor, plan, from) {
  const { width, height, channels, layout, order } = plan;
  const scale = scaling(plan);
  const pixels = width * height;
  const rgba = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let colour = 0; colour < 3; colour++) {
      const channel = channels === 1 ? 0 : order === "bgr" ? 2 - colour : colour;
      const place = layout === "first" ? channel * pixels + pixel : pixel * channels + channel;
      const light = (tensor[from + place] - scale[channel][1]) / scale[channel][0];
      rgba[4 * pixel + colour] = 255 * light;
    }
  return rgba;
}
