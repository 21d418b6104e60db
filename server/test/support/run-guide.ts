import { spawn } from "node:child_process";
import { join } from "node:path";
import { eventually } from "./fixtures.ts";
import { type GuideBlock, guideBlocks } from "./guide-blocks.ts";
import { matchAnswer } from "./match-answer.ts";

/** One thing that a guide tells the reader to do. What it needs and what comes of it follow it in the guide. */
export interface GuideStep {
  readonly name: string;
  /** A GraphQL document, a shell command or a Node program. */
  readonly block: GuideBlock;
  /** From a ` ```json variables ` block. */
  readonly variables: string;
  /** From a ` ```json answer ` block, or ` ```text answer ` for what a stream shows; null if none is shown. */
  readonly answer: string | null;
}

export interface GuideContext {
  /** Where the server is, with the reader's environment: `VERA_QR_URL`, `VERA_QR_API_KEY` and what earlier steps answered. */
  readonly values: Record<string, string>;
  /** Makes something happen that a `stream` step shows. */
  readonly provoke: () => Promise<unknown>;
}

const RUNNABLE = ["graphql", "sh", "js"];

/** What can be run of a guide, in its order. Steps may need what earlier ones answered. */
export function guideSteps(file: string): readonly GuideStep[] {
  const blocks = guideBlocks(file);
  return blocks.flatMap((block, index) => {
    if (!RUNNABLE.includes(block.language)) return [];
    const own = blocks.slice(index + 1);
    const end = own.findIndex(({ language }) => RUNNABLE.includes(language));
    const find = (role: string): string | undefined =>
      own.slice(0, end === -1 ? own.length : end).find((following) => following.role === role)?.code;
    return [{ name: block.name, block, variables: find("variables") ?? "{}", answer: find("answer") ?? null }];
  });
}

/** Does what the guide says. @throws when it fails, or when the answer is not like the one that the guide shows. */
export async function runGuideStep(step: GuideStep, { values, provoke }: GuideContext): Promise<void> {
  const { language, role, code } = step.block;
  if (role === "stream") return runStream(step, values, provoke);
  if (language !== "graphql") return checkAnswer(step, await runProgram(language, code, values), values);
  const variables = JSON.parse(filledIn(step.variables, values));
  const run = async (): Promise<unknown> => {
    const answer = await postGraphQL(code, variables, values);
    checkAnswer(step, JSON.stringify(answer), values);
    return answer;
  };
  if (!/^\s*query\b/m.test(code)) await run();
  // What a query shows may still be on its way; asking again is harmless.
  else
    await eventually(
      () => run().catch((error: Error) => error),
      (result) => !(result instanceof Error),
    );
}

function checkAnswer({ answer }: GuideStep, actual: string, values: Record<string, string>): void {
  if (answer !== null) matchAnswer(JSON.parse(answer), JSON.parse(actual), values);
}

async function postGraphQL(query: string, variables: unknown, values: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${values["VERA_QR_URL"]}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${values["VERA_QR_API_KEY"]}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

function filledIn(text: string, values: Record<string, string>): string {
  return text.replace(/\$([A-Z_]+)/g, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No step before answers ${name}.`);
    return value;
  });
}

/** In the folder of the server, where the packages are that Node programs import. */
function startProgram(language: string, code: string, values: Record<string, string>) {
  const [command, args] =
    language === "sh"
      ? ["bash", ["-euo", "pipefail", "-c", code]]
      : [process.execPath, ["--input-type=module", "--eval", code]];
  return spawn(command as string, args as string[], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, ...values },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function runProgram(language: string, code: string, values: Record<string, string>): Promise<string> {
  const program = startProgram(language, code, values);
  const [stdout, stderr, status] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    new Promise((resolve) => program.once("close", resolve)),
  ]);
  if (status !== 0) throw new Error(`It ended with status ${status}: ${stderr}`);
  return stdout;
}

/** Runs what never ends by itself until it has shown all lines of the answer; a line may be cut with `…`. */
async function runStream(
  { block, answer }: GuideStep,
  values: Record<string, string>,
  provoke: () => Promise<unknown>,
) {
  const shown = (answer ?? "")
    .trim()
    .split("\n")
    .map((line) => line.replace(/…$/, ""));
  const program = startProgram(block.language, block.code, values);
  let output = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  try {
    await eventually(
      async () => {
        if (program.exitCode !== null) throw new Error(`It ended with status ${program.exitCode}: ${output}`);
        await provoke();
        return output;
      },
      (seen) => shown.every((line) => seen.includes(line)),
    );
  } finally {
    program.kill();
  }
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = "";
  for await (const chunk of stream.setEncoding("utf8")) all += chunk;
  return all;
}
