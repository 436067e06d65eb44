/** Every file that gains from it gets its compressed copies, whatever other files hold. */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { compressAll } from "../../web/build/compress.js";

test("files that hold the same are compressed side by side", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "compress-"));
  t.after(() => rm(root, { recursive: true }));
  const [folder, cache] = [join(root, "site"), join(root, "cache")];
  const text = "the same in all of them\n".repeat(200);
  await mkdir(folder);
  const names = Array.from({ length: 12 }, (_, index) => `page-${index}.html`);
  for (const name of names) await writeFile(join(folder, name), text);
  await writeFile(join(folder, "small.html"), "short");
  await compressAll(folder, cache);
  for (const name of names) {
    assert.equal(`${gunzipSync(await readFile(join(folder, `${name}.gz`)))}`, text);
    assert.equal(`${brotliDecompressSync(await readFile(join(folder, `${name}.br`)))}`, text);
  }
  assert.deepEqual(
    (await readdir(cache)).filter((name) => name.includes("part")),
    [],
    "nothing is left half done",
  );
  assert.ok(!(await readdir(folder)).includes("small.html.gz"));
});
