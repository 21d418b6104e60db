import type { Route } from "@playwright/test";
import { barriers } from "../fixtures/barriers.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ expectedConsoleErrors: /ERR_FAILED/ });

/** Each list with what it says when there is nothing, and, where it can be filtered, when nothing matches. */
const lists = [
  { section: "overview", empty: "No delivery yet", filter: "?status=failed", noMatch: "No delivery has this status" },
  { section: "live", empty: "No delivery yet", filter: "?status=failed", noMatch: "Nothing that matches has come yet" },
  {
    section: "deliveries",
    empty: "No delivery in this time range",
    filter: "?q=no-such-order",
    noMatch: "No delivery matches",
  },
  { section: "webhooks", empty: "No webhook yet", filter: "?name=no-such-name", noMatch: "No webhook matches" },
  {
    section: "events",
    empty: "Nothing was published in this time",
    filter: "?q=no-such-order",
    noMatch: "No event matches these filters",
  },
  { section: "api-keys", empty: "No key yet" },
  {
    section: "audit-log",
    empty: null,
    filter: "?action=webhook_config.deleted",
    noMatch: "No entry matches these filters",
  },
  { section: "members", empty: null },
] as const;

test("a list says apart that it is loading, cannot be had, has no match, and is empty", async ({
  api,
  overview,
  page,
}) => {
  test.setTimeout(90_000);
  const organization = await api.createEmptyOrganization("Boş Lokanta");
  await overview.startSession();
  const base = `${overview.product.url}/organizations/${organization.id}`;
  const loading = page.getByRole("status", { name: /Loading/ });
  const problem = page.getByRole("alert").filter({ hasText: "The server cannot be reached." });
  await page.goto(`${base}/nothing-here`);
  await expect(overview.connection("Live")).toBeVisible();

  for (const list of lists) {
    let held: Route[] | null = [];
    await page.route("**/graphql", async (route) => {
      if (held === null) await route.abort();
      else held.push(route);
    });
    await overview.navigation().locator(`a[href$="/${list.section}"]`).click();
    await expect(loading.first(), list.section).toBeVisible();
    const waiting = held;
    held = null;
    for (const route of waiting) await route.abort();
    await expect(problem.first(), list.section).toBeVisible();
    await expect(loading, list.section).toHaveCount(0);
    if (list.section === "deliveries") await expectNoBarriers("a list that cannot be had");
    await page.unroute("**/graphql");
    // A page may have several parts; each has its own button.
    await problem.getByRole("button", { name: "Try again" }).evaluateAll((buttons) => {
      for (const button of buttons) (button as HTMLButtonElement).click();
    });
    await expect(problem, list.section).toHaveCount(0);
    if (list.empty !== null) await expect(page.getByText(list.empty)).toBeVisible();
    if (list.section === "deliveries") await expectNoBarriers("a list that is empty");
  }

  for (const list of lists) {
    if (!("filter" in list)) continue;
    await page.goto(`${base}/${list.section}${list.filter}`);
    await expect(page.getByText(list.noMatch)).toBeVisible();
    if (list.section === "deliveries") await expectNoBarriers("a list without a match");
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await expect(page.getByText(list.noMatch)).toHaveCount(0);
    if (list.empty !== null) await expect(page.getByText(list.empty)).toBeVisible();
  }

  async function expectNoBarriers(state: string) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await barriers(page), `${state}, ${colorScheme}`).toEqual([]);
    }
  }
});
