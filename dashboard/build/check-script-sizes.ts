import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

// Builds the dashboard in memory, and fails when a page loads too much JavaScript (gzipped) before it can be used. Not
// counted is what comes later: dialogs, menus and parts when they are opened, charts when there is something to draw.

const bytesMax = 245_000;
/** The parts of every page behind the sign-in. */
const shell = ["signed-in.tsx", "organization-layout.tsx"];
/** Pages outside of it. */
const outside = new Set(["sign-in-page.tsx", "invitation-page.tsx"]);

const chunks = await buildChunks();
const bytes = new Map(chunks.map(({ fileName, code }) => [fileName, gzipSync(code, { level: 9 }).length]));
const entry = chunks.filter(({ isEntry }) => isEntry);
const language = ["tr.ts", "en.ts"].map(chunkOf).sort((left, right) => bytesOf(right) - bytesOf(left))[0] as Chunk;
const pages = chunks.filter(({ facadeModuleId }) => facadeModuleId?.includes("/src/pages/") && isPage(facadeModuleId));

const loads = pages
  .map((page) => {
    const name = basename(page.facadeModuleId ?? "");
    const first = [...entry, language, ...(outside.has(name) ? [] : shell.map(chunkOf)), page];
    return { name, total: [...withImports(first)].reduce((sum, chunk) => sum + bytesOf(chunk), 0) };
  })
  .sort((left, right) => right.total - left.total);
const [largest] = loads;
if (largest === undefined) throw new Error("The build has no pages.");
if (largest.total > bytesMax) {
  console.error(`A page may load ${bytesMax / 1000} kB of JavaScript. Load lazily what is not seen at once.`);
}
for (const { name, total } of largest.total > bytesMax || process.argv.includes("--list") ? loads : [largest]) {
  console.log(`  ${(total / 1000).toFixed(1)} kB  ${name}`);
}
process.exit(largest.total > bytesMax ? 1 : 0);

type Chunk = Rolldown.OutputChunk;

async function buildChunks(): Promise<Chunk[]> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const built = await build({ root, logLevel: "silent", build: { write: false } });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.filter((file) => file.type === "chunk"));
}

function isPage(moduleId: string): boolean {
  return moduleId.endsWith("-page.tsx");
}

/** The chunk whose loading is what `import()` of this file means. */
function chunkOf(fileName: string): Chunk {
  const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${fileName}`));
  if (chunk === undefined) throw new Error(`${fileName} is no chunk of its own any more.`);
  return chunk;
}

function withImports(first: readonly Chunk[]): ReadonlySet<Chunk> {
  const found = new Set<Chunk>();
  const add = (chunk: Chunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const imported of chunks) if (chunk.imports.includes(imported.fileName)) add(imported);
  };
  for (const chunk of first) add(chunk);
  return found;
}

function bytesOf(chunk: Chunk): number {
  return bytes.get(chunk.fileName) ?? 0;
}
