import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";

const JSON_TYPE = /^application\/json(;|$)/;

/** A POST is JSON. Yoga would also read what a form of any web page can send without asking first. */
export const jsonBodies: Plugin = {
  onRequestParse({ request }) {
    if (request.method !== "POST" || JSON_TYPE.test(request.headers.get("content-type") ?? "")) return;
    throw new GraphQLError("The request needs the header content-type: application/json.", {
      extensions: { code: "UNSUPPORTED_MEDIA_TYPE", http: { status: 415, headers: { accept: "application/json" } } },
    });
  },
};
