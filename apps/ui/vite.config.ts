// Builds the window as static files that work below any base, under a CSP without inline scripts or data: fonts.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pictures } from './dev/pictures.ts';

export default defineConfig({
  base: './',
  plugins: [react(), pictures()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Inlined assets would be data: URLs, which the CSP refuses for fonts.
    assetsInlineLimit: 0,
    // Read from the local disk or over the loopback: one file is as fast as many.
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The contract's schemas are for the engine; the window takes its types and a URL helper only.
      treeshake: { moduleSideEffects: [{ test: /packages[\\/]contract[\\/]/, sideEffects: false }] },
    },
  },
});
