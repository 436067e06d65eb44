/** What a visitor's model is told to be, and its client: see client.js and py_src/hundredfold/compress/. */

import type { Input } from "../samples/picture-plan.js";
import type { Samples } from "../samples/read.js";

/** Something to know, in English, and the message that says the same in each language, where there is one. */
export interface Note {
  code: string;
  values: Record<string, string | number>;
  text: string;
}

export interface Weight {
  layer: string;
  op: string;
  shape: number[];
  dtype: string;
  params: number;
  bytes: number;
}

export interface Inspection {
  name: string;
  bytes: number;
  sha256: string;
  producer: string;
  ir_version: number;
  opset: number | null;
  inputs: Input[];
  outputs: Input[];
  operators: Record<string, number>;
  missing_here: string[];
  params: number;
  macs: number | null;
  memory_bytes: number | null;
  weights: Weight[];
  quantized: boolean;
  notes: Note[];
}

export interface Perf {
  load_ms: number;
  model_ms: { n: number; median: number | null; p95: number | null; min: number | null };
  repeats: number;
  memory_bytes?: number | null;
  energy?: Joules | null;
  runtime: Record<string, unknown>;
}

export interface Share {
  value: number;
  low: number;
  high: number;
  n: number;
}

export interface Figures {
  bytes: number;
  accuracy?: Share | number | null;
  agreement?: Share | number | null;
}

export interface Tried {
  method: string;
  floats: string[];
  bytes: number | null;
  /** Percentage points. */
  loss: number | null;
  holds: boolean;
  model_ms: number | null;
  why: string | null;
}

export interface Small {
  bytes: Uint8Array;
  method: string;
  floats: string[];
  before: Figures;
  after: Figures;
  tried?: Tried[];
  notes?: Note[];
}

export interface Changed {
  index: number;
  original: number;
  small: number;
  label?: number | null;
}

export interface Comparison {
  n: number;
  accuracy: { original: Share; small: Share } | null;
  agreement: Share | null;
  deviation: { mean: number; p95: number; worst: number } | null;
  changed: Changed[];
  notes?: Note[];
}

/** Of one answer, from the lowest that it may be to the highest. */
export interface Joules {
  joules: { low: number; mid: number; high: number };
  origin: string;
}

type Progress = (progress: { phase: string; done: number }) => void;

export interface Own {
  inspection: Inspection;
  perf(options: {
    samples: Samples | null;
    small?: Uint8Array;
    repeats: number;
    onProgress?: Progress;
    signal?: AbortSignal;
  }): Promise<Perf>;
  quantize(options: {
    method: string;
    samples: Samples | null;
    labels?: ArrayLike<number>;
    maxDrop: number;
    onProgress?: Progress;
    signal?: AbortSignal;
  }): Promise<Small>;
  compare(options: {
    small: Uint8Array;
    samples: Samples | null;
    labels?: ArrayLike<number>;
    layers: boolean;
    onProgress?: Progress;
    signal?: AbortSignal;
  }): Promise<Comparison>;
  report(): Promise<object>;
  close(): void;
}

export interface Opener {
  /** Bytes that the models' worker holds. */
  memory?(): Promise<number>;
  open(
    bytes: Uint8Array,
    options: { name: string; onProgress?: Progress; signal?: AbortSignal },
  ): Promise<Own>;
}
export type OpenOwn = () => Opener | Promise<Opener>;
