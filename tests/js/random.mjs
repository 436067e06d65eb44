/** Cases for laws, the same in every run: a law that fails names the seed of its case. */

/** @param {number} seed */
export function randomFrom(seed) {
  // A linear congruential generator with the constants of Numerical Recipes: the highest bits are good enough here.
  let state = (seed * 2654435761) >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  next();
  const between = (low, high) => low + (high - low) * next();
  const whole = (low, high) => Math.floor(between(low, high + 1));
  return {
    between,
    whole,
    list: (least, most, make) => Array.from({ length: whole(least, most) }, make),
    one: (choices) => choices[whole(0, choices.length - 1)],
  };
}

/**
 * Try a law on so many cases.
 *
 * @param {number} cases
 * @param {(random: ReturnType<typeof randomFrom>) => void} law
 */
export function holds(cases, law) {
  for (let seed = 1; seed <= cases; seed++)
    try {
      law(randomFrom(seed));
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
}
