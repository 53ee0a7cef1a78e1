// node built/build.js https://cms.example.org site
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { connect } from "./api.js";
import { readAll } from "./content.js";
import { render } from "./pages.js";

const [address = "http://localhost:8000", folder = "site"] = process.argv.slice(2);
const content = await readAll(connect(address));
for (const [name, text] of render(content)) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}
