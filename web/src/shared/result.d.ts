/** What both sides are asked and answer with; made from py_src/hundredfold/result.py: run `make docs`. */

/* [[[cog
from hundredfold.forge.types import declarations
cog.out("\n" + declarations() + "\n\n")
]]] */

/** Share of right answers on the test set, with a 95 % Wilson interval. */
export interface Accuracy {
  value: number;
  low: number;
  high: number;
  n: number;
}

/** One model of an exhibit, with its facts. */
export interface Variant {
  id: string;
  role: string;
  parent: string | null;
  recipe: string;
  file: string;
  bytes: number;
  sha256: string;
  opset: number;
  params: number;
  macs: number;
  runs: string[];
  accuracy: Accuracy | null;
  golden: string;
}

/** An exhibit that was made from a folder: what its page shows, and how its models are asked. */
export interface Added {
  title: string;
  question: string;
  kind: "image" | "text" | "numbers";
  labels: string[];
  unit: string;
  within: number | null;
  licence: string;
  scores: "logits" | "probabilities";
  form: Record<string, any>;
  files: Record<string, string>;
}

/** The variants that are used when a request names none. */
export interface Defaults {
  here: string;
  there: string;
}

/** When an answer was recorded, and on which machine. */
export interface Recorded {
  /** A day, as 2026-01-31. */
  made: string;
  cpu: string | null;
  machine: string | null;
}

/** A language model that is asked about an exhibit's inputs: run by the server, or what was recorded of one. */
export interface LanguageModel {
  /** The variant by which it is asked. */
  id: string;
  /** Asked anew; false: only what was recorded of it is answered. */
  live: boolean;
  name: string;
  quantisation: string | null;
  /** Of its file; null: it runs elsewhere. */
  bytes: number | null;
  params: number | null;
  /** Multiply-accumulates of one answer, about: each parameter once a token. */
  macs: number | null;
  recipe: string;
  /** On texts of the test set; null: this one was not measured. */
  accuracy: Accuracy | null;
  /** Of one answer, as recorded; as `energy` of a Result. */
  energy: Record<string, any> | null;
  recorded: Recorded;
}

/** An exhibit, its test set and its ladder of variants, baseline first. */
export interface Ladder {
  title: string;
  question: string;
  default: Defaults;
  /** What its page may ask the visitor for: camera, microphone. */
  devices: string[];
  test_set: Record<string, any>;
  variants: Variant[];
  /** Asked beside the ladder; it is there only. */
  language_model?: LanguageModel | null;
  /** Of one that was added from a folder: what its page shows. */
  added?: Added | null;
}

/** All exhibits by id, and why those that are refused have no models which can be used. */
export interface Exhibits {
  exhibits: Record<string, Ladder>;
  refused: Record<string, string>;
}

/** The body of a run; the input itself is checked by the exhibit, the same here and there. */
export interface RunRequest {
  input: Record<string, any>;
  /** A variant that runs there; null: the baseline. */
  variant?: string | null;
  /** Runs of the model to time. */
  repeats?: number;
}

/** Milliseconds inside the engine; none of them for an input that is answered without the model. */
export interface Summary {
  n: number;
  median: number | null;
  p95: number | null;
  min: number | null;
  /** Interquartile range over the median. */
  spread: number | null;
  /** Median of the last third over that of the first, less 1. */
  drift: number | null;
}

/** From the lowest that it may be to the highest. */
export interface Ends {
  low: number;
  mid: number;
  high: number;
}

/** A figure that is not known exactly, with the source it was taken from or the inputs it was computed from. */
export interface Figure {
  /** What it is, in words. */
  label: string;
  unit: string;
  low: number;
  mid: number;
  high: number;
  origin: "measured" | "estimated";
  source: string;
  inputs: Record<string, Figure>;
}

/** What one answer draws, in joules, and what that was computed from. */
export interface Energy {
  joules: Ends;
  /** Measured when both the seconds and the power were. */
  origin: "measured" | "estimated";
  boundary: "marginal" | "idle-inclusive";
  /** Here figures; there its seconds, and who tells the power. */
  inputs: Record<string, any>;
  /** Always J; the server leaves it out. */
  unit?: string | null;
  /** With idle power; null: it is not known. */
  with_idle?: Energy | null;
}

/** Milliseconds. */
export interface Timing {
  model_ms: Summary;
  /** Everything but the engine. */
  python_ms: number;
  /** One answer: Python, and each call of the engine by its median over the repeats. */
  total_ms: number;
  /** From the model's bytes to a session. */
  load_ms: number;
  /** The way there and back; null: there was no network. */
  network_ms?: number | null;
}

/** What ran the model. */
export interface Runtime {
  provider: string;
  threads: number;
  isolated: boolean | null;
  /** With others it was answered by one call of the engine: so many. */
  batch?: number | null;
  /** The step of the clock that the times are told by. */
  clock_step_ms?: number | null;
}

/** One answer. */
export interface Result {
  exhibit: string;
  variant: string;
  where: "here" | "there";
  output: any;
  timing: Timing;
  energy: Energy | null;
  /** Length of the request's body; null: it was recorded. */
  bytes_sent: number | null;
  runtime: Runtime;
  /** The server has it from a record: nothing ran for this answer. */
  record?: Recorded | null;
  /** Another variant stood in, or when and where it was recorded. */
  notice?: string | null;
  /** Of the answer. */
  bytes_received?: number | null;
  /** It is out of a record, not of a run. */
  recorded?: boolean | null;
  /** More of its output was asked for afterwards. */
  further?: boolean | null;
}

/* [[[end]]] */
