import { describe, expect, it } from '@jest/globals';
import type { ReadResult } from '@tensormark/documents';
import { pdf, put } from '../../../libs/documents/test/writing/pdf.js';
import { processFile } from '../src/reading/process-file.js';
import { readApart, READING_LIMITS } from '../src/reading/read-apart.js';
import { ARCHIVES } from './hostile/archives.js';
import type { HostileCase } from './hostile/case.js';
import { NOTEBOOKS } from './hostile/notebooks.js';
import { OFFICE } from './hostile/office.js';
import { PAGES } from './hostile/pages.js';
import { PICTURES } from './hostile/pictures.js';

const FAMILIES: Readonly<Record<string, readonly HostileCase[]>> = {
  archives: ARCHIVES,
  office: OFFICE,
  pages: PAGES,
  pictures: PICTURES,
  notebooks: NOTEBOOKS,
};
const LINE =
  'The convolution has 64 filters of 3 by 3 with one bias each, which is 1792 in all, by the way. ';
const HUNDRED_PAGES = (): Uint8Array =>
  pdf(
    Array.from({ length: 100 }, () =>
      Array.from({ length: 50 }, (_, line) => put(60, 790 - 15 * line, LINE)).join(''),
    ),
  );

/** What may be stopped for its time is stopped sooner than in earnest; all else has as much time as it has there. */
const IN_A_HURRY = { ...READING_LIMITS, processorSeconds: 2 };
const apart = (bytes: Uint8Array, limits = READING_LIMITS): Promise<ReadResult> =>
  readApart(bytes, processFile(), limits);

describe.each(Object.entries(FAMILIES))('hostile %s', (_family, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (_name, { make, comes }) => {
    const mayBeSlow = 'refused' in comes && comes.refused.includes('too-slow');
    const result = await apart(make(), mayBeSlow ? IN_A_HURRY : READING_LIMITS);
    if ('refused' in comes) {
      expect(result).toMatchObject({ kind: 'refused', message: expect.stringMatching(comes.says) });
      expect(comes.refused).toContain(result.kind === 'refused' ? result.reason : undefined);
      return;
    }
    if (result.kind === 'refused') throw new Error(`${result.reason}: ${result.message}`);
    expect(result.text.match(comes.read)).not.toBeNull();
    const told = [...result.notes, ...result.blocks.flatMap(({ doubts }) => doubts)].map(({ says }) => says);
    expect(told.join('\n')).toMatch(comes.doubted ?? /^/);
    // What turns the direction of writing is in no name that people are shown.
    const named = result.blocks.map(({ origin }) => origin.file ?? '').concat(told);
    expect(named.join('\n')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('a document that is nothing but long', () => {
  it('of-a-hundred-pages-is-read', async () => {
    const result = await apart(HUNDRED_PAGES());
    expect(result).toMatchObject({ kind: 'read' });
    expect(result.kind === 'read' && result.text.split('\f')).toHaveLength(100);
  });
});
