/** How a receiver checks requests: by the public standard with its library, by it without, or by the older header. */
export type VerificationMethod = "library" | "standard" | "legacy";

export interface VerificationSnippet {
  /** As the guide calls it: `Node`, `C#`. */
  readonly language: string;
  readonly method: VerificationMethod;
  readonly code: string;
}

/** The programs of the guide on signatures, in its order: the same that the server's tests run against real deliveries. */
export function verificationSnippets(guide: string): readonly VerificationSnippet[] {
  const headings = [...guide.matchAll(/^## (.+)$/gm)];
  const programs = guide.matchAll(/^```\w+ (?:receiver|command) (standard|legacy)\n([\s\S]*?)^```$/gm);
  return [...programs].map(({ index, 1: signature, 2: code = "" }) => ({
    language: headings.findLast((heading) => heading.index < index)?.[1] ?? "",
    method: methodOf(signature === "legacy", code),
    code: code.trimEnd(),
  }));
}

function methodOf(isLegacy: boolean, code: string): VerificationMethod {
  if (isLegacy) return "legacy";
  return code.includes("standardwebhooks") ? "library" : "standard";
}
