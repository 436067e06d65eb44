/** The shapes that both sides answer with; py_src/hundredfold/app.py makes them. */

export interface Summary {
  n: number;
  median: number | null;
  p95: number | null;
  min: number | null;
}

/** A figure and what it was computed from; py_src/hundredfold/energy/quantities.py makes them. */
export interface Figure {
  label: string;
  unit: string;
  low: number;
  mid: number;
  high: number;
  origin: "measured" | "estimated";
  source: string;
  inputs: Record<string, Figure>;
}

export interface Ends {
  low: number;
  mid: number;
  high: number;
}

export interface Energy {
  joules: Ends;
  origin: "measured" | "estimated";
  boundary: "marginal" | "idle-inclusive";
  /**
   * Here: the figures that it is the product of. There: the seconds of this answer, and the address that tells what one
   * of them draws; see py_src/hundredfold/energy/live.py.
   */
  inputs: Record<string, Figure> | { cpu_s: Ends; answers: number; power?: string };
  with_idle?: Energy | null;
}

export interface Result {
  exhibit: string;
  variant: string;
  where: "here" | "there";
  output: any;
  timing: {
    model_ms: Summary;
    python_ms: number;
    total_ms: number;
    /** null: there was no network. */
    network_ms?: number | null;
    load_ms?: number;
  };
  energy: Energy | null;
  /** null: it was recorded. */
  bytes_sent: number | null;
  /** Of the answer. */
  bytes_received?: number;
  runtime: { provider: string; threads: number; isolated: boolean | null; clock_step_ms?: number };
  /** Says that another variant stood in for the one asked for, or when and where it was recorded. */
  notice?: string;
  /** It was recorded when this site was exported; see recorded/recorded.js. */
  recorded?: boolean;
}

export interface Variant {
  id: string;
  role: "baseline" | "rung" | "student";
  parent: string | null;
  recipe: string;
  bytes: number;
  params: number;
  macs: number;
  runs: string[];
  accuracy: { value: number; low: number; high: number; n: number };
}

/** All exhibits by id, and why those that are refused have no models which can be used. */
export interface Exhibits {
  exhibits: Record<string, Ladder>;
  refused: Record<string, string>;
}

/** One exhibit as the core describes it. */
export interface Ladder {
  title: string;
  question: string;
  default: { here: string; there: string };
  test_set: { name: string; n: number };
  variants: Variant[];
}
