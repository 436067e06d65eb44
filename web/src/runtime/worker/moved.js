/** What a worker takes: the memory of WebAssembly in it, and what it fetches. */

/** Every memory that WebAssembly has here: it only ever grows. @type {WebAssembly.Memory[]} */
const memories = [];

/** Begin to count; comes before anything that makes a memory. */
export function countMemories() {
  WebAssembly.Memory = class extends WebAssembly.Memory {
    /** @param {WebAssembly.MemoryDescriptor} descriptor */
    constructor(descriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
}

/** Bytes of all of them together. */
export function memoryBytes() {
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/**
 * The page counts what is moved, and does not see what is moved here.
 *
 * @param {(moved: {at: number, requests: number, sent_bytes: number, received_bytes: number}) => void} onMoved `at` in ms since 1970
 */
export function watchMoved(onMoved) {
  new PerformanceObserver((list) => {
    const entries = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    for (const { startTime, transferSize } of entries.filter((entry) => entry.transferSize > 0)) {
      const at = performance.timeOrigin + startTime;
      onMoved({ at, requests: 1, sent_bytes: 0, received_bytes: transferSize });
    }
  }).observe({ type: "resource", buffered: true });
}
