/** What the worker and the page tell each other of how far Python and the engine are. */

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
