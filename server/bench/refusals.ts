import { hostileDocuments } from "../test/support/hostile-documents.ts";
import { percentiles } from "./percentiles.ts";
import { startProduct } from "./product.ts";
import { runBenchmark } from "./run-benchmark.ts";

// How long the refusal of a hostile document keeps the service busy: one caller, each document a new one for the service's caches. `node server/bench/refusals.ts`
const CALLS = 200;
const NO_ORGANIZATION = "0191d1a0-0000-7000-8000-000000000000";

await runBenchmark(async ({ directory, teardown }) => {
  const product = await startProduct({ directory, receiverPorts: [], nodeArguments: [], teardown });
  const all: number[] = [];
  for (const [name, document] of Object.entries(hostileDocuments(NO_ORGANIZATION))) {
    const ms: number[] = [];
    for (let call = 0; call < CALLS; call += 1) {
      const start = performance.now();
      const answer = await post(product, `${document}\n# ${call}`);
      ms.push(performance.now() - start);
      if (!answer.includes('"errors"')) throw new Error(`Not refused: ${name}`);
    }
    all.push(...ms);
    print(name, ms);
  }
  print("all", all);
  await product.stop();
});

async function post({ origin, apiKey }: { origin: string; apiKey: string }, query: string): Promise<string> {
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query }),
  });
  return await response.text();
}

function print(name: string, values: readonly number[]): void {
  const { p50, p99, max } = percentiles(values);
  console.log(`${name.padEnd(46)} p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   max ${max.toFixed(1)} ms`);
}
