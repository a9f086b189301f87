import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { aheadFiles } from './aheadFiles.js';
import { bundleBudget } from './bundleBudget.js';
import { compressed } from './compressed.js';
import { pdfFiles } from './pdfFiles.js';

const api = process.env['TENSORMARK_API'] ?? 'http://127.0.0.1:7600';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), aheadFiles(), bundleBudget(), pdfFiles(), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The content security policy knows no data: fonts or images, so every asset is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What is fetched is held to budgets by role; the editor's own chunk is larger than the usual limit.
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 7601,
    proxy: { '/api': api, '/docs': api, '/health': api },
  },
});
