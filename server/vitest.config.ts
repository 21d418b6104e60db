import { defineConfig } from "vitest/config";

// As Node resolves it: vite would choose graphql's CommonJS build, a second copy whose types and errors are not instances of the first one's.
const ssr = { resolve: { conditions: ["module-sync", "node"] } };

export default defineConfig({
  test: {
    projects: [
      // No database: pure rules, and HTTP over loopback.
      { ssr, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 20_000 } },
      {
        ssr,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/guide/**/*.test.ts"],
          globalSetup: ["../prisma/testing/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
