import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // No database: pure rules, and HTTP over loopback.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 20_000 } },
      {
        // As Node resolves it: vite would choose graphql's CommonJS build, a second copy whose errors are not instances of the first one's.
        ssr: { resolve: { conditions: ["module-sync", "node"] } },
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["../prisma/testing/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
