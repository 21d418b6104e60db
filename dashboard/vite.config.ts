import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["VERA_API_URL"] ?? "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [react()],
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
