/** The modules that the build makes up. */

declare module "virtual:runtime" {
  const runtime: import("./lib/runtime.js").Runtime;
  export default runtime;
}
