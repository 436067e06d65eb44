/** What the worker and the page tell each other of how far Python and the engine are. */

import type { Message } from "../shared/messages.js";

export interface Status {
  /** "failed" stays until the worker is started again. */
  phase: "loading" | "ready" | "failed" | "restarting";
  /** In plain words. */
  text: string;
  loadedBytes: number;
  totalBytes: number;
  /** Something to know about how it was started. */
  hint?: string;
}

/** A status as the worker tells it, which speaks no language. */
export type Report = Omit<Status, "text" | "hint"> & { text: Message | string };

/** Why Python or the engine could not be started. */
export interface Failure {
  /** A sentence without its point. */
  failed: Message | string;
  /** What is put into it as its `reason`. */
  reason?: Message | string;
  /** The file that is not what was built; "": it is not that. */
  damaged?: string;
}
