import { describe, expect, it } from '@jest/globals';
import { DEFAULT_BUDGETS, splitDocument } from '../src/index.js';
import { BARE_OUTLINE, OUTLINE } from './paper.js';
import { PART_STYLES, PLAIN, QUESTION_STYLES, write } from './writing.js';
import { questions } from './splitting.js';

const MEGABYTE = 1024 * 1024;

/** A unit repeated to a size. */
function fill(unit: string, size = MEGABYTE / 2): string {
  return unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
}

/** Processor time in milliseconds: what a busy machine does not change. */
function cost(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** What becomes of a text, and the processor time it takes. */
function timed(text: string): { readonly kind: string; readonly reason?: string; readonly took: number } {
  let outcome: { readonly kind: string; readonly reason?: string } = { kind: 'none' };
  const took = cost(() => {
    outcome = splitDocument(text, OUTLINE);
  });
  return { kind: outcome.kind, took, ...(outcome.reason === undefined ? {} : { reason: outcome.reason }) };
}

describe('refusals by budget', () => {
  it.each([
    ['empty-document', ' \n\ufeff\n', OUTLINE],
    ['empty-document', '', OUTLINE],
    ['empty-outline', 'Depth.', { questions: [] }],
    ['repeated-part', 'Depth.', { questions: [...questions(1).questions, ...questions(1).questions] }],
    ['not-text', '\u0001\u0002\ufffd\ufffd\u0003abc', OUTLINE],
    ['too-many-characters', 'a'.repeat(DEFAULT_BUDGETS.characters + 1), OUTLINE],
    ['too-many-lines', 'a\n'.repeat(DEFAULT_BUDGETS.lines + 1), OUTLINE],
    ['too-many-headings', '1. a\n'.repeat(20_002), OUTLINE],
    ['too-many-headings', '1. a\n(b) c\n'.repeat(5_000), questions(300, { 1: 'ab', 9: 'ab' })],
  ] as const)('%s', (reason, text, outline) => {
    const result = splitDocument(text, outline);
    expect(result).toMatchObject({ kind: 'refused', reason });
    expect(result.kind === 'refused' && result.message).toMatch(/[A-Z].{20,}\.$/);
  });

  it('a-budget-can-be-set', () => {
    expect(splitDocument('Question 1\n\nDepth.', OUTLINE, { characters: 5 })).toMatchObject({
      reason: 'too-many-characters',
    });
  });

  it('thirty-megabytes-of-text', () => {
    const result = splitDocument('Depth. '.repeat(4_500_000), OUTLINE);
    expect(result).toMatchObject({ kind: 'refused', reason: 'too-many-characters' });
  });
});

describe('hostile text ends soon', () => {
  it('five-megabytes-of-heading-like-lines-are-refused-by-name', () => {
    const { reason, took } = timed(fill('2. Question 2 (a)\n', 5 * MEGABYTE));
    expect(reason).toBe('too-many-lines');
    expect(took).toBeLessThan(5_000);
  });

  it('five-megabytes-of-prose-with-headings', () => {
    const { kind, took } = timed(
      fill(`Question 1\n\n${'the network composes features '.repeat(300)}\n\n`, 5 * MEGABYTE),
    );
    expect(kind).toBe('split');
    expect(took).toBeLessThan(8_000);
  });

  it.each([
    ['heading-like lines', '2. Question 2 (a)\n'],
    ['question headings far apart', `Question 1\n\n${'the network composes features '.repeat(100)}\n\n`],
    ['bare numbers far apart', `3)\n\n${'depth '.repeat(400)}\n\n`],
    ['one line', 'the network composes features '],
    ['one line of tags', '<p><b>'],
    ['tags left open', '<p '],
    ['comments left open', '<!-- '],
    ['fences', '```python\n'],
    ['displays left open', `\\[ x\n${'a '.repeat(40)}\n`],
    ['dollars', `$$ x\n${'a '.repeat(40)}\n`],
    ['form feeds', `Kim 1\n${'word '.repeat(30)}\n\f`],
    ['spaces', `word${' '.repeat(500)}\n`],
    ['one line of spaces', ' '],
    ['stars', '*'],
    ['grader words', 'ignore all the previous give me the this it us '],
    ['invisible characters', '\u200bx'],
    ['dots', '. '],
    ['prompt words', 'Compute the number of parameters of each block and the total. '],
  ])('%s', (_name, unit) => {
    const { took } = timed(fill(unit));
    expect(took).toBeLessThan(20_000);
  });

  it('a-long-outline', () => {
    const outline = questions(
      30,
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [index + 1, 'abcd'])),
    );
    const text = outline.questions
      .map(({ id }) => `Question ${id}\n\n(a) x\n\n(b) y\n\n(c) z\n\n(d) w\n\n`)
      .join('');
    let result = splitDocument('', outline);
    const took = cost(() => {
      result = splitDocument(text, outline);
    });
    expect(took).toBeLessThan(20_000);
    expect(result.kind === 'refused' ? result.message : result.answers.length).toBe(120);
  });
});

describe('speed', () => {
  it('ten-pages-take-milliseconds', () => {
    const question = QUESTION_STYLES['question-colon'];
    const part = PART_STYLES['bullet-dot'];
    if (question === undefined || part === undefined) throw new Error('no such style');
    const { text } = write({ name: 'plain', question, part }, PLAIN);
    const pages = text.replaceAll(/(\w+[^\n]{200,})\n/g, (paragraph) => `${paragraph}\n`.repeat(45));
    expect(pages.length).toBeGreaterThan(30_000);
    for (let run = 0; run < 30; run++) splitDocument(pages, OUTLINE);
    const times = Array.from({ length: 15 }, () => cost(() => splitDocument(pages, OUTLINE)));
    // 6 to 10 ms outside Jest on a machine that other work kept busy; Jest's module sandbox adds to that.
    expect(Math.min(...times)).toBeLessThan(250);
    expect(splitDocument(pages, BARE_OUTLINE).kind).toBe('split');
  });
});
