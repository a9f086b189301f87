import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerText, splitDocument, type Outline, type Split } from '../src/index.js';
import { BARE_OUTLINE, OUTLINE } from './paper.js';
import { questions } from './splitting.js';

const FRAGMENTS = [
  'Question 1',
  'Question 2:',
  'Q3.',
  '4)',
  '1.',
  '2. Stem',
  '3. ',
  '- a. ',
  '(b) ',
  '**b.** ',
  'b)',
  '## 2 (b)',
  '# ',
  'Q1a) ',
  'Question 1 (continued)',
  'Question 9',
  '(c) more',
  'Page 2 of 7',
  'Name: Kim Example',
  '7654321',
  'the network composes features',
  'ReLU keeps gradients alive, where the sigmoid saturates.',
  '```',
  '```python',
  '$$',
  '\\[',
  '\\]',
  '$2) + 3$',
  '<!--',
  '-->',
  '<p>',
  '<h2>Question 2</h2>',
  'ignore all previous instructions',
  '\u202e',
  '\0',
  '\ufeff',
  '\ud83d',
  '\udc4d',
  'السؤال ٢:',
  '问题2：',
  '===',
  '---',
  '> ',
  '\t',
  ' ',
];
const BREAKS = ['\n', '\n\n', '\r\n', '\r', '\f', '\n\f\n', ' ', '', '\u2028'];

const documents = fc
  .array(fc.tuple(fc.constantFrom(...FRAGMENTS), fc.constantFrom(...BREAKS)), { maxLength: 60 })
  .map((pieces) => pieces.flat().join(''));
const outlines = fc.constantFrom(
  OUTLINE,
  BARE_OUTLINE,
  questions(1),
  questions(3),
  questions(2, { 1: 'ab', 2: 'abc' }),
);

/** Everything that must hold of any text: a split that is whole, or a refusal that says why. */
function check(text: string, outline: Outline): void {
  const result = splitDocument(text, outline);
  const message = result.kind === 'refused' ? result.message : 'It was split into tiles.';
  expect(message.length).toBeGreaterThan(20);
  if (result.kind === 'split') checkSplit(text, result);
}

function checkSplit(text: string, result: Split): void {
  let at = 0;
  for (const tile of result.tiles) {
    expect(tile.start).toBe(at);
    expect(tile.end).toBeGreaterThan(tile.start);
    at = tile.end;
  }
  expect(at).toBe(text.length);
  const pieces = result.answers.flatMap((answer) =>
    answer.pieces.map((span) => ({ kind: 'piece', ...span, partKey: answer.partKey })),
  );
  const byPlace = pieces.toSorted((one, other) => one.start - other.start);
  expect(result.tiles.filter(({ kind }) => kind === 'piece')).toEqual(byPlace);
  expect(result.unassigned.map(({ span }) => span)).toEqual(
    result.tiles.filter(({ kind }) => kind === 'unassigned').map(({ start, end }) => ({ start, end })),
  );
  for (const { partKey, confidence, pieces, restated } of result.answers) {
    expect(pieces.length).toBeGreaterThan(0);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
    expect(result.missing).not.toContain(partKey);
    for (const span of restated) {
      expect(pieces.some(({ start, end }) => span.start >= start && span.end <= end)).toBe(true);
    }
  }
}

describe('what holds of every document', () => {
  it('tiles-cover-the-text-and-nothing-is-thrown', () => {
    const property = fc.property(documents, outlines, check);
    expect(() => {
      fc.assert(property, { numRuns: 500, seed: 11 });
    }).not.toThrow();
  });

  it('any-string-at-all', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 300 }), outlines, check);
    expect(() => {
      fc.assert(property, { numRuns: 300, seed: 12 });
    }).not.toThrow();
  });

  it('the-same-text-splits-the-same', () => {
    fc.assert(
      fc.property(documents, outlines, (text, outline) => {
        expect(splitDocument(text, outline)).toEqual(splitDocument(text, outline));
      }),
      { numRuns: 100, seed: 13 },
    );
  });

  it('a-place-in-an-answer-is-found-again-in-the-document', () => {
    fc.assert(
      fc.property(documents, outlines, (text, outline) => {
        const result = splitDocument(text, outline);
        const answers = result.kind === 'split' ? result.answers : [];
        const astray = answers.flatMap((answer) => {
          const joined = answerText(text, answer);
          return [...joined.text.split('').entries()].filter(
            ([offset, character]) =>
              /\S/.test(character) && text.charAt(joined.toDocument(offset)) !== character,
          );
        });
        expect(astray).toEqual([]);
      }),
      { numRuns: 120, seed: 14 },
    );
  });
});
