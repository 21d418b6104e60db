import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";
export default defineConfig({
  test: { projects: [{
    resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve("graphql")) }] },
    test: { name: "integration", include: ["test/integration/**/*.test.ts"], globalSetup: ["../prisma/testing/global-setup.ts"] } }] } });
