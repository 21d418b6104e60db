import { expect, test } from "vitest";
import guide from "../../../../docs/guide/verify-signatures.md?raw";
import { verificationSnippets } from "./verification-snippets.ts";

const snippets = verificationSnippets(guide);

test("every language of the guide has a program for both signatures", () => {
  const languages = [...new Set(snippets.map(({ language }) => language))];
  expect(languages).toEqual(["Node", "Python", "PHP", "Go", "C#", "Shell"]);
  for (const language of languages) {
    const methods = snippets.filter((snippet) => snippet.language === language).map(({ method }) => method);
    expect(methods, language).toEqual(expect.arrayContaining(["standard", "legacy"]));
  }
});

test("a program is shown as the guide has it", () => {
  for (const { code } of snippets) expect(guide).toContain(`\n${code}\n\`\`\``);
});

test("what needs the library is told apart", () => {
  const withLibrary = snippets.filter(({ method }) => method === "library").map(({ language }) => language);
  expect(withLibrary).toEqual(["Node", "Python"]);
});
