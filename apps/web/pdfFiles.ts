import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const FOLDERS = ['wasm', 'cmaps'] as const;
const NEEDED = /\.(?:wasm|js|bcmap)$/;

/** What pdf.js fetches by itself while it draws a page: its decoders of pictures, and the maps of Asian characters. */
export function pdfFiles(): Plugin {
  return {
    name: 'pdf-files',
    apply: 'build',
    async generateBundle() {
      const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
        version: string;
      };
      for (const folder of FOLDERS) {
        for (const name of await readdir(join(home, folder))) {
          if (!NEEDED.test(name)) continue;
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdfjs-${version}/${folder}/${name}`,
            source: await readFile(join(home, folder, name)),
          });
        }
      }
    },
  };
}
