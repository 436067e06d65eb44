/** Every exhibit of the page is a folder here, which holds all that is its own; the others ask for it by its id. */

import { say } from "../shared/messages.js";

/**
 * @typedef {object} OwnView an exhibit that is played, with an element of its own
 * @property {string} id
 * @property {string} label
 * @property {(sides: Sides) => import("../compare/exhibit-element.js").ExhibitElement & Played} view
 * @property {(shown: () => any, counted: () => Promise<void>) => object} [console] what it adds to `window.hundredfold`;
 *   `shown` gives its element, where it is on this page
 *
 * @typedef {object} Sides whom an exhibit that is played asks
 * @property {(request: object) => Promise<any>} ask the core
 * @property {() => Promise<object | null>} device what energy is counted with here
 * @property {(id: string, input: object, variant: string | null) => Promise<import("../shared/result.js").Result>} runThere
 * @property {(() => Promise<{says: string, scenes: any[]}>) | null} recorded where there is no server
 *
 * @typedef {object} Played
 * @property {() => Promise<void>} open called whenever a visitor comes to it
 * @property {() => void} leave called whenever another one is shown
 * @property {(on: boolean) => void} rest others are measured: it is to take nothing of this device, or may again
 * @property {boolean} online
 *
 * @typedef {object} AskedView an exhibit that answers one input, shown as all such are
 * @property {string} id
 * @property {string} label
 * @property {undefined} [view]
 * @property {string} things what its test set consists of, in the plural
 * @property {(root: HTMLElement, ask: (input: object | null) => void) => void} mount puts into `root` what a visitor
 *   works with, and asks whenever the input changed; null: there is no input
 * @property {(root: HTMLElement) => any} made what a visitor made there, to be restored on another page
 * @property {(root: HTMLElement, made: any) => void} restore
 * @property {(input: any) => object} [further] the same input, asking for more than is told of itself: what `render`
 *   offers by an event `further`
 * @property {() => {summary: string, labels: Record<string, string>}} [many] it answers files of many inputs, too: what
 *   that is called, and the labels in words
 * @property {() => {summary: string, fetch: () => Promise<unknown>, show: (ladder: Ladder | null) => unknown}} [results]
 *   more was measured of its models than how often they are right: what that is called, its program, which is fetched
 *   when a visitor first asks, and its element (shared/results-element.js)
 * @property {string} [models] what its models are, where each was not made from one before it
 * @property {() => object} example an input to work on when a visitor has given none
 * @property {(result: import("../shared/result.js").Result | null, input: any) => unknown} render one side's answer,
 *   and the input that it answers
 * @property {(output: any) => string | null} name the answer in a word; null when it says nothing
 *
 * @typedef {OwnView | AskedView} ExhibitPanel
 * @typedef {import("../shared/result.js").Ladder} Ladder
 */

/** @type {Record<string, Omit<ExhibitPanel, "id" | "label">>} */
const FOUND = import.meta.glob("./*/index.js", { eager: true, import: "exhibit" });

/** In the order in which they are shown; each says its name in the language of the page. */
export const EXHIBITS = EXHIBIT_IDS.map(
  (id) =>
    /** @type {ExhibitPanel} */ (
      Object.create(FOUND[`./${id}/index.js`], {
        id: { value: id },
        label: { get: () => say(`${id}-label`) },
      })
    ),
);
