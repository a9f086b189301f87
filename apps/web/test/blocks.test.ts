import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assigned,
  blocksOf,
  missingOf,
  piecesOf,
  sentencesOf,
  splitAt,
  stretchesOf,
} from '../src/splitting/blocks.js';

const TEXT = '# 1\nFirst.\n\nSecond.\n\n# 2\nThird,\non two lines.\n';
const answers = [
  { part: '1', pieces: [{ start: 4, end: 21 }] },
  { part: '2', pieces: [{ start: 25, end: TEXT.length }] },
].map((answer) => ({ ...answer, level: 'sure' as const, confidence: 1, reasons: [] }));
const BLOCKS = blocksOf({ answers }, TEXT.length);

describe('blocks of a document', () => {
  it('cover-it-and-give-the-pieces-back', () => {
    expect(BLOCKS.map(({ start, end }) => TEXT.slice(start, end)).join('')).toBe(TEXT);
    expect(BLOCKS.map(({ part }) => part)).toEqual([null, '1', null, '2']);
    expect(piecesOf(BLOCKS)).toEqual(
      answers.flatMap(({ part, pieces }) => pieces.map((p) => ({ part, ...p }))),
    );
  });

  it('may-be-split-between-paragraphs-and-between-lines-of-a-single-one', () => {
    const texts = (index: number) => {
      const block = BLOCKS[index];
      return block === undefined
        ? []
        : stretchesOf(TEXT, block).map(({ start, end }) => TEXT.slice(start, end));
    };
    expect(texts(1)).toEqual(['First.\n\n', 'Second.\n\n']);
    expect(texts(3)).toEqual(['Third,\n', 'on two lines.\n']);
  });

  it('may-be-split-within-a-paragraph-between-sentences-and-lines', () => {
    const written = 'A baseline first. Then (see fig. 2) more blocks!\n\nb) An LSTM\nhas gates.\n';
    const [one, other] = stretchesOf(written, { start: 0, end: written.length, part: null });
    const texts = (stretch = { start: 0, end: 0 }) =>
      sentencesOf(written, stretch).map(({ start, end }) => written.slice(start, end));
    expect(texts(one)).toEqual(['A baseline first. ', 'Then (see fig. 2) more blocks!\n\n']);
    expect(texts(other)).toEqual(['b) An LSTM\n', 'has gates.\n']);
  });

  it('not-where-the-width-of-a-page-ended-a-line', () => {
    const wide =
      'The first layers of an image model respond to edges and spots, the\nnext ones to textures. So do I.';
    const all = { start: 0, end: wide.length, part: null };
    expect(stretchesOf(wide, all)).toHaveLength(1);
    expect(sentencesOf(wide, all).map(({ start }) => wide.slice(start))).toEqual([wide, 'So do I.']);
  });

  it('sentences-cover-what-they-are-of', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const all = sentencesOf(written, { start: 0, end: written.length });
        expect(all.map(({ start, end }) => written.slice(start, end)).join('')).toBe(written);
        if (all.length > 1)
          for (const { start, end } of all) expect(written.slice(start, end).trim()).not.toBe('');
      }),
    );
  });

  it('what-is-split-and-named-leaves-its-part', () => {
    const second = TEXT.indexOf('Second');
    const moved = assigned(splitAt(BLOCKS, second), second, '2');
    expect(piecesOf(moved)).toEqual([
      { part: '1', start: 4, end: second },
      { part: '2', start: second, end: 21 },
      { part: '2', start: 25, end: TEXT.length },
    ]);
    expect(missingOf(moved, TEXT, ['1', '2', '3'])).toEqual(['3']);
  });

  it('splitting-anywhere-changes-no-piece-until-something-is-named', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: TEXT.length })), (cuts) => {
        const split = cuts.reduce(splitAt, BLOCKS);
        expect(split.map(({ start, end }) => TEXT.slice(start, end)).join('')).toBe(TEXT);
        expect(piecesOf(split)).toEqual(piecesOf(BLOCKS));
      }),
    );
  });
});
