import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMarkingEngine, type MarkingEngine } from '../../src/index.js';
import { marksFor, partOf } from '../../worked-answers/marking-papers.js';
import { PAPERS } from '../../worked-answers/papers/papers.js';
import { ASKED, BARE_STYLES, OFFSETS, STYLES, network, paperOf, workingOf } from './random-papers.js';

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

/** The same cases each time; other seeds and longer runs by SEED and RUNS. */
const runs = Number(process.env['RUNS'] ?? 30);
const settings = { numRuns: runs, seed: Number(process.env['SEED'] ?? 1) };

/** Marks that are no less; that nothing is due may become a doubt where more is said than before. */
function isNoLower(after: string, before: string): boolean {
  const given = after.split(' ');
  return before
    .split(' ')
    .every((mark, at) => mark === '?' || mark === '0' || Number(given[at] ?? 0) >= Number(mark));
}

const PARTS = PAPERS.map((paper) => ({ paper, part: partOf(paper) }));

describe('what holds of any answer to any network', () => {
  it('a-right-answer-has-full-marks-however-it-is-written', () => {
    fc.assert(
      fc.property(network(), fc.constantFrom(...STYLES, ...BARE_STYLES), (layers, style) => {
        const paper = paperOf(layers);
        const working = workingOf(layers, style, []);
        expect({ working, marks: marksFor(engine, partOf(paper), working) }).toEqual({
          working,
          marks: paper.full,
        });
      }),
      settings,
    );
  });

  it('each-slip-of-arithmetic-costs-once', () => {
    fc.assert(
      fc.property(network(), fc.constantFrom(...STYLES), OFFSETS, (layers, style, offsets) => {
        const paper = paperOf(layers);
        const working = workingOf(layers, style, offsets);
        const expected = paper.full
          .split(' ')
          .map((mark, at) =>
            at < layers.length && offsets[at] !== undefined && offsets[at] !== 0 ? '1' : mark,
          );
        const marks = marksFor(engine, partOf(paper), working)
          .split(' ')
          .map((mark, at) => (mark === '?' ? expected[at] : mark));
        expect({ working, marks }).toEqual({ working, marks: expected });
      }),
      settings,
    );
  });

  it('layers-that-are-not-asked-about-take-nothing-from-those-that-are', () => {
    fc.assert(
      fc.property(
        network(),
        ASKED,
        fc.constantFrom(...STYLES, ...BARE_STYLES),
        OFFSETS,
        (layers, asked, style, offsets) => {
          const part = partOf(paperOf(layers, asked));
          const right = workingOf(layers, style, []);
          expect({ right, marks: marksFor(engine, part, right) }).toEqual({
            right,
            marks: paperOf(layers, asked).full,
          });
          // Errors in the other layers alone cost no layer asked about, and once in the whole that follows from them.
          const others = layers.map((_, at) => (asked(at) ? 0 : (offsets[at] ?? 0)));
          const working = workingOf(layers, style, others);
          const due = layers.flatMap((_, at) => (asked(at) ? ['2'] : []));
          due.push(others.some(Boolean) ? '1' : '2');
          expect({ working, marks: marksFor(engine, part, working) }).toEqual({
            working,
            marks: due.join(' '),
          });
        },
      ),
      settings,
    );
  });

  it('writing-it-otherwise-changes-no-mark', () => {
    fc.assert(
      fc.property(
        network(),
        fc.constantFrom(...STYLES),
        fc.constantFrom(...STYLES),
        OFFSETS,
        (layers, one, other, offsets) => {
          const part = partOf(paperOf(layers));
          const [a, b] = [workingOf(layers, one, offsets), workingOf(layers, other, offsets)];
          expect({ a, b, marks: marksFor(engine, part, a) }).toEqual({
            a,
            b,
            marks: marksFor(engine, part, b),
          });
        },
      ),
      settings,
    );
  });
});

const EQUATION = fc
  .tuple(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 400 }), fc.constantFrom('+', '*'))
  .map(([a, b, sign]) => `${a} ${sign} ${b} = ${sign === '+' ? a + b : a * b}`);

describe('what holds of every worked answer', () => {
  const answers = PARTS.flatMap(({ paper, part }) =>
    paper.answers.map((answer) => ({ part, text: answer.text, name: `${paper.name} / ${answer.name}` })),
  );

  it('a-true-equation-lowers-no-mark', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...answers),
        EQUATION,
        fc.boolean(),
        ({ part, text, name }, equation, first) => {
          const before = marksFor(engine, part, text);
          const after = marksFor(engine, part, first ? `${equation}\n\n${text}` : `${text}\n\n${equation}`);
          const found = { name, equation, first, before, after };
          expect({ ...found, noLower: isNoLower(after, before) }).toEqual({ ...found, noLower: true });
        },
      ),
      { ...settings, numRuns: runs * 3 },
    );
  });

  it('spaces-and-empty-lines-change-no-mark', () => {
    for (const { part, text, name } of answers) {
      const spaced = `\n${text.replaceAll('\n', '\n\n')}  \n`;
      if (text.includes('|') || text.includes('---') || text.includes('\\begin') || text.includes('    '))
        continue;
      if (/[a-z,]\n[a-z]/i.test(text)) continue;
      expect({ name, marks: marksFor(engine, part, spaced) }).toEqual({
        name,
        marks: marksFor(engine, part, text),
      });
    }
  });
});
