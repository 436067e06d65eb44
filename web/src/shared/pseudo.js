/** Languages that nobody speaks, made from English: they show what is in no catalogue, and what has no room. */

const ACCENTED = new Map(
  [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter, index) => [
    letter,
    [..."àƀçđéƒĝħîĵķļɱñôþǫřšţûṽŵẋýžÀƁÇĐÉƑĜĦÎĴĶĻṀÑÔÞǪŘŠŢÛṼŴẊÝŽ"][index],
  ]),
);
/** Vowels and the commonest consonants are doubled: text grows by a half at least. */
const DOUBLED = new Set([..."aeiouystnrl"]);

/** "seven" -> "ššéévééññ". @param {string} text */
export function longer(text) {
  return [...text]
    .map((letter) => (ACCENTED.get(letter) ?? letter).repeat(DOUBLED.has(letter) ? 2 : 1))
    .join("");
}

/** Each word reads from right to left. @param {string} text */
export function mirrored(text) {
  return text.replaceAll(/\p{L}+/gu, (word) => `\u202e${word}\u202c`);
}
