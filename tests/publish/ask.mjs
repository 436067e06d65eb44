/** Calls functions of web/src for tests: a line {module, name, args} in, a line with what it returned out. */

import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { module, name, args } = JSON.parse(line);
  const found = (await import(new URL(`../../web/src/${module}`, import.meta.url).href))[name];
  console.log(JSON.stringify(await found(...args)));
}
