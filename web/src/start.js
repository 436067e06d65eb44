/** The first thing that runs: starts the worker before the page's own program is even read, so that no time is lost. */

import { startWorker } from "./lib/early.js";
import { isolating } from "./lib/isolation.js";

void startWorker(isolating());
