/** Ten handwritten digits, as strokes on a paper of 100 by 100; a point that is there twice makes a corner. */

import { toImage } from "./strokes.js";

/** Pixels on a side of the drawing that is asked about. */
export const SIDE = 84;

/** @type {[x: number, y: number][][][]} */
const DIGITS = [
  [
    [
      [58, 14],
      [45, 14],
      [33, 28],
      [29, 50],
      [34, 74],
      [47, 87],
      [61, 82],
      [70, 64],
      [71, 42],
      [66, 24],
      [55, 13],
    ],
  ],
  [
    [
      [41, 28],
      [54, 14],
      [54, 14],
      [51, 50],
      [49, 87],
    ],
  ],
  [
    [
      [30, 32],
      [34, 18],
      [50, 12],
      [66, 20],
      [67, 37],
      [55, 56],
      [42, 70],
      [28, 85],
      [28, 85],
      [50, 83],
      [73, 83],
    ],
  ],
  [
    [
      [31, 21],
      [44, 12],
      [61, 15],
      [66, 29],
      [58, 42],
      [44, 48],
      [44, 48],
      [62, 52],
      [70, 67],
      [62, 82],
      [46, 88],
      [29, 80],
    ],
  ],
  [
    [
      [39, 13],
      [33, 33],
      [27, 56],
      [27, 56],
      [50, 57],
      [75, 54],
    ],
    [
      [62, 32],
      [59, 60],
      [57, 88],
    ],
  ],
  [
    [
      [67, 14],
      [38, 16],
      [38, 16],
      [34, 45],
      [34, 45],
      [48, 40],
      [64, 46],
      [70, 63],
      [62, 81],
      [46, 88],
      [29, 81],
    ],
  ],
  [
    [
      [61, 12],
      [44, 26],
      [33, 46],
      [31, 67],
      [39, 84],
      [55, 87],
      [67, 76],
      [66, 60],
      [54, 52],
      [40, 58],
      [33, 70],
    ],
  ],
  [
    [
      [27, 17],
      [50, 17],
      [73, 15],
      [73, 15],
      [60, 40],
      [50, 63],
      [44, 88],
    ],
  ],
  [
    [
      [65, 23],
      [52, 12],
      [37, 18],
      [36, 33],
      [50, 47],
      [65, 61],
      [66, 77],
      [52, 89],
      [36, 81],
      [36, 64],
      [50, 48],
      [64, 35],
      [65, 22],
    ],
  ],
  [
    [
      [67, 29],
      [56, 15],
      [41, 17],
      [33, 31],
      [38, 46],
      [53, 49],
      [65, 37],
      [68, 26],
      [68, 26],
      [66, 56],
      [61, 88],
    ],
  ],
];

/** @type {import("./sample-row.js").Sample[]} */
export const SAMPLES = DIGITS.map((strokes, digit) => ({
  digit: `${digit}`,
  strokes: strokes.map((points) => points.map(([x, y]) => ({ x: x / 100, y: y / 100, w: 1 }))),
}));

/** What is asked about each of them: the build writes these down, so that a site without a server can have the answers. */
export const inputs = () => SAMPLES.map(({ strokes }) => ({ image: toImage(strokes, SIDE) }));
