/** What goes between the page, a script and the worker of "your own model". */

/** One input of all samples: the first of `dims` counts them. The bits of float16 come as a Uint16Array. */
export interface SampleArray {
  data: ArrayBufferView<ArrayBufferLike> | string[];
  dims: number[];
  /** As numpy calls it: "float32", "int64", "bool"...; may be left out where `data` says it. */
  dtype?: string;
}

export interface OwnSamples {
  inputs: Record<string, SampleArray>;
  labels?: ArrayLike<number> | null;
  classes?: string[] | null;
  made_up?: boolean;
}

export interface Progress {
  /** A code: "fetch" while what it needs is fetched, else one of compress/. */
  phase: string;
  /** From 0 to 1. */
  done: number;
}

export interface Watched {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface RunOptions extends Watched {
  samples?: OwnSamples | null;
  /** Which of the samples. */
  index?: number;
}

/** One output: texts, or numbers as in a sample; of bool as Uint8Array, of float16 as Uint16Array. */
export interface OutputArray {
  data: ArrayBufferView<ArrayBufferLike> | string[];
  dims: number[];
  dtype: string;
}

export interface PerfOptions extends Watched {
  samples?: OwnSamples | null;
  repeats?: number;
  warmups?: number;
  /** The smaller model to be measured in place of the own one. */
  small?: Uint8Array;
}

export interface QuantizeOptions extends Watched {
  method?: string;
  samples?: OwnSamples | null;
  labels?: ArrayLike<number> | null;
  maxDrop?: number;
  simplify?: boolean;
}

export interface CompareOptions extends Watched {
  small: Uint8Array;
  samples?: OwnSamples | null;
  labels?: ArrayLike<number> | null;
  layers?: boolean;
}

export interface Quantized {
  bytes: Uint8Array;
  method: string;
  floats: string[];
  before: any;
  after: any;
  tried: any[];
  notes: any[];
}

/** What the worker says by itself. */
export interface Told {
  progress?: Progress;
  moved?: { at: number; requests: number; sent_bytes: number; received_bytes: number };
}

/** The worker, as Comlink shows it. */
export interface Remote {
  /** Addresses of what it needs beside what every page has. */
  ready(): Promise<string[]>;
  ask(
    request: string,
    files: Record<string, Uint8Array>,
    stop: SharedArrayBuffer | null,
  ): Promise<{ answer: string; files: Record<string, Uint8Array> }>;
  stop(): Promise<void>;
  memory(): Promise<number>;
}
