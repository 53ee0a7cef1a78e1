// HTML from texts, and where on our site things are.

/** HTML that is one already: it is not escaped again. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | Part[];

export function raw(text: string): Html {
  return new Html(text);
}

export function escaped(text: string): string {
  const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}

export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.map((text, at) => text + written(parts[at] ?? null)).join(""));
}

function written(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(written).join("\n");
  return escaped(String(part));
}

/** Where a thing of the API is on our site; null for what has no page here. */
export function pathOf(thing: { type: string; id: number; slug: string }): string | null {
  if (thing.type === "group") return `/groups/${thing.slug}/`;
  if (thing.type === "post") return `/posts/${thing.id}/`;
  if (thing.type === "webinar") return `/webinars/${thing.id}/`;
  return null;
}
