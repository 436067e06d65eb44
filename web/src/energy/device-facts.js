/**
 * What the browser knows about this device, for the core to propose a profile by.
 *
 * Together it would tell this device from most others. So it is never sent anywhere: it goes to Python in this browser
 * and no further.
 */

/**
 * @typedef {object} DeviceFacts all but the first two are null where the browser tells nothing
 * @property {number | null} hardwareConcurrency
 * @property {string} userAgent
 * @property {number | null} deviceMemory GB
 * @property {string | null} platform
 * @property {boolean | null} mobile
 * @property {string | null} architecture
 * @property {string | null} bitness
 * @property {string | null} model
 * @property {string | null} renderer the graphics chip by WebGL
 * @property {{vendor: string, architecture: string} | null} gpu the graphics chip by WebGPU
 * @property {number | null} maxTouchPoints
 * @property {boolean | null} battery it has one; null also where it is full and plugged in, which looks like none
 * @property {number | null} screenWidth
 */

const HINTS = ["architecture", "bitness", "model", "platform"];
/** A graphics driver may take its time; the page does not wait longer for it. */
const PATIENCE_MS = 2000;

/** @returns {Promise<DeviceFacts>} never rejects */
export async function deviceFacts() {
  const nav = /** @type {any} */ (globalThis.navigator ?? {});
  const [hints, gpu, battery] = await Promise.all([
    told(() => nav.userAgentData?.getHighEntropyValues(HINTS)),
    told(() => graphicsChip(nav.gpu)),
    told(async () => hasBattery(await nav.getBattery?.())),
  ]);
  return {
    hardwareConcurrency: nav.hardwareConcurrency ?? null,
    deviceMemory: nav.deviceMemory ?? null,
    userAgent: nav.userAgent ?? "",
    platform: hints?.platform || nav.userAgentData?.platform || null,
    mobile: nav.userAgentData?.mobile ?? null,
    architecture: hints?.architecture || null,
    bitness: hints?.bitness || null,
    model: hints?.model || null,
    renderer: await told(renderer),
    gpu,
    maxTouchPoints: nav.maxTouchPoints ?? null,
    battery,
    screenWidth: globalThis.screen?.width ?? null,
  };
}

/**
 * @template T
 * @param {() => T | Promise<T>} ask
 * @returns {Promise<T | null>} null: not told, refused, or not in time
 */
async function told(ask) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
  try {
    return (await Promise.race([ask(), late])) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function renderer() {
  const canvas =
    typeof OffscreenCanvas === "function"
      ? new OffscreenCanvas(1, 1)
      : document.createElement("canvas");
  const gl = /** @type {WebGLRenderingContext | null} */ (canvas.getContext("webgl"));
  if (!gl) return null;
  try {
    // Firefox tells it without the extension, and warns about asking for that.
    const firefox = navigator.userAgent.includes("Firefox/");
    const info = firefox ? null : gl.getExtension("WEBGL_debug_renderer_info");
    return /** @type {string | null} */ (
      gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
    );
  } finally {
    gl.getExtension("WEBGL_lose_context")?.loseContext(); // gives the chip's memory back now
  }
}

/** @param {any} gpu navigator.gpu */
async function graphicsChip(gpu) {
  const info = (await gpu?.requestAdapter())?.info;
  return info ? { vendor: info.vendor ?? "", architecture: info.architecture ?? "" } : null;
}

/** @param {{charging: boolean, level: number} | undefined} manager of the Battery Status API */
function hasBattery(manager) {
  if (!manager) return null;
  return !manager.charging || manager.level < 1 ? true : null;
}
