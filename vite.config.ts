import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compileMessages } from "./tools/vite/compile-messages.ts";

export default defineConfig({
  plugins: [compileMessages(), tailwindcss(), reactRouter()],
  environments: {
    // The server bundle is the whole server, so that routes and use cases share one module graph.
    ssr: { build: { rolldownOptions: { input: "./app/server/start.ts" } } },
  },
  build: { target: "es2024" },
});
