/** Every exhibit of the page, written out: an exhibit is one name here, in the core's exhibits/ and in models/. */

import { digits } from "./digits/index.js";
import { tower } from "./tower/index.js";

/**
 * @typedef {object} OwnView an exhibit that is played, with an element of its own
 * @property {string} id
 * @property {string} label
 * @property {(sides: import("./tower/agents.js").Sides) => HTMLElement & Played} view
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
 * @property {() => object} example an input to work on when a visitor has given none
 * @property {(result: import("../shared/result.js").Result | null) => unknown} render one side's answer
 * @property {(output: any) => string | null} name the answer in a word; null when it says nothing
 *
 * @typedef {OwnView | AskedView} ExhibitPanel
 */

/** @type {ExhibitPanel[]} */
export const EXHIBITS = [digits, tower];
