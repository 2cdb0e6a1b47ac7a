import { defineConfig } from "vite";

// One classic script without imports: it is inlined into a page that is opened from a file.
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "dist",
    copyPublicDir: false,
    reportCompressedSize: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "atollReport", fileName: () => "report.js" },
  },
});
