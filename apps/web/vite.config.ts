import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env['TENSORMARK_API'] ?? 'http://127.0.0.1:7600';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The content security policy knows no data: fonts or images, so every asset is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: {
    port: 7601,
    proxy: { '/api': api, '/docs': api, '/health': api },
  },
});
