import { describe, expect, it } from '@jest/globals';
import { readDocument, type Readers, type ReadResult } from '../src/index.js';
import { docx, paragraph } from './writing/docx.js';
import { zip } from './writing/zip.js';

/** Stand-ins for what draws: what these tests are about comes before or beside it. */
const READERS: Readers = {
  pages: async () => [],
  picture: async () => ({ width: 1, height: 1, read: { kind: 'not-read', why: 'nobody looks at it here' } }),
};
const read = (bytes: Uint8Array): Promise<ReadResult> => readDocument(bytes, READERS);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const notebook = (cells: readonly unknown[]) =>
  bytesOf(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));

const WHOLE: Readonly<Record<string, () => Uint8Array>> = {
  docx: () => docx(paragraph('Question 1') + paragraph('The total is 1792.')),
  zip: () =>
    zip([
      { name: 'q1.md', data: '# Question 1\n\nText.' },
      { name: 'q2.py', data: 'import torch\nimport os\n' },
    ]),
  ipynb: () =>
    notebook([
      { cell_type: 'markdown', source: ['# Question 1'] },
      { cell_type: 'code', source: 'x = 1', outputs: [], execution_count: 1 },
    ]),
};

describe('cut off at every tenth byte', () => {
  it.each(Object.entries(WHOLE))('%s-is-refused-with-what-to-do-or-read', async (_, make) => {
    const whole = make();
    expect((await read(whole)).kind).toBe('read');
    for (let end = 0; end < whole.length; end += 10) {
      const result = await read(whole.slice(0, end));
      if (result.kind === 'refused') expect(result.message).toMatch(/[Uu]pload|[Ss]ave|[Ee]xport|[Cc]heck/);
    }
  });
});

describe('a file that is two things at once', () => {
  it('archive-with-text-before-it-is-refused', async () => {
    const both = Buffer.concat([
      Buffer.from('# Question 1\n'),
      zip([{ name: 'a.md', data: 'hidden words' }]),
    ]);
    expect(await read(new Uint8Array(both))).toMatchObject({
      kind: 'refused',
      reason: 'unknown-format',
      message: expect.stringMatching(/Save or export/),
    });
  });
});

describe('notebooks', () => {
  it('of-a-hundred-megabytes-of-output-is-refused-by-its-size-at-once', async () => {
    const began = performance.now();
    const result = await read(Buffer.alloc(100 * 1024 * 1024, '{"nbformat": 4, "cells": [ '));
    expect(result).toMatchObject({ kind: 'refused', reason: 'too-large' });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it.each([1_000, 100_000])('nested-%i-deep-is-refused', async (depth) => {
    const deep = `{"nbformat": 4, "cells": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(await read(bytesOf(deep))).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/deep/),
    });
  });

  it('a-cell-named-proto-changes-nothing', async () => {
    await read(
      bytesOf(
        '{"nbformat": 4, "__proto__": {"polluted": true}, "cells": [{"__proto__": {"polluted": true}}]}',
      ),
    );
    expect({}).not.toHaveProperty('polluted');
  });
});
