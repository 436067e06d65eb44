/** What the build tells the page about Python and the engine; made by web/build/runtime.js. */

export interface RuntimeFile {
  url: string;
  /** Size as the page sees it. */
  bytes: number;
  /** Size as the server sends it, brotli-compressed. */
  sentBytes: number;
  /** `sha256-<base64>`, in the form that fetch() checks. */
  integrity: string;
}

export interface Runtime {
  python: {
    folder: string;
    lock: { info: import("pyodide").Lockfile["info"]; packages: {} };
    stdlib: string;
  };
  /** Zips to unpack for Python, in order. */
  packages: string[];
  engine: { folder: string; script: string; version: string };
  /** The large files, whose arrival is shown as progress. */
  files: RuntimeFile[];
}
