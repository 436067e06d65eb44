/**
 * Starts all large downloads at once, counts their bytes as they arrive, and hands each response to whoever asks for it
 * with fetch(): Pyodide and the engine would fetch one after the other, and tell nobody how far they are.
 *
 * Each is checked against its sha256 before it runs: what is compiled on its way is not instantiated before. On plain http
 * scripts get no digests, so the browser checks there, and holds each file back until it is complete.
 */

import { mark } from "./phases.js";
import { ToldError } from "./told.js";

/** @typedef {import("./runtime.js").RuntimeFile} RuntimeFile */
/**
 * @typedef {{response: Promise<Response>, checked: Promise<void>, code: Promise<WebAssembly.Module> | null}} Download
 *   `code` where it is compiled already
 */

const REPORT_EVERY_MS = 100;
const WASM = "application/wasm";

/** A file that can not be had; whoever waits for it says so. */
export class DownloadError extends ToldError {}

/** A file that is not what was built. */
export class DamagedError extends DownloadError {
  /** @param {string} url */
  constructor(url) {
    super(
      { code: "runtime-file-damaged", values: { url } },
      `${url} is not the file that was built`,
    );
    this.url = url;
  }
}

/**
 * @param {RuntimeFile[]} files
 * @param {boolean} isKept they are on this device: progress is then of no interest
 * @param {(loadedBytes: number, totalBytes: number) => void} onProgress bytes as the server sends them
 */
export function startDownloads(files, isKept, onProgress) {
  const plainFetch = fetch;
  const totalBytes = files.reduce((sum, file) => sum + file.sentBytes, 0);
  const arrived = new Map(files.map((file) => [file.url, 0]));
  let reported = -Infinity;

  /** @param {RuntimeFile} file @param {number} share */
  function note(file, share) {
    arrived.set(file.url, file.sentBytes * Math.min(1, share));
    const loadedBytes = [...arrived.values()].reduce((sum, bytes) => sum + bytes, 0);
    const now = performance.now();
    if (now - reported < REPORT_EVERY_MS && loadedBytes < totalBytes) return;
    reported = now;
    if (loadedBytes >= totalBytes) mark("all is fetched");
    onProgress(loadedBytes, totalBytes);
  }

  /** @param {RuntimeFile} file @returns {Download} */
  function start(file) {
    return isKept ? startKept(file) : startNew(file);
  }

  /** @param {RuntimeFile} file @returns {Download} */
  function startNew(file) {
    const check = crypto.subtle ? {} : { integrity: file.integrity };
    const whole = plainFetch(file.url, check).then(orError);
    const copy = whole.then((response) => response.clone());
    const checked = copy.then(async (response) =>
      ensure(file, await read(response, file.bytes, (count) => note(file, count / file.bytes))),
    );
    checked.catch(() => {}); // whoever uses the file hears of it
    // Code is compiled on its way; what is not may as well wait until it is known to be right.
    const response = copy.then(() => (isCode(file) ? whole : checked.then(() => whole)));
    response.catch(() => {});
    return { response, checked, code: null };
  }

  /** It is all there at once: read as a whole, and once. @param {RuntimeFile} file @returns {Download} */
  function startKept(file) {
    const bytes = plainFetch(file.url)
      .then(orError)
      .then((response) => response.arrayBuffer());
    const checked = bytes.then((content) => {
      note(file, 1);
      return ensure(file, new Uint8Array(content));
    });
    checked.catch(() => {});
    const code = isCode(file) ? bytes.then((content) => WebAssembly.compile(content)) : null;
    code?.catch(() => {});
    const response = checked.then(async () => new Response(code ? null : await bytes));
    response.catch(() => {});
    return { response, checked, code };
  }

  const all = new Map(files.map((file) => [file.url, start(file)]));
  /** @type {WeakMap<Response, Download>} */
  const given = new WeakMap();
  const asked = new Set();
  onProgress(0, totalBytes);

  return {
    /** fetch() that knows the files under way. @type {typeof fetch} */
    fetch: async (input, init) => {
      const { href } = new URL(input instanceof Request ? input.url : input, location.href);
      const download = all.get(href);
      if (!download) return plainFetch(input, init);
      if (!asked.has(href)) {
        asked.add(href);
        const response = await download.response;
        given.set(response, download);
        return response;
      }
      await download.checked; // who asks again must not get what was found to be damaged
      return plainFetch(input, init);
    },

    /** WebAssembly.instantiateStreaming() that runs nothing before its check. @type {typeof WebAssembly.instantiateStreaming} */
    instantiateStreaming: async (source, imports) => {
      const response = await source;
      const module = await (given.get(response)?.code ?? compile(response));
      await given.get(response)?.checked;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    },

    /**
     * Rejects when a file in a folder can not be had, which Pyodide may keep to itself.
     *
     * @param {string} folder
     * @returns {Promise<never>}
     */
    lost: (folder) =>
      new Promise((_, reject) => {
        for (const [url, { checked }] of all) if (url.startsWith(folder)) checked.catch(reject);
      }),
  };
}

/**
 * The response, unless it says that there is none.
 *
 * @param {Response} response
 */
export async function orError(response) {
  if (response.ok) return response;
  // The service worker says why it has nothing to give.
  const told = response.headers.has("X-Hundredfold") ? await response.json() : null;
  if (told?.detail) throw new DownloadError(told.message ?? told.detail, told.detail);
  const { url, status } = response;
  const values = { url, status: `${status}` };
  throw new DownloadError(
    { code: "runtime-file-status", values },
    `${url}: the server answered ${status}`,
  );
}

/**
 * @param {Response} response
 * @param {number} bytes as many as there should be
 * @param {(count: number) => void} onBytes hears the running total
 */
async function read(response, bytes, onBytes) {
  const whole = new Uint8Array(bytes);
  let count = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    // One that is too long is as wrong as one that is cut short.
    if (count + part.value.byteLength > bytes) throw new DamagedError(response.url);
    whole.set(part.value, count);
    count += part.value.byteLength;
    onBytes(count);
  }
  return whole.subarray(0, count);
}

/**
 * Compile on the way, also where the host does not know the type of such a file: then browsers refuse to. The response
 * itself wherever it will do, as the browser keeps what it compiled of that.
 *
 * @param {Response} response
 */
function compile(response) {
  if (response.headers.get("Content-Type")?.startsWith(WASM))
    return WebAssembly.compileStreaming(response);
  const headers = { "Content-Type": WASM };
  return WebAssembly.compileStreaming(new Response(response.body, { headers }));
}

/** @param {RuntimeFile} file */
function isCode({ url }) {
  return url.endsWith(".wasm");
}

/** @param {RuntimeFile} file @param {Uint8Array<ArrayBuffer>} bytes */
async function ensure(file, bytes) {
  if (crypto.subtle && (await integrity(bytes)) !== file.integrity)
    throw new DamagedError(file.url);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function integrity(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
