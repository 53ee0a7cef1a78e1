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
    case "gallery":
      return html`<ul>${block.pictures.map(
        (one) => html`<li>${picture(one.image)}<p>${one.caption} ${one.credit}</p></li>`,
      )}</ul>`;
    case "callout":
      return html`<aside class="${block.kind}"><strong>${block.title}</strong>${raw(withOwnAddresses(block))}</aside>`;
    case "table":
      return html`${table(block.caption, block.header, block.rows)}<p>${block.source}</p>`;
    case "key_figures":
      return html`<ul>${block.figures.map(
        (one) => html`<li><b>${one.number} ${one.unit}</b> ${one.label} ${one.source}</li>`,
      )}</ul>`;
    case "chart":
      return html`${table(block.title, block.header, block.rows)}<p>${block.description} ${block.source}</p>`;
    case "recording":
      return block.url === null ? html`` : html`<p><a href="${block.url}">${block.title}</a></p>`;
    case "people":
      return html`<ul>${block.people.map(
        (one) => html`<li>${one.name} ${one.role} ${one.affiliation}</li>`,
      )}</ul>`;
    case "list":
      return html`<p><a href="/interests/${block.interest.slug}/">${block.title || block.interest.label}</a></p>`;
    case "sources":
      return html`<ol>${block.sources.map((source) => html`<li>${named(source)} ${source.year ?? ""}</li>`)}</ol>`;
    default:
      return unknown(block);
  }
}

function unknown(block: never): never {
  throw new Error(`A block of an unknown kind: ${JSON.stringify(block)}`);
}

function named({ text, url }: { text: string; url: string | null }): Html {
  return url === null ? html`${text}` : html`<a href="${url}">${text}</a>`;
}

function table(caption: string, header: string[], rows: string[][]): Html {
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<table><caption>${caption}</caption><tr>${header.map((cell) => html`<th>${cell}</th>`)}</tr>${body}</table>`;
}

/** Links to pages of the CMS lead to ours: the API says what each link is about. */
function withOwnAddresses(paragraph: Extract<Block, { type: "paragraph" | "callout" }>): string {
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
