import { generate } from "./build.ts";
import { run } from "./run.ts";

/** The server restarts when its sources change; Vite serves the dashboard with hot reload and passes API calls on to the server. */
await generate();
const server = run("node", ["--watch", "--watch-preserve-output", "server/src/main.ts"], {
  env: { PORT: process.env["PORT"] ?? "4000" },
});
const dashboard = run("vite", [], {
  cwd: "dashboard",
  env: { VERA_API_URL: `http://127.0.0.1:${process.env["PORT"] ?? "4000"}` },
});
await Promise.all([server, dashboard]);
