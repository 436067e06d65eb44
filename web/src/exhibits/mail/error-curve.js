/** Both errors of a model on two axes: good mails lost, each step of 1, 2, 5, 10 as wide, and spam let through, from 0. */

/** @typedef {{value: number, low: number, high: number, n: number}} Share */
/** @typedef {{threshold: number, good_lost: number, spam_missed: number}} Point */
/**
 * @typedef {object} Errors of one model on the same mails
 * @property {Share} good_taken_for_spam where it decides
 * @property {Share} spam_missed
 * @property {Point[]} curve where it might: one point for each number of good mails lost
 *
 * @typedef {{share: number, at: number, named: boolean}} Tick at: in percent of the axis, from the left or the bottom; not
 *   all have their names, which a phone has no room for
 * @typedef {object} Scale
 * @property {(share: number) => number} x where a share of good mails lies, in percent of the width
 * @property {(share: number) => number} y where a share of spam lies, in percent of the height, from the top
 * @property {Tick[]} lost
 * @property {Tick[]} missed
 */

/** @param {number} share @param {number} least @param {number} most */
const within = (share, least, most) => Math.min(Math.max(share, least), most);

/** A share of none has no place on the axis of good mails: it is drawn to the end of it. @param {Errors[]} models @returns {Scale} */
export function scale(models) {
  const points = models.flatMap(({ curve }) => drawn(curve));
  const decided = models.map((each) => each.good_taken_for_spam);
  const lost = [
    ...points.map((point) => point.good_lost),
    ...decided.flatMap(({ low, value, high }) => [low, value, high]),
  ].filter((share) => share > 0);
  const marks = between(Math.min(...lost), Math.max(...lost));
  const [first, last] = [marks[0].share, /** @type {Mark} */ (marks.at(-1)).share];
  const x = (/** @type {number} */ share) =>
    share > 0 ? within((100 * Math.log(share / first)) / Math.log(last / first), 0, 100) : 0;

  const highest = Math.max(
    ...points.map((point) => point.spam_missed),
    ...models.map((each) => each.spam_missed.high),
  );
  const step = [0.01, 0.05, 0.1].find((each) => highest <= 5 * each) ?? 0.2;
  const steps = Math.max(1, Math.ceil(highest / step));
  const y = (/** @type {number} */ share) => 100 - within((100 * share) / (step * steps), 0, 100);
  return {
    x,
    y,
    lost: marks.map(({ share, digit }, index) => {
      const named = digit === 1 || index === marks.length - 1 || (digit === 5 && index > 0);
      return { share, at: x(share), named };
    }),
    missed: Array.from({ length: steps + 1 }, (_, index) => {
      return { share: index * step, at: (100 * index) / steps, named: true };
    }),
  };
}

/**
 * The line along which a model could decide: with up to so many good mails lost, so much spam is let through. It goes
 * down in steps, as many as there are mails.
 *
 * @param {Point[]} curve
 * @param {Pick<Scale, "x" | "y">} scale
 * @returns {string} corners, for a polyline in a box of 100 by 100
 */
export function line(curve, { x, y }) {
  const corners = drawn(curve).map(({ good_lost, spam_missed }) => [x(good_lost), y(spam_missed)]);
  return corners
    .flatMap(([right, down], index) => [
      ...(index ? [[right, corners[index - 1][1]]] : []),
      [right, down],
    ])
    .map((corner) => corner.map((each) => each.toFixed(2)).join(","))
    .join(" ");
}

/**
 * All points of several models: one row for each share of good mails lost, in order, with the spam that each lets
 * through then; null where a model has no such point.
 *
 * @param {Point[][]} curves
 */
export function rows(curves) {
  const known = curves.map(
    (curve) => new Map(curve.map(({ good_lost, spam_missed }) => [good_lost, spam_missed])),
  );
  const lost = new Set(known.flatMap((each) => [...each.keys()]));
  return [...lost]
    .sort((one, other) => one - other)
    .map((share) => ({ lost: share, missed: known.map((each) => each.get(share) ?? null) }));
}

/** Those that have a place on the axis. @param {Point[]} curve */
function drawn(curve) {
  return curve.filter(({ good_lost }) => good_lost > 0);
}

/** @typedef {{share: number, digit: number}} Mark */

/** Shares of 1, 2, 5, 10 ... that hold two others between them. @param {number} least @param {number} most @returns {Mark[]} */
function between(least, most) {
  const decades = Array.from({ length: 8 }, (_, index) => index - 7);
  const marks = decades.flatMap((power) =>
    [1, 2, 5].map((digit) => ({ share: Number(`${digit}e${power}`), digit })),
  );
  const first = marks.findLastIndex(({ share }) => share <= least);
  const last = marks.findIndex(({ share }) => share >= most && share > least);
  return marks.slice(Math.max(0, first), last < 0 ? undefined : last + 1);
}
