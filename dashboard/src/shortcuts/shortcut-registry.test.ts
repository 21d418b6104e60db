import { expect, test, vi } from "vitest";
import { ShortcutRegistry } from "./shortcut-registry.ts";

test("a key runs what was registered last for it, and what was before once that is gone", () => {
  const registry = new ShortcutRegistry();
  const page = vi.fn();
  const drawer = vi.fn();
  registry.register({ key: "r", labelId: "shortcuts.help", run: page });
  const close = registry.register({ key: "r", labelId: "shortcuts.help", run: drawer });

  expect(registry.run("r")).toBe(true);
  close();
  expect(registry.run("r")).toBe(true);

  expect(drawer).toHaveBeenCalledTimes(1);
  expect(page).toHaveBeenCalledTimes(1);
});

test("a key without a meaning is left alone", () => {
  expect(new ShortcutRegistry().run("x")).toBe(false);
});
