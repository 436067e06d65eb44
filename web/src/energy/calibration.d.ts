/** What energy is counted with on this device; py_src/hundredfold/energy/{profiles,devices,calibrate}.py make it. */

import type { Message, Values } from "../shared/messages.js";
import type { Figure } from "../shared/result.js";

/** Watts. */
export interface Three {
  low: number;
  mid: number;
  high: number;
}

/** A device of the table. */
export interface Profile {
  id: string;
  name: string;
  kind: "laptop" | "chromebook" | "phone" | "tablet" | "desktop" | "board";
  /** null where the model is not known. */
  year: number | null;
  threads: number;
  /** Above idle, one thread at work. */
  one_w: Three;
  /** Above idle, all threads at work. */
  all_w: Three;
  idle_w: Three;
  source: string;
}

export interface Proposed {
  id: string;
  /** One sentence that names what the browser told. */
  why: Message | string;
  sure: "model" | "class" | "guess" | string;
}

/** A device's power as its owner measured it; kept on the device, exported and imported as JSON. */
export interface Calibration {
  kind: "hundredfold-calibration";
  schema: number;
  /** null or anything else in a file that somebody changed. */
  method: "plug" | "battery" | string | null;
  date: string | null;
  device: {
    id: string;
    name: string;
    threads: number;
    one_w: Figure;
    all_w: Figure;
    idle_w: Figure | null;
  };
}

export type Choice =
  | { profile: string }
  | { active_w: number; idle_w: number | null }
  | { tdp_w: number }
  | { calibration: Calibration };

/** Why a choice was refused. */
export interface Refusal {
  field: string;
  /** In English. */
  detail: string;
  /** The message that says the same in the visitor's language, where there is one. */
  code?: string;
  values?: Values;
}

export type Phase = "idle" | "load";

export interface PlugReadings {
  method: "plug";
  idle_w: number;
  load_w: number;
  /** The last digit of the meter's display. */
  step_w: number;
}

/** What a battery lost in a phase: levels from 0 to 1. */
export interface Drain {
  seconds: number;
  from: number;
  to: number;
}

export interface BatteryReadings {
  method: "battery";
  capacity_wh: number;
  idle: Drain;
  load: Drain;
}

/** Seconds that are left and that are done. */
export interface Tick {
  left: number;
  done: number;
}

/** Of the whole measurement, both phases together. */
export interface BatteryTick extends Tick {
  phase: Phase;
}
