import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

// The browser logs every 400, 401 and 429 that it gets.
test.use({ expectedConsoleErrors: /with a status of (400|401|429)|WebSocket connection to/ });

test("signing out asks for the password again, and signing in leads back to the same address", async ({
  api,
  context,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Çıkış Lokantası", "CRM");
  await overview.signIn(organization.id);
  const address = `${overview.address(organization.id)}?status=failed`;
  await page.goto(address);
  await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();
  const other = await context.newPage();
  await other.goto(address);
  await expect(new Overview(other, overview.product).connection("Live")).toBeVisible();
  await expect(other.getByText("No delivery has this status")).toBeVisible();

  await overview.signOut();
  await expect(other.getByRole("alert")).toContainText("Your session has ended");
  await page.reload();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await overview.enter(overview.product.administrator);
  await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();
  expect(page.url()).toBe(address);
});

test("guessing is answered the same for everybody, and slowed down with the seconds to wait", async ({
  freshProduct,
  page,
}) => {
  const overview = new Overview(page, freshProduct);
  await page.goto(freshProduct.url);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await overview.enter({ email: "nobody@restaurant.example", password: `wrong password ${attempt}` });
    await expect(page.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");
  }
  await overview.enter({ email: "nobody@restaurant.example", password: "wrong password" });
  await expect(page.getByRole("alert")).toContainText(/Too many failed attempts. Try again in 1?\d seconds?\./);
});

test("a second person accepts an invitation as a viewer, who sees everything and no control that would change it", async ({
  api,
  newBrowser,
  overview,
  page,
  product,
}) => {
  const organization = await api.createOrganization("Davetli Lokanta", "CRM");
  await api.receiverAnswers(organization.id, 500);
  await api.publishOrder(organization.id, "ORD-VIEWED");
  await overview.signIn(organization.id);
  await expect(page.getByRole("button", { name: "Retry ORD-VIEWED" })).toBeVisible();
  await overview.goTo("Members");
  await page.getByLabel("E-mail address").fill("izleyici@lokanta.example");
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("group", { name: "Invitation link" }).textContent();

  const theirs = new Overview(await (await newBrowser()).newPage(), product);
  await theirs.page.goto(link ?? "");
  await expect(theirs.page.getByRole("heading", { name: "Join Davetli Lokanta" })).toBeVisible();
  await theirs.page.getByLabel("Name").fill("İzleyici");
  await theirs.page.getByLabel("New password").fill("correct horse battery");
  await theirs.page.getByRole("button", { name: "Accept invitation" }).click();

  await expect(theirs.connection("Live")).toBeVisible();
  await expect(theirs.page.getByText("Signed in as İzleyici")).toBeVisible();
  await expect(theirs.row("ORD-VIEWED")).toContainText("Waiting for retry");
  await expect(theirs.page.getByRole("button", { name: /Retry|Send test/ })).toHaveCount(0);
  await expect(theirs.page.getByRole("switch")).toBeDisabled();
  await theirs.open("ORD-VIEWED");
  await expect(theirs.details("ORD-VIEWED").getByText("HTTP 500")).toBeVisible();
  await expect(theirs.details("ORD-VIEWED").getByRole("button", { name: /Retry|Stop retrying/ })).toHaveCount(0);
  await theirs.page.keyboard.press("Escape");
  await theirs.goTo("Members");
  await expect(theirs.page.getByRole("listitem", { name: "İzleyici" })).toContainText("Viewer");
  await expect(theirs.page.getByRole("button", { name: /Invite|Remove/ })).toHaveCount(0);
  await expect(theirs.page.getByRole("textbox")).toHaveCount(0);

  await page.reload();
  await page.getByRole("listitem", { name: "İzleyici" }).getByRole("button", { name: "Remove" }).click();
  await page
    .getByRole("dialog", { name: /Remove İzleyici/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(page.getByRole("listitem", { name: "İzleyici" })).toHaveCount(0);
  await theirs.page.reload();
  await expect(theirs.page.getByText("ORD-VIEWED")).toHaveCount(0);
});

test("a person changes name and password, and stays signed in here", async ({ freshProduct, page }) => {
  const overview = new Overview(page, freshProduct);
  await overview.signIn();
  await overview.goTo("Profile");
  await page.getByRole("textbox", { name: "Name" }).fill("Ayşe Çelik");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Signed in as Ayşe Çelik")).toBeVisible();
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toContainText("This is not your current password.");
  await page.getByLabel("Current password").fill(freshProduct.administrator.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Changed. All other sessions have ended.")).toBeVisible();
  await overview.goTo("Overview");
  await expect(overview.connection("Live")).toBeVisible();
  await overview.signOut();
  await overview.enter({ email: freshProduct.administrator.email, password: "another long password" });
  await expect(overview.connection("Live")).toBeVisible();
});
