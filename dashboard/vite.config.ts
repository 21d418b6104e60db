import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { documentsByHash } from "./build/documents-by-hash.ts";
import { precompressed } from "./build/precompressed.ts";

const server = process.env["VERA_API_URL"] ?? "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [documentsByHash(), react(), persistedDocuments(), precompressed()],
  build: {
    // The server's Content-Security-Policy allows no data: fonts or scripts, so assets stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What every page needs is one file, and what everybody who is signed in needs another, each with all that it
        // imports: dozens of small ones are larger together, and slower.
        codeSplitting: {
          groups: [
            { name: "app", tags: ["$initial"] },
            { name: "shell", test: /[\\/]src[\\/]shell[\\/](signed-in|organization-layout)\.tsx$/ },
          ],
        },
      },
    },
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
