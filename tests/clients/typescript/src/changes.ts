// What changed since it was last asked.
import type { components } from "./schema.js";

type ChangeList = components["schemas"]["ChangeList"];

/** Reads on from this address to the end: what changed, and where to ask the next time. */
export async function follow(next: string): Promise<{ changed: Set<string>; next: string }> {
  const changed = new Set<string>();
  let more = true;
  while (more) {
    const page = (await (await fetch(next)).json()) as ChangeList;
    for (const { type, id, slug } of page.results) {
      changed.add(`${type} ${type === "interest" ? slug : id}`);
    }
    ({ next, more } = page);
  }
  return { changed, next };
}
