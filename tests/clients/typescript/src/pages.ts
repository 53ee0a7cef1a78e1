// The pages of the site: from the content to a file for each address.
import type { Group, Interest, InterestReference, Post, Webinar } from "./api.js";
import { block, picture } from "./blocks.js";
import type { Content } from "./content.js";
import { html, pathOf, type Html } from "./html.js";

/** All files of the site: name → text. */
export function render(content: Content): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, title: string, body: Html) => {
    files.set(`${path.slice(1)}index.html`, page(content, title, body));
  };
  add("/", content.navigation.site.name, html`<ul>${content.posts.slice(0, 5).map(card)}</ul>`);
  add("/groups/", "Groups", html`<ul>${content.groups.map(groupCard)}</ul>`);
  for (const group of content.groups) add(`/groups/${group.slug}/`, group.title, groupPage(content, group));
  for (const post of content.posts) add(`/posts/${post.id}/`, post.title, postPage(post));
  for (const webinar of content.webinars) add(`/webinars/${webinar.id}/`, webinar.title, webinarPage(webinar));
  const months = byMonth(content.webinars);
  add("/calendar/", "Calendar", html`<ul>${[...months.keys()].map(monthLink)}</ul>`);
  for (const [month, events] of months) add(`/calendar/${month}/`, month, html`<ul>${events.map(card)}</ul>`);
  add("/interests/", "Interests", html`<ul>${content.interests.map((word) => html`<li>${wordLink(word)}</li>`)}</ul>`);
  for (const word of content.interests) add(`/interests/${word.slug}/`, word.label, wordPage(content, word));
  add("/people/", "People", people(content));
  return files;
}

function page({ navigation }: Content, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${navigation.site.languages[0] ?? "en"}">
<title>${title}</title>
<nav>
<a href="/">${navigation.site.name}</a>
${navigation.groups.map((group) => html`<a href="/groups/${group.slug}/">${group.title}</a>`)}
<a href="/groups/">Groups</a> <a href="/calendar/">Calendar</a> <a href="/interests/">Interests</a> <a href="/people/">People</a>
</nav>
<h1>${title}</h1>
${body}
</html>
`.text;
}

function groupCard(group: Group): Html {
  return html`<li><a href="/groups/${group.slug}/">${group.title}</a> ${group.designation}, ${group.state}. ${group.purpose}</li>`;
}

function card(item: Post | Webinar): Html {
  const type = "starts_at" in item ? "webinar" : "post";
  return html`<li><a href="${pathOf({ ...item, type })}">${item.title}</a> ${item.summary}</li>`;
}

function wordLink(word: InterestReference): Html {
  return html`<a href="/interests/${word.slug}/">${word.label}</a>`;
}

function groupPage(content: Content, group: Group): Html {
  const here = (item: Post | Webinar) => [item.group, ...item.joint_groups].some((one) => one?.slug === group.slug);
  return html`${picture(group.lead_image)}
<p>${group.designation}. ${group.purpose}</p>
${group.body.map(block)}
<ul class="roles">${group.roles.map(({ name, role, organisation }) => html`<li>${name}, ${role}, ${organisation}</li>`)}</ul>
<ul class="partners">${group.partners.map(({ name, link, logo }) => html`<li>${link === null ? name : html`<a href="${link}">${name}</a>`}${picture(logo)}</li>`)}</ul>
<ul class="decisions">${group.decisions.map(({ date, outcome }) => html`<li>${date}: ${outcome}</li>`)}</ul>
<ul class="posts">${content.posts.filter(here).map(card)}</ul>
<ul class="webinars">${content.webinars.filter(here).map(card)}</ul>
<p>${group.interests.map(wordLink)}</p>`;
}

function groupLinks({ group, joint_groups }: Post | Webinar): Html[] {
  const groups = [group, ...joint_groups].filter((one) => one !== null);
  return groups.map(({ slug, title }) => html`<a href="/groups/${slug}/">${title}</a>`);
}

function postPage(post: Post): Html {
  return html`<p>${post.subtitle}</p>
<p>${post.date} ${post.authors.map(({ name, affiliation }) => html`${name} (${affiliation})`)} ${groupLinks(post)}</p>
${picture(post.lead_image)}
${post.body.map(block)}
<p>${post.interests.map(wordLink)}</p>`;
}

function webinarPage(webinar: Webinar): Html {
  const times = webinar.local_times.map(({ city, starts_at }) => html`<li><time datetime="${starts_at}">${clock(starts_at)}</time> ${city}</li>`);
  return html`<p>${webinar.format}, ${webinar.status}, ${webinar.phase} ${groupLinks(webinar)}</p>
<ul class="times">${times}</ul>
${picture(webinar.lead_image)}
<ol>${webinar.agenda.map(({ title, contributors }) => html`<li>${title} ${contributors.map(({ name, role }) => html`${name}, ${role}`)}</li>`)}</ol>
${webinar.body.map(block)}
<p>${webinar.interests.map(wordLink)}</p>`;
}

/** Day and time as they are on the clock of that city: 2024-03-31 18:30. */
function clock(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}

/** Events by the month in which they begin where they take place. */
function byMonth(webinars: Webinar[]): Map<string, Webinar[]> {
  const months = new Map<string, Webinar[]>();
  for (const webinar of webinars) {
    const month = webinar.local_times[0]?.starts_at.slice(0, 7);
    if (month !== undefined) months.set(month, [...(months.get(month) ?? []), webinar]);
  }
  return months;
}

function monthLink(month: string): Html {
  return html`<li><a href="/calendar/${month}/">${month}</a></li>`;
}

function wordPage(content: Content, word: Interest): Html {
  const covered = new Set(narrower(content.interests, word.slug));
  const wears = (item: { interests: InterestReference[] }) => item.interests.some(({ slug }) => covered.has(slug));
  return html`<ul class="groups">${content.groups.filter(wears).map(groupCard)}</ul>
<ul class="posts">${content.posts.filter(wears).map(card)}</ul>
<ul class="webinars">${content.webinars.filter(wears).map(card)}</ul>`;
}

/** A word and all below it: what a filter by it covers. */
function narrower(words: Interest[], slug: string): string[] {
  const below = words.filter(({ parent }) => parent === slug);
  return [slug, ...below.flatMap((word) => narrower(words, word.slug))];
}

function people({ people }: Content): Html {
  const role = ({ group, role }: (typeof people)[number]["roles"][number]) => html`<a href="/groups/${group.slug}/">${group.title}</a> (${role})`;
  return html`<ul>${people.map(({ name, affiliation, roles }) => html`<li>${name}, ${affiliation} ${roles.map(role)}</li>`)}</ul>`;
}
