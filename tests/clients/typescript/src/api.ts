// The API, typed by what openapi-typescript made of its description.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
export type Block = Schemas["Post"]["body"][number];
export type Group = Schemas["Group"];
export type Image = Schemas["Image"];
export type Interest = Required<Schemas["ListedInterest"]>;
export type InterestReference = Schemas["InterestReference"];
export type Navigation = Schemas["Navigation"];
export type Person = Schemas["Person"];
export type Post = Schemas["Post"];
export type Webinar = Schemas["Webinar"];

export type Api = ReturnType<typeof connect>;

/** The API at this address, such as https://cms.example.org. */
export function connect(baseUrl: string) {
  return createClient<paths>({ baseUrl });
}

/** What was answered; an error with the sentence of the refusal if it was one. */
export function answered<T>(answer: { data?: T; error?: { detail: string } }): T {
  if (answer.data === undefined) throw new Error(answer.error?.detail ?? "No answer");
  return answer.data;
}

interface Page<T> {
  results: T[];
  next: string | null;
}

/** All results of a list, from its first page on. */
export async function all<T>(first: { data?: Page<T>; error?: { detail: string } }): Promise<T[]> {
  let page = answered(first);
  const found = [...page.results];
  while (page.next !== null) {
    page = (await (await fetch(page.next)).json()) as Page<T>;
    found.push(...page.results);
  }
  return found;
}
