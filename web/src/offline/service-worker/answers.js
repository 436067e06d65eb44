/** What the service worker answers in its own words, and the headers that it adds to files. */

import { scope } from "./site.js";

/** @typedef {import("../../shared/messages.js").Message} Message */

/** As in the catalogues, which are too much to carry for these few; %s is the name of a file. */
export const WORDS = /** @type {Record<string, Record<string, string>>} */ ({
  en: {
    "offline-page-heading": "This page is not here",
    "offline-page-back": "Back to Hundredfold",
    "offline-refused": "The network is switched off on this page. Switch it on to ask the server.",
    "offline-file-missing-off": "%s is not kept on this device, and the network is switched off.",
    "offline-file-missing-lost":
      "%s is not kept on this device, and the server can not be reached.",
    "offline-file-damaged-off": "%s is damaged on this device, and the network is switched off.",
    "offline-file-damaged-lost": "%s is damaged on this device, and the server can not be reached.",
  },
  es: {
    "offline-page-heading": "Esta página no está aquí",
    "offline-page-back": "Volver a Hundredfold",
    "offline-refused":
      "La red está desactivada en esta página. Actívala para preguntar al servidor.",
    "offline-file-missing-off":
      "%s no está guardado en este dispositivo y la red está desactivada.",
    "offline-file-missing-lost":
      "%s no está guardado en este dispositivo y no se puede contactar con el servidor.",
    "offline-file-damaged-off": "%s está dañado en este dispositivo y la red está desactivada.",
    "offline-file-damaged-lost":
      "%s está dañado en este dispositivo y no se puede contactar con el servidor.",
  },
});

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

/** Programs read English, and find here which message it is. @param {number} status @param {string} title @param {Message} message */
export function problem(status, title, message) {
  const headers = { "Content-Type": "application/problem+json", "X-Hundredfold": title };
  const detail = said(WORDS.en, message);
  return new Response(JSON.stringify({ type: "about:blank", status, title, detail, message }), {
    status,
    headers,
  });
}

/** Says it in every language: this script does not know which one a visitor chose. @param {Message} message */
export function page(message) {
  const parts = Object.entries(WORDS).map(
    ([language, words]) => `<div lang="${language}"><h1>${words["offline-page-heading"]}</h1>
<p>${said(words, message)}</p><p><a href="${scope}">${words["offline-page-back"]}</a></p></div>`,
  );
  const text = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hundredfold</title>${parts.join("")}`;
  const headers = { "Content-Type": "text/html", ...ISOLATING };
  return new Response(text, { status: 504, headers });
}

/** @param {Record<string, string>} words @param {Message} message */
function said(words, { code, values }) {
  return words[code].replace("%s", () => `${values?.file}`);
}
