export type ApiKeyCheck = "accepted" | "refused" | "unreachable";

/** Asks the server whether it accepts the key, before anything is stored. */
export async function checkApiKey(apiKey: string): Promise<ApiKeyCheck> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query: "query SignIn_Viewer { viewer { name } }" }),
    });
    if (response.status === 401 || response.status === 403) return "refused";
    const result: unknown = await response.json();
    if (hasViewer(result)) return "accepted";
    return response.status < 500 ? "refused" : "unreachable";
  } catch {
    return "unreachable";
  }
}

function hasViewer(result: unknown): boolean {
  const data = (result as { data?: { viewer?: unknown } | null } | null)?.data;
  return data?.viewer != null;
}
