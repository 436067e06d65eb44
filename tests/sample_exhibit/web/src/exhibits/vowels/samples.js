/** Ready-made words. */

export const WORDS = ["banana", "rhythm", "queue"];

/** What an export records the answers to. */
export const inputs = () => WORDS.map((text) => ({ text }));
