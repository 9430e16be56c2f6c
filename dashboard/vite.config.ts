import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** `npm run dev` and `npm run preview` show the page on their own port and pass the rest to this server. */
const server = process.env['NINJA3CX_SERVER'] ?? 'http://localhost:3000';
const proxy = {
  '/api': { target: server },
  '/login': { target: server },
  '/ws': { target: server, ws: true },
};

export default defineConfig({
  plugins: [svelte()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the server's content security policy knows no data: scripts or styles
    modulePreload: { polyfill: false },
  },
  server: { port: 4173, strictPort: true, proxy },
  preview: { port: 4173, strictPort: true, proxy },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
  },
});
