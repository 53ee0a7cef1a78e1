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

export async function readAll(api: Api): Promise<Content> {
  const groups = await all(await api.GET("/api/lpsa/v1/groups/"));
  const posts = await all(await api.GET("/api/lpsa/v1/posts/"));
  const webinars = await all(await api.GET("/api/lpsa/v1/webinars/"));
  return {
    groups: await Promise.all(groups.map(({ slug }) => readGroup(api, slug))),
    posts: await Promise.all(posts.map(({ id }) => readPost(api, id))),
    webinars: await Promise.all(webinars.map(({ id }) => readWebinar(api, id))),
    ...(await readFrame(api)),
  };
}

/** What is around the pages: it is small, and read anew each time. */
export async function readFrame(api: Api) {
  const words = await all(await api.GET("/api/lpsa/v1/interests/"));
  return {
    navigation: answered(await api.GET("/api/lpsa/v1/navigation/")),
    interests: words as Interest[],
    people: await all(await api.GET("/api/lpsa/v1/people/")),
  };
}

export async function readGroup(api: Api, slug: string): Promise<Group> {
  const path = { slug };
  return answered(await api.GET("/api/lpsa/v1/groups/{slug}/", { params: { path } }));
}

export async function readPost(api: Api, id: number): Promise<Post> {
  const path = { post_id: id };
  return answered(await api.GET("/api/lpsa/v1/posts/{post_id}/", { params: { path } }));
}

export async function readWebinar(api: Api, id: number): Promise<Webinar> {
  const path = { webinar_id: id };
  return answered(await api.GET("/api/lpsa/v1/webinars/{webinar_id}/", { params: { path } }));
}
