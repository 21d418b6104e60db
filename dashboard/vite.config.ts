import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = process.env["VERA_API_URL"] ?? "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [react(), persistedDocuments()],
  build: {
    // The server's Content-Security-Policy allows no data: fonts or scripts, so assets stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      "/graphql": { target: server, ws: true },
      "/receiver": server,
      "/api": server,
    },
  },
});

/** Puts the texts of the documents beside the scripts that name them by hash: the server reads them from the build that it serves. */
function persistedDocuments(): Plugin {
  const fileName = "persisted-documents.json";
  return {
    name: "persisted-documents",
    apply: "build",
    generateBundle() {
      const source = readFileSync(new URL(`src/graphql/generated/${fileName}`, import.meta.url));
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}
