/** A month's bill as the core tells it; py_src/hundredfold/energy/bill.py makes it. */

import type { Boundary } from "../energy/breakdown.js";
import type { Figure } from "../shared/result.js";

/** What is not known yet is null. */
export interface MonthWay {
  where: "here" | "there" | "hosted";
  variant: string | null;
  /** One answer, in J; for the hosted one a request, in Wh. */
  answer: Figure | null;
  /** kWh */
  energy: Figure | null;
  /** In the bill's currency. */
  money: Figure | null;
  /** g CO2e */
  co2e: Figure | null;
  /** kWh before the first answer, on each device; not in the others. */
  once: Figure | null;
}

export interface Month {
  exhibit: string;
  per_month: number;
  currency: string;
  boundary: Boundary;
  /** The visitor's, by its English name; null: the world on average. */
  country: string | null;
  /** The server's operator states its electricity. */
  stated: boolean;
  times: Figure;
  prices: { kwh: Figure; million_tokens: Figure; tokens: Figure };
  grids: { here: Figure; there: Figure; hosted: Figure };
  ways: MonthWay[];
}
