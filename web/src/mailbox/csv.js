/** All rows as a table for other programs, made in parts, so that the page goes on meanwhile. */

/** @typedef {import("./rows.js").Rows} Rows */

const PART = 5000;
/** What a spreadsheet would compute: anybody may have written what stands in a mail. */
const FORMULA = /^[=+\-@\t]/;

/**
 * RFC 4180, in UTF-8: the columns are those of `hundredfold classify`.
 *
 * @param {Rows} rows
 * @param {ArrayLike<number>} places of the rows, in the order in which they come
 * @param {(note: string) => string} words of a note
 * @param {() => Promise<unknown>} turn settles when others had theirs
 * @returns {Promise<string[]>} its parts
 */
export async function asCsv(rows, places, words, turn) {
  const parts = ["file,index,label,score,note,text\n"];
  for (let from = 0; from < places.length; from += PART) {
    let part = "";
    for (let at = from; at < Math.min(places.length, from + PART); at++) {
      const { file, number, label, score, note, head } = rows.row(places[at]);
      const safe = FORMULA.test(head) ? `'${head}` : head;
      const cells = [file, `${number}`, label ?? "", score?.toFixed(4) ?? "", note && words(note)];
      part += `${[...cells, safe].map(cell).join(",")}\n`;
    }
    parts.push(part);
    await turn();
  }
  return parts;
}

/** @param {string} text */
function cell(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
