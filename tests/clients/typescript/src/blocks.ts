// The blocks of a text as HTML. A kind that is not handled does not compile.
import type { Block, Image } from "./api.js";
import { escaped, html, pathOf, raw, type Html } from "./html.js";

export function block(block: Block): Html {
  switch (block.type) {
    case "heading":
      return html`<h2>${block.text}</h2>`;
    case "paragraph":
      return raw(withOwnAddresses(block));
    case "figure":
      return html`<figure>${picture(block.image)}<figcaption>${block.caption} ${block.credit}</figcaption></figure>`;
    case "quote":
      return html`<blockquote><p>${block.text}</p><cite>${block.source}</cite></blockquote>`;
    case "document":
      return html`<p><a href="${block.document.url}">${block.document.title}</a> ${block.description}</p>`;
    default:
      return unknown(block);
  }
}

function unknown(block: never): never {
  throw new Error(`A block of an unknown kind: ${JSON.stringify(block)}`);
}

/** Links to pages of the CMS lead to ours: the API says what each link is about. */
function withOwnAddresses(paragraph: Extract<Block, { type: "paragraph" }>): string {
  let text = paragraph.text;
  for (const link of paragraph.links) {
    const path = pathOf(link);
    if (link.url !== null && path !== null) {
      text = text.replaceAll(`href="${escaped(link.url)}"`, `href="${path}"`);
    }
  }
  return text;
}

export function picture(image: Image | null): Html {
  if (image === null) return html``;
  const sizes = image.sources.map((source) => `${source.url} ${source.width}w`).join(", ");
  return html`<img src="${image.url}" srcset="${sizes}" width="${image.width}" height="${image.height}" alt="${image.alt}">`;
}
