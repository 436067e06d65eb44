/** What the service worker answers in its own words, and the headers that it adds to files. */

import { scope } from "./site.js";

/** What makes a page isolated, where the host itself does not say it. */
const ISOLATING = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const OPENED = ["document", "iframe", "worker", "sharedworker"];

/** A page or a worker says that it is isolated, on hosts that do not. @param {Request} request @param {Response} response */
export function isolated(request, response) {
  const bare = !response.headers.has("Cross-Origin-Embedder-Policy");
  if (!bare || !OPENED.includes(request.destination) || !response.body) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATING)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** @param {number} status @param {string} title @param {string} detail */
export function problem(status, title, detail) {
  const headers = { "Content-Type": "application/problem+json", "X-Hundredfold": title };
  return new Response(JSON.stringify({ type: "about:blank", status, title, detail }), {
    status,
    headers,
  });
}

/** @param {string} detail */
export function page(detail) {
  const text = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hundredfold</title><h1>This page is not here</h1><p></p><p><a href="${scope}">Back to Hundredfold</a></p>`;
  const headers = { "Content-Type": "text/html", ...ISOLATING };
  return new Response(text.replace("<p></p>", `<p>${detail}</p>`), { status: 504, headers });
}
