import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';
import { filesOf } from './aheadFiles.js';

/** What a browser fetches, styles included, before the first page of each kind can be used: at most so many kB in gzip. */
const BUDGETS: Readonly<Record<string, number>> = {
  'src/session/SignInPage.tsx': 215,
  'src/student/pages.ts': 225,
  'src/student/SubmissionPage.tsx': 225,
  'src/student/ReportView.tsx': 235,
  'src/marker/pages.ts': 280,
  'src/marker/laterPages.ts': 270,
  'src/examiner/pages.ts': 260,
  'src/examiner/laterPages.ts': 280,
  'src/examiner/DefinitionPages.tsx': 440,
};

/** Fails the build where a role's pages have grown past their budget; `--logLevel info` tells the sizes. */
export function bundleBudget(): Plugin {
  return {
    name: 'bundle-budget',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const entry = chunks.find(({ isEntry }) => isEntry);
      if (entry === undefined) return this.error('there is no entry to measure');
      for (const [module, budget] of Object.entries(BUDGETS)) {
        const page = chunks.find(({ moduleIds }) =>
          moduleIds.some((id) => id.endsWith(`apps/web/${module}`)),
        );
        if (page === undefined)
          return this.error(`no bundle has ${module}; mend its name in bundleBudget.ts`);
        const kB = Math.ceil(sizeOf([entry, page], bundle) / 1000);
        this.info(`${module}: ${kB} of ${budget} kB`);
        if (kB > budget)
          return this.error(`${module} takes ${kB} kB in gzip, and at most ${budget} are allowed`);
      }
    },
  };
}

function sizeOf(from: readonly Rollup.OutputChunk[], bundle: Rollup.OutputBundle): number {
  const files = new Set(from.flatMap((chunk) => [...filesOf(chunk, bundle)]));
  return [...files].reduce((sum, name) => {
    const file = bundle[name];
    if (file === undefined) return sum;
    return sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length;
  }, 0);
}
