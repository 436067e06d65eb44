/**
 * A script that is there. A browser under load now and then fails to fetch one, and remembers that of an address: so once
 * more, after a moment, by another one.
 *
 * @param {string} script
 * @returns {Promise<any>}
 */
export async function imported(script) {
  try {
    return await import(/* @vite-ignore */ script);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return import(/* @vite-ignore */ `${script}?again`);
  }
}
