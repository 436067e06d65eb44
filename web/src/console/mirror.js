/** Shows fields of an object to scripts, to be read and not to be set. */

/**
 * @template {object} Target
 * @param {Target} target
 * @param {() => any} source asked at each look
 * @param {string[]} names
 * @returns {Target & Record<string, any>}
 */
export function mirror(target, source, names) {
  for (const name of names)
    Object.defineProperty(target, name, { enumerable: true, get: () => source()?.[name] });
  return target;
}
