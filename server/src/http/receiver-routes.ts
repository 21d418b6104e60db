import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { IMITATIONS_PATH } from "../receiver/receiver-url.ts";
import type { TestReceivers } from "../receiver/test-receivers.ts";
import { problem } from "../rest/problem.ts";

type Env = { Bindings: HttpBindings };

/** What is below the built-in receivers' path: each takes webhooks at its token, and imitates other APIs further below. */
export function createReceiverRoutes(testReceivers: TestReceivers): Hono<Env> {
  const routes = new Hono<Env>();

  async function receive(context: Context<Env>): Promise<Response> {
    const { method, headers, signal } = context.req.raw;
    const token = context.req.param("token") ?? "";
    const url = new URL(context.req.url);
    const request = {
      method,
      path: url.pathname
        .split("/")
        .slice(3)
        .map((segment) => `/${segment}`)
        .join(""),
      query: url.searchParams,
      headers: Object.fromEntries(headers),
      body: Buffer.from(await context.req.arrayBuffer()),
    };
    const answer = await testReceivers.receive(token, request, signal);
    if (answer === null) return problem(context, 404, "NOT_FOUND", "There is no such receiver.");
    const { status, body, contentType } = answer;
    if (body === "") return new Response(null, { status });
    return new Response(body, { status, headers: { "content-type": contentType } });
  }

  routes.post("/:token", receive);
  routes.all(`/:token${IMITATIONS_PATH}*`, receive);
  return routes;
}
