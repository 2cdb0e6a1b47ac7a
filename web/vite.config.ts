import { defineConfig } from "vite";

// One classic script without imports: it is inlined into a page that is opened from a file.
export default defineConfig({
  publicDir: false,
  // A library build leaves this for its user to set; here there is none.
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    target: "es2022",
    outDir: "dist",
    copyPublicDir: false,
    reportCompressedSize: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "atollReport", fileName: () => "report.js" },
  },
});
