import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMarkingEngine } from '../src/engine.js';
import { partsOf } from '../src/exam/parts.js';
import { readExam } from '../src/exam/read.js';
import { formatMarks, parseMarks } from '../src/marks.js';
import { awardOf, type GivenItem } from '../src/rubric/award.js';
import { schemeOf, type PartScheme } from '../src/rubric/scheme.js';

const engine = await openMarkingEngine();

const examOf = (part: string): string => `
format: 1
exam: small
title: A small paper
questions:
${part}`;

const ESSAY = `  - id: 1
    kind: essay
    marks: 4
    floor: 0.5
    cap: 3.5
    prompt: Say something of depth.
    rubric:
      - { id: depth, says: Says something, marks: 3, feedback: Well put. }
      - { id: width, says: Says more, marks: 1.5 }
      - { id: copied, says: Repeats the question, marks: -1 }
    adjustments:
      - { id: units, says: Units are missing, marks: -0.5, feedback: Give units. }
      - { id: elegance, says: An elegant way, marks: 0.25 }
`;

function partIn(yaml: string) {
  const reading = readExam(yaml);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return part;
}

function errorsIn(yaml: string): string[] {
  const reading = readExam(yaml);
  return reading.kind === 'refused' ? reading.errors.map(({ path, message }) => `${path}: ${message}`) : [];
}

const given = (...items: [string, string][]): GivenItem[] =>
  items.map(([item, marks]) => ({ item, marks: parseMarks(marks) ?? 0n }));

function awarded(scheme: PartScheme, ...items: [string, string][]): string {
  const award = awardOf(scheme, given(...items));
  return award.kind === 'award' ? formatMarks(award.marks) : award.says;
}

describe('rubric items', () => {
  const scheme = engine.scheme(partIn(examOf(ESSAY)));

  it('the-lines-of-the-kind-come-first-and-then-the-adjustments', () => {
    expect(scheme.lines.map(({ id, adjustment }) => [id, adjustment])).toEqual([
      ['depth', false],
      ['width', false],
      ['copied', false],
      ['units', true],
      ['elegance', true],
    ]);
    expect(scheme.lines.map(({ feedback }) => feedback)).toEqual([
      'Well put.',
      null,
      null,
      'Give units.',
      null,
    ]);
  });

  it.each<[string, [string, string][], string]>([
    [
      'positive-and-negative-together',
      [
        ['depth', '3'],
        ['copied', '-1'],
        ['elegance', '0.25'],
      ],
      '2.25',
    ],
    [
      'held-at-the-cap',
      [
        ['depth', '3'],
        ['width', '1.5'],
      ],
      '3.5',
    ],
    [
      'raised-to-the-floor',
      [
        ['copied', '-1'],
        ['units', '-0.5'],
      ],
      '0.5',
    ],
    ['nothing-given-is-the-floor', [], '0.5'],
    ['in-part', [['depth', '1.125']], '1.125'],
    [
      'an-item-gives-no-more-than-it-has',
      [['depth', '3.001']],
      'The item "depth" gives at most 3 marks, not 3.001.',
    ],
    ['an-item-that-gives-takes-nothing', [['depth', '-1']], 'The item "depth" takes no marks, so not -1.'],
    ['an-item-that-takes-gives-nothing', [['copied', '1']], 'The item "copied" gives no marks, so not 1.'],
    [
      'an-item-takes-no-more-than-it-has',
      [['copied', '-2']],
      'The item "copied" takes at most 1 marks, not 2.',
    ],
    ['unknown', [['nothing', '1']], 'The scheme of this part has no item "nothing".'],
    [
      'twice',
      [
        ['depth', '1'],
        ['depth', '1'],
      ],
      'The item "depth" is there twice.',
    ],
  ])('%s', (_name, items, comes) => expect(awarded(scheme, ...items)).toBe(comes));

  it('the-award-lies-between-floor-and-cap-and-order-is-nothing', () => {
    const lines = scheme.lines.map((line) =>
      fc.bigInt({ min: line.least, max: line.most }).map((marks) => ({ item: line.id, marks })),
    );
    fc.assert(
      fc.property(fc.tuple(...lines), (items) => {
        const award = awardOf(scheme, items);
        const turned = awardOf(scheme, items.toReversed());
        if (award.kind !== 'award' || turned.kind !== 'award') throw new Error('refused');
        expect(award.marks).toBe(turned.marks);
        expect(award.marks >= scheme.floor && award.marks <= scheme.cap).toBe(true);
        if (award.sum >= scheme.floor && award.sum <= scheme.cap) expect(award.marks).toBe(award.sum);
      }),
    );
  });

  it('without-floor-and-cap-a-part-gives-from-nothing-to-its-marks', () => {
    expect(schemeOf({ marks: 2000n }, [])).toEqual({ lines: [], floor: 0n, cap: 2000n });
  });
});

describe('what the exam format takes', () => {
  const CHOICE = `  - id: 1
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`;
  it.each([
    ['cap-above-the-part', 'cap: 2', 'questions[0].cap: the part gives 1 marks: cap at most that'],
    [
      'floor-above-the-cap',
      'floor: 0.5\n    cap: 0.25',
      'questions[0].floor: the floor of 0.5 lies above 0.25, the most this part gives',
    ],
    [
      'adjustment-of-nothing',
      'adjustments: [{ id: x, says: X, marks: 0 }]',
      'questions[0].adjustments[0].marks: expected marks other than 0',
    ],
    [
      'adjustment-twice',
      'adjustments: [{ id: x, says: X, marks: 1 }, { id: x, says: Y, marks: -1 }]',
      'questions[0].adjustments[1].id: there is another adjustment "x"',
    ],
    [
      'adjustment-called-like-an-item',
      `adjustments: [{ id: ${engine.items(partIn(examOf(CHOICE)))[0]?.id}, says: X, marks: 1 }]`,
      `questions[0].adjustments[0].id: the scheme of this part has an item "${engine.items(partIn(examOf(CHOICE)))[0]?.id}" already`,
    ],
  ])('%s', (_name, field, says) => {
    expect(errorsIn(examOf(`${CHOICE}    ${field}\n`))).toEqual([says]);
  });

  it('negative-items-do-not-count-towards-what-can-be-reached', () => {
    const short = ESSAY.replace('marks: 1.5', 'marks: 0.5');
    expect(errorsIn(examOf(short))).toEqual([
      'questions[0].rubric: the items give 3.5 marks together, so the 4 of this part can never be reached: give the items more, or the part less',
    ]);
  });

  it('what-the-machine-proposes-keeps-to-floor-and-cap', () => {
    const mark = (field: string, answer: string) =>
      engine.mark(partIn(examOf(`${CHOICE}    ${field}\n`)), answer);
    expect(mark('cap: 0.75', 'b').marks).toBe('0.75');
    expect(mark('cap: 0.75', 'b').summary).toContain("held at the part's cap of 0.75");
    expect(mark('floor: 0.25', 'a').marks).toBe('0.25');
    expect(mark('floor: 0', 'b').marks).toBe('1');
  });
});
