import { describe, expect, it } from '@jest/globals';
import { readDocument, type Readers, type ReadResult } from '../src/index.js';
import { processorTime } from '../../../test/time/processor-time.js';
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

describe('with some bytes changed', () => {
  /** The same numbers each time. */
  function* chance(seed: number): Generator<number> {
    for (let state = seed; ;) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      yield state >>> 8;
    }
  }

  it.each(Object.entries(WHOLE))('%s-is-refused-with-what-to-do-or-read', async (_, make) => {
    const whole = make();
    expect((await read(whole)).kind).toBe('read');
    const numbers = chance(20_261_128);
    const next = (below: number) => Number(numbers.next().value) % below;
    for (let time = 0; time < 400; time += 1) {
      const bytes = whole.slice();
      for (let change = 0; change <= time % 4; change += 1) bytes[next(bytes.length)] = next(256);
      const result = await read(bytes);
      if (result.kind === 'refused')
        expect(result.message).toMatch(/[Uu]pload|[Ss]ave|[Ee]xport|[Cc]heck|[Ll]eave|[Mm]ake/);
    }
  });
});

describe('archives within archives', () => {
  const nested = (depth: number): Uint8Array => {
    let bytes = zip([{ name: 'q1.md', data: '# Question 1\n\nText.' }]);
    for (let level = 0; level < depth; level += 1) bytes = zip([{ name: `${level}.zip`, data: bytes }]);
    return bytes;
  };
  const refusal = { kind: 'refused', reason: 'unsafe-archive', message: expect.stringMatching(/Unpack it/) };

  it.each([1, 2, 100])('%i-deep-are-refused-at-the-first', async (depth) => {
    expect(await read(nested(depth))).toMatchObject(refusal);
  });

  it.each(['answers.md', 'answers.docx', 'answers.pdf', 'answers'])('called-%s-are-refused', async (name) => {
    expect(await read(zip([{ name, data: nested(0) }]))).toMatchObject(refusal);
  });

  it('bombs-beside-one-another-are-never-unpacked', async () => {
    const bomb = zip([{ name: 'a.md', data: Buffer.alloc(8 * 1024 * 1024) }]);
    const layer = zip(Array.from({ length: 30 }, (_, at) => ({ name: `${at}.zip`, data: bomb })));
    expect(await read(layer)).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/packed size, as no answer has\. Leave it out/),
    });
  });

  it('one-whose-entry-is-the-archive-itself-is-broken', async () => {
    // The data of a stored entry may reach from behind its header to the archive's end, its own directory among them.
    const entry = { name: 'self.zip', data: 'x', stored: true };
    const { length } = zip([entry]);
    const itself = zip([{ ...entry, says: { packed: length - 38, unpacked: length - 38 } }]);
    expect(await read(itself)).toMatchObject({ kind: 'refused', reason: 'broken' });
  });

  it('one-whose-entries-stand-in-one-another-is-refused', async () => {
    // The second entry's header and data are data of the first.
    const inner = zip([{ name: 'b.md', data: 'words', stored: true }]);
    const outer = zip([
      { name: 'a.md', data: inner, stored: true },
      { name: 'b.md', data: 'words', stored: true },
    ]);
    const view = new DataView(outer.buffer);
    let central = outer.length - 22;
    central = view.getUint32(central + 16, true);
    const second = central + 46 + 'a.md'.length;
    view.setUint32(second + 42, 30 + 'a.md'.length, true);
    expect(await read(outer)).toMatchObject({
      kind: 'refused',
      reason: 'unsafe-archive',
      message: expect.stringMatching(/shares its data/),
    });
  });

  it('a-pdf-that-is-stored-first-does-not-make-an-archive-a-pdf', async () => {
    const archive = zip([
      { name: 'a.pdf', data: '%PDF-1.7\n', stored: true },
      { name: 'b.md', data: 'Text.' },
    ]);
    expect(await read(archive)).toMatchObject({ format: 'zip', text: expect.stringContaining('Text.') });
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
    const began = processorTime();
    const result = await read(Buffer.alloc(100 * 1024 * 1024, '{"nbformat": 4, "cells": [ '));
    expect(result).toMatchObject({ kind: 'refused', reason: 'too-large' });
    expect(processorTime() - began).toBeLessThan(2000);
  });

  it.each([1_000, 100_000])('nested-%i-deep-is-refused', async (depth) => {
    const deep = `{"nbformat": 4, "cells": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(await read(bytesOf(deep))).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/deep/),
    });
  });

  it('halves-of-characters-become-what-can-be-stored', async () => {
    const text =
      '{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "a\\ud835 \\u0000 \\ud835\\udc65"}]}';
    expect(await read(bytesOf(text))).toMatchObject({ text: 'a\ufffd \ufffd 𝑥' });
  });

  it('cells-that-are-no-text-are-told-of', async () => {
    const result = await read(
      notebook([
        { cell_type: 'markdown', source: 'Read.' },
        { cell_type: 'markdown', source: { of: 'no kind' } },
        { cell_type: 'code', source: ['x = 1', 5], outputs: 'none' },
        null,
        7,
      ]),
    );
    if (result.kind === 'refused') throw new Error(result.message);
    expect(result.notes.map(({ says }) => says)).toEqual(
      [2, 3, 4, 5].map((cell) => `Cell ${cell} is no text as a notebook has it, and was not read.`),
    );
    expect(result.blocks.map(({ doubts }) => doubts.length)).toEqual([2, 2]);
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
