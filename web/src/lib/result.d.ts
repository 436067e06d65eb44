/** The shapes that both sides answer with; py_src/hundredfold/app.py makes them. */

export interface Summary {
  n: number;
  median: number | null;
  p95: number | null;
  min: number | null;
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
    network_ms?: number;
    load_ms?: number;
  };
  bytes_sent: number;
  runtime: { provider: string; threads: number; isolated: boolean | null };
  /** Says that another variant stood in for the one asked for. */
  notice?: string;
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

/** One exhibit as the core describes it. */
export interface Ladder {
  title: string;
  question: string;
  default: { here: string; there: string };
  test_set: { name: string; n: number };
  variants: Variant[];
}
