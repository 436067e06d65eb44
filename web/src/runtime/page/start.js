/** The first thing that runs: starts the worker before the page's own program is even read, so that no time is lost. */

import { startWorker } from "./early.js";
import { isolating } from "./isolation.js";

void startWorker(isolating());
