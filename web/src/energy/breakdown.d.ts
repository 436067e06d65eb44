/** The energy balance as the core tells it; py_src/hundredfold/energy/requests.py and sheet.py make it. */

import type { Figure } from "../shared/result.js";

export type Boundary = "marginal" | "idle-inclusive";

export interface Path {
  /** Joules of one answer; its inputs are the terms that it is the sum of. */
  total: Figure;
  per_correct: Figure;
}

/** One boundary's balance. Beyond `words` it is told only where both sides are known. */
export interface Sheet {
  here: Path | null;
  there: Path | null;
  /** There over here; null when the ranges overlap or a side is not known. */
  ratio: { low: number; mid: number; high: number } | null;
  words: string;
  /** What would make them tell more; empty when they tell enough. */
  advice: string;
  everyday?: { words: string; here: Figure; there: Figure }[];
  break_even?: {
    once: Figure;
    uses: { low: number | null; mid: number | null; high: number | null };
    words: string;
  };
  co2e?: { here: Figure; there: Figure; words: string };
}

export interface BalanceSheets {
  /** What the device is counted as. */
  device: string;
  /** Says that the device changed its pace meanwhile; empty when it did not. */
  drift: string;
  /** The second is null where the idle power of a side is not known. */
  boundaries: Record<Boundary, Sheet | null>;
}

/** How the balance came about. */
export interface BalanceState {
  basis: "none" | "live" | "measured";
  running: boolean;
  /** From 0 to 1. */
  done: number;
  text: string;
  secondsAsked: number;
}

export interface Country {
  code: string;
  name: string;
}
