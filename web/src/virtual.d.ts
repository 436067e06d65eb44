/** The modules that the build makes up. */

declare module "virtual:runtime" {
  const runtime: import("./runtime/worker/runtime.js").Runtime;
  export default runtime;
}

/** The exhibits' ids, the one that is shown first in front; build/exhibits.js finds them. */
declare const EXHIBIT_IDS: string[];

declare module "virtual:messages/en" {
  const catalogue: string;
  export default catalogue;
}
declare module "virtual:messages/es" {
  const catalogue: string;
  export default catalogue;
}
