import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Typefaces and pictures are compressed already. */
const COMPRESSES = /\.(?:html|js|mjs|css|svg)$/;
const compress = promisify(gzip);

/** Puts beside each file that is fetched its compressed form, which the API sends to whoever takes it. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return this.error('there is no folder to write into');
      const files = Object.values(bundle).filter(({ fileName }) => COMPRESSES.test(fileName));
      await Promise.all(
        files.map(async (file) => {
          const content = file.type === 'chunk' ? file.code : file.source;
          await writeFile(join(dir, `${file.fileName}.gz`), await compress(content, { level: 9 }));
        }),
      );
    },
  };
}
