/** What the build tells the page about Python and the engine; made by web/build/runtime.js. */

export interface RuntimeFile {
  /** From the site's folder, as all addresses in here. */
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
  /** Packs that a first answer needs beside the standard library, in order. */
  packages: string[];
  /** The pack of all else. */
  later: { url: string; integrity: string };
  /** The pack of "your own model", which is fetched by whoever opens that room. */
  own: RuntimeFile;
  /** `module` is what `script` loads. */
  engine: { folder: string; script: string; module: string; version: string };
  /** The large files, whose arrival is shown as progress. */
  files: RuntimeFile[];
}
