/** The modules that the build makes up. */

declare module "virtual:runtime" {
  const runtime: import("./runtime/worker/runtime.js").Runtime;
  export default runtime;
}
