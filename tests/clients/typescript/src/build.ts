// node built/build.js https://cms.example.org site
// The first time everything is built, after that what changed.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { connect } from "./api.js";
import { follow } from "./changes.js";
import { readAll, type Content } from "./content.js";
import { render } from "./pages.js";

interface Kept {
  content: Content;
  next: string;
}

const [address = "http://localhost:8000", folder = "site"] = process.argv.slice(2);
const memory = `${folder}.json`;
const before: Kept | undefined = existsSync(memory) ? JSON.parse(await readFile(memory, "utf8")) : undefined;

// What changes from here on comes with the next "next": so this is asked before the content is read.
const { changed, next } = await follow(before?.next ?? `${address}/api/lpsa/v1/changes/?page_size=100`);
if (before === undefined || changed.size > 0) {
  const content = await readAll(connect(address), before?.content, changed);
  await write(render(content), before ? render(before.content) : new Map());
  await writeFile(memory, JSON.stringify({ content, next } satisfies Kept));
}

async function write(files: Map<string, string>, earlier: Map<string, string>) {
  for (const [name, text] of files) {
    if (earlier.get(name) === text) continue;
    console.log("written", name);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  for (const name of earlier.keys()) {
    if (files.has(name)) continue;
    console.log("removed", name);
    await rm(join(folder, name));
  }
}
