// Everything that the site is built from, read from the API and from nowhere else.
import { all, answered, type Api } from "./api.js";
import type { Group, Interest, Navigation, Person, Post, Webinar } from "./api.js";

export interface Content {
  navigation: Navigation;
  groups: Group[];
  posts: Post[];
  webinars: Webinar[];
  interests: Interest[];
  people: Person[];
}

/** Reads what is listed now. What was read before is kept, unless it reads otherwise by now. */
export async function readAll(api: Api, before?: Content, changed = new Set<string>()): Promise<Content> {
  const query = { fields: "_" }; // ids and slugs, in the order of the lists
  const listed = {
    groups: await all(await api.GET("/api/lpsa/v1/groups/", { params: { query } })),
    posts: await all(await api.GET("/api/lpsa/v1/posts/", { params: { query } })),
    webinars: await all(await api.GET("/api/lpsa/v1/webinars/", { params: { query } })),
  };
  const words = await all(await api.GET("/api/lpsa/v1/interests/"));
  const otherwise = new Set([...changed].filter((key) => !key.startsWith("group ")));
  const kept = <T extends Group | Post | Webinar>(type: string, items: T[] = [], id: number) => {
    const known = items.find((item) => item.id === id);
    const again = known === undefined || [`${type} ${id}`, ...named(known)].some((key) => otherwise.has(key));
    return again ? undefined : known;
  };
  const groups = await Promise.all(
    listed.groups.map(({ id, slug }) =>
      (changed.has(`group ${id}`) ? undefined : kept("group", before?.groups, id)) ?? readGroup(api, slug),
    ),
  );
  for (const key of await namedOtherwise(api, before?.groups ?? [], groups)) otherwise.add(key);
  return {
    navigation: answered(await api.GET("/api/lpsa/v1/navigation/")),
    groups,
    posts: await Promise.all(
      listed.posts.map(({ id }) => kept("post", before?.posts, id) ?? readPost(api, id)),
    ),
    webinars: await Promise.all(
      listed.webinars.map(({ id }) => kept("webinar", before?.webinars, id) ?? readWebinar(api, id)),
    ),
    interests: words as Interest[],
    people: await all(await api.GET("/api/lpsa/v1/people/")),
  };
}

/** What a thing names. It reads otherwise when one of these is called otherwise, or gone. */
function named(item: Group | Post | Webinar): string[] {
  const groups = "joint_groups" in item ? [item.group, ...item.joint_groups] : [];
  const links = item.body.flatMap((block) => ("links" in block ? block.links : []));
  const lists = item.body.flatMap((block) => (block.type === "list" ? [block.interest] : []));
  return [
    ...groups.flatMap((group) => (group === null ? [] : [`group ${group.id}`])),
    ...links.map(({ type, id }) => `${type} ${id}`),
    ...[...item.interests, ...lists].map(({ slug }) => `interest ${slug}`),
  ];
}

/** Groups that are called otherwise, new or gone, and what credits those that are new. */
async function namedOtherwise(api: Api, before: Group[], now: Group[]): Promise<string[]> {
  const called = ({ id, slug, title, designation, url }: Group) => [id, slug, title, designation, url].join("\n");
  const [old, current] = [new Set(before.map(called)), new Set(now.map(called))];
  const found = before.filter((group) => !current.has(called(group))).map(({ id }) => `group ${id}`);
  for (const group of before.length > 0 ? now.filter((group) => !old.has(called(group))) : []) {
    const query = { group: group.slug, fields: "_" };
    const posts = await all(await api.GET("/api/lpsa/v1/posts/", { params: { query } }));
    const webinars = await all(await api.GET("/api/lpsa/v1/webinars/", { params: { query } }));
    found.push(...posts.map(({ id }) => `post ${id}`), ...webinars.map(({ id }) => `webinar ${id}`));
  }
  return found;
}

async function readGroup(api: Api, slug: string): Promise<Group> {
  const path = { slug };
  return answered(await api.GET("/api/lpsa/v1/groups/{slug}/", { params: { path } }));
}

async function readPost(api: Api, id: number): Promise<Post> {
  const path = { post_id: id };
  return answered(await api.GET("/api/lpsa/v1/posts/{post_id}/", { params: { path } }));
}

async function readWebinar(api: Api, id: number): Promise<Webinar> {
  const path = { webinar_id: id };
  return answered(await api.GET("/api/lpsa/v1/webinars/{webinar_id}/", { params: { path } }));
}
