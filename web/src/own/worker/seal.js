/** Takes the network away from a worker that has all it needs: what a visitor gives it can not leave it. */

const WAYS = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "Worker"];

/** @param {object} scope the worker's globals */
export function seal(scope) {
  const refuse = function () {
    throw new TypeError("this worker has no network: what it was given stays in it");
  };
  for (const name of WAYS)
    Object.defineProperty(scope, name, { value: refuse, writable: false, configurable: false });
}
