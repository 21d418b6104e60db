import { generate } from "./build.ts";

await generate();
await import("../server/src/vera.ts");
