import type { Plugin, Rollup } from 'vite';

/** By the roles' names, what their first page is fetched with. */
const PAGES: Readonly<Record<string, string>> = {
  student: 'src/student/pages.ts',
  marker: 'src/marker/pages.ts',
  examiner: 'src/examiner/pages.ts',
};

/** Tells `ahead.js` which files each role's pages are in, so that they are fetched together with the first ones. */
export function aheadFiles(): Plugin {
  return {
    name: 'ahead-files',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (bundle === undefined) return html;
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
        const entry = chunks.find(({ isEntry }) => isEntry);
        if (entry === undefined) throw new Error('there is no entry whose files are fetched anyway');
        const anyway = filesOf(entry, bundle);
        const attributes = Object.entries(PAGES).map(([role, module]) => {
          const page = chunks.find(({ moduleIds }) =>
            moduleIds.some((id) => id.endsWith(`apps/web/${module}`)),
          );
          if (page === undefined) throw new Error(`no bundle has ${module}; mend its name in aheadFiles.ts`);
          const files = [...filesOf(page, bundle)].filter((file) => !anyway.has(file));
          return `data-${role}="${files.map((file) => `/${file}`).join(' ')}"`;
        });
        return html.replace('src="/ahead.js"', `src="/ahead.js" ${attributes.join(' ')}`);
      },
    },
  };
}

/** A chunk, all that it imports from the start, and their styles. */
export function filesOf(from: Rollup.OutputChunk, bundle: Rollup.OutputBundle): Set<string> {
  const files = new Set<string>();
  const add = (chunk: Rollup.OutputChunk) => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    for (const name of chunk.imports) {
      const next = bundle[name];
      if (next?.type === 'chunk') add(next);
    }
  };
  add(from);
  return files;
}
