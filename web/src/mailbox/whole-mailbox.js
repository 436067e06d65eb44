/** Drop a whole mailbox: every text in it is answered on this device, listed, and can be downloaded with its answer. */

import { html } from "lit";
import "./mailbox.css";
import "./mailbox-list.js";
import "./table-columns.js";
import { size, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { Job, look, MOST_BYTES } from "./job.js";
import { MOST_ROWS } from "./rows.js";

/** @typedef {import("./table-columns.js").Tables} Tables */
/** @typedef {{requests: number, sent_bytes: number}} Moved */

const REFRESH_MS = 300;
const TABLE = /\.(csv|tsv)$/i;
const ACCEPTED = ".mbox,.eml,.csv,.tsv,.txt";

export class WholeMailbox extends LightElement {
  static properties = {
    exhibit: {},
    variant: {},
    ask: { attribute: false },
    labels: { attribute: false },
    energy: { attribute: false },
    rungs: { attribute: false },
    moved: { attribute: false },
    job: { state: true },
    tables: { state: true },
    problem: { state: true },
    over: { state: true },
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer = undefined;
  /** @type {File[]} */
  #files = [];
  /** What was moved before the files that are read now. @type {Moved} */
  #before = { requests: 0, sent_bytes: 0 };

  constructor() {
    super();
    this.exhibit = "";
    /** The model that answers; null: the default. @type {string | null} */
    this.variant = null;
    /** One request of the core on this device. @type {import("./job.js").Ask} */
    this.ask = () => Promise.reject(new Error());
    /** The labels' names in words. @type {Record<string, string>} */
    this.labels = {};
    /** What so many answers in so many seconds took here, in words; "": it is not known. @type {(answers: number, seconds: number) => string} */
    this.energy = () => "";
    /** What each rung there would have taken for them, in words. @type {(answers: number) => {name: string, words: string}[]} */
    this.rungs = () => [];
    /** What this page moved over the network so far. @type {() => Moved} */
    this.moved = () => ({ requests: 0, sent_bytes: 0 });
    /** @type {Job | null} */
    this.job = null;
    /** Tables whose columns are to be chosen. @type {Tables | null} */
    this.tables = null;
    /** What was wrong with what was chosen, in words. */
    this.problem = "";
    /** Something is held over it. */
    this.over = false;
  }

  render() {
    const { job, tables } = this;
    return html`
      <section
        class="mailbox ${this.over ? "mailbox-over" : ""}"
        @dragover=${this.#hold}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#drop}
      >
        <h3>${say("mailbox-title")}</h3>
        <p .textContent=${say("mailbox-here")}></p>
        ${job ? this.#work(job) : ""}
        ${
          tables && !job
            ? html`<table-columns
                .ask=${this.ask}
                .tables=${tables}
                @start=${this.#start}
                @anew=${this.#anew}
              ></table-columns>`
            : ""
        }
        ${job || tables ? "" : this.#choice()}
        <p role="status" class="mailbox-problem" .textContent=${this.problem}></p>
      </section>
    `;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.job?.cancel();
    clearTimeout(this.#timer);
  }

  #choice() {
    const limits = {
      size: words(size(MOST_BYTES)),
      texts: MOST_ROWS,
    };
    return html`
      <label class="mailbox-choice">
        <span .textContent=${say("mailbox-drop")}></span>
        <input type="file" multiple accept=${ACCEPTED} @change=${this.#chosen} />
        <small .textContent=${say("mailbox-limits", limits)}></small>
      </label>
    `;
  }

  /** @param {Job} job */
  #work(job) {
    const { rows, state } = job;
    const under = state === "running" || state === "paused";
    const share = job.totalBytes ? job.doneBytes / job.totalBytes : 1;
    const told = this.energy(rows.count, job.seconds);
    return html`
      <progress max="1" .value=${share} aria-label=${say("mailbox-progress")}></progress>
      <p class="mailbox-pace" .textContent=${pace(job)}></p>
      <p role="status" .textContent=${stateWords(job)}></p>
      <div class="mailbox-buttons">
        ${
          under
            ? html`
                <button type="button" @click=${this.#pause}>
                  ${say("mailbox-pause", { paused: `${state === "paused"}` })}
                </button>
                <button type="button" @click=${() => job.cancel()}>${say("mailbox-cancel")}</button>
              `
            : html`<button type="button" @click=${this.#anew}>${say("mailbox-anew")}</button>`
        }
      </div>
      ${job.problems.map(
        ({ file, problem }) =>
          html`<p
            class="mailbox-problem"
            .textContent=${say("mailbox-file-problem", { file, problem: because(problem) })}
          ></p>`,
      )}
      ${
        told
          ? html`<dl class="mailbox-energy">
              <dt class="here" .textContent=${say("mailbox-energy-here")}></dt>
              <dd .textContent=${told}></dd>
              ${this.rungs(rows.count).map(
                ({ name, words }) => html`
                  <dt class="there" .textContent=${say("mailbox-energy-there", { name })}></dt>
                  <dd .textContent=${words}></dd>
                `,
              )}
            </dl>`
          : ""
      }
      <p class="mailbox-moved" .textContent=${this.#movedSince()}></p>
      <mailbox-list
        .rows=${rows}
        .count=${rows.count}
        .labels=${this.labels}
        name=${this.exhibit}
        ?hidden=${!rows.count}
      ></mailbox-list>
    `;
  }

  /** @param {DragEvent} event */
  #hold(event) {
    event.preventDefault();
    this.over = true;
  }

  /** @param {DragEvent} event */
  #drop(event) {
    event.preventDefault();
    this.over = false;
    const { state } = this.job ?? {};
    if (state === "running" || state === "paused") return;
    void this.#take([...(event.dataTransfer?.files ?? [])]);
  }

  /** @param {Event} event */
  #chosen({ target }) {
    const { files } = /** @type {HTMLInputElement} */ (target);
    void this.#take([...(files ?? [])]);
  }

  /** @param {File[]} files */
  async #take(files) {
    if (!files.length) return;
    this.#anew();
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (bytes > MOST_BYTES) {
      this.problem = say("mailbox-too-large", {
        size: words(size(bytes)),
        most: words(size(MOST_BYTES)),
      });
      return;
    }
    this.#files = files;
    const tables = files.filter(({ name }) => TABLE.test(name));
    try {
      const looks = await Promise.all(tables.map((file) => look(this.ask, file)));
      if (this.#files !== files) return;
      this.tables = new Map(tables.map((file, index) => [file, looks[index]]));
      if (!looks.some(({ columns }) => columns.length > 1)) this.#start();
    } catch (problem) {
      this.problem = because(problem);
    }
  }

  #start() {
    const columns = new Map(
      [...(this.tables ?? [])].map(([file, { column, header }]) => [file, { column, header }]),
    );
    for (const [file, { column }] of columns) if (!column) columns.delete(file); // it is empty
    this.tables = null;
    const { ask, exhibit, variant } = this;
    const files = this.#files;
    this.#before = this.moved();
    this.job = new Job({ ask, exhibit, variant, files, columns, onChange: () => this.#changed() });
    void this.job.run();
  }

  /** What answers bring is shown now and then. */
  #changed() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REFRESH_MS);
  }

  #movedSince() {
    const { requests, sent_bytes } = this.moved();
    return say("mailbox-moved", {
      requests: requests - this.#before.requests,
      size: words(size(sent_bytes - this.#before.sent_bytes)),
    });
  }

  #pause() {
    if (this.job?.state === "paused") this.job.resume();
    else this.job?.pause();
  }

  #anew() {
    this.job?.cancel();
    this.job = null;
    this.tables = null;
    this.problem = "";
    this.#files = [];
  }
}

customElements.define("whole-mailbox", WholeMailbox);

/** @param {Job} job */
function pace({ rows, rate, secondsLeft, state }) {
  const told = { count: rows.count, rate: Math.round(rate) };
  if (state !== "running" || secondsLeft === null) return say("mailbox-pace", told);
  const left = Math.ceil(secondsLeft);
  return say("mailbox-pace-left", { ...told, minutes: Math.floor(left / 60), seconds: left % 60 });
}

/** @param {Job} job */
function stateWords(job) {
  if (job.state === "failed") return say("mailbox-failed", { problem: because(job.problem) });
  if (job.rows.full) return say("mailbox-full", { count: job.rows.count });
  return say(`mailbox-state-${job.state}`, { count: job.rows.count });
}

/** What went wrong, in words. @param {any} problem */
function because(problem) {
  return String(problem?.detail ?? problem?.message ?? problem);
}
