/** Imported by tests of modules that speak: they speak English, as the page does by default. */

import { catalogue } from "../../web/build/messages.js";
import { speak } from "../../web/src/shared/messages.js";

speak("en", catalogue("en"));
