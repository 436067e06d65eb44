/** The energy balance as the core tells it; py_src/hundredfold/energy/requests.py and sheet.py make it. */

import type { Ends, Figure } from "../shared/result.js";

export type Boundary = "marginal" | "idle-inclusive";

export interface Path {
  /** Joules of one answer; its inputs are the terms that it is the sum of. */
  total: Figure;
  per_correct: Figure;
}

/** From the lowest that it may be to the highest; one that is null may never be reached. */
type Uses = { low: number | null; mid: number | null; high: number | null };

/** The same joules in things one knows: seconds of a lamp, answers that a full phone or a cup of tea's heat pays for. */
export interface Everyday {
  which: "lamp" | "phone" | "tea";
  here: Figure;
  there: Figure;
}

/** Of one answer; it is told of so many, as one is too little to picture. */
export interface Co2e {
  here: Figure;
  there: Figure;
  answers: number;
  /** The visitor's, by its English name; null: the world on average. */
  country: string | null;
  /** The server's operator states its electricity; else it is the world's average. */
  stated: boolean;
}

/** How a device changed its pace while it was measured, and by which share. */
export interface Drift {
  change: "slower" | "quicker";
  by: number;
}

/** One boundary's balance. Beyond `advice` it is told only where both sides are known. */
export interface Sheet {
  here: Path | null;
  there: Path | null;
  /** There over here; null when the ranges overlap or a side is not known. */
  ratio: Ends | null;
  /** A better known device would make them tell more. */
  advice: boolean;
  everyday?: Everyday[];
  /** After so many answers here, its download has paid for itself. */
  break_even?: { once: Figure; uses: Uses };
  co2e?: Co2e;
}

export interface BalanceSheets {
  /** What the device is counted as. */
  device: string;
  drift: Drift | null;
  /** The second is null where the idle power of a side is not known. */
  boundaries: Record<Boundary, Sheet | null>;
}

/** How the balance came about. */
export interface BalanceState {
  basis: "none" | "live" | "glance" | "measured";
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
