import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Ten thousand random texts take seconds, and more on a busy machine.
    testTimeout: 120_000,
  },
});
