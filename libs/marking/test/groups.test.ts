import { describe, expect, it } from '@jest/globals';
import { openMarkingEngine } from '../src/engine.js';
import { partsOf } from '../src/exam/parts.js';
import { readExam } from '../src/exam/read.js';
import { groupKey } from '../src/groups/group-key.js';

const EXAM = `
format: 1
exam: groups
title: Groups
questions:
  - id: 1
    kind: numeric
    marks: 2
    prompt: How many parameters does it have?
    network:
      input: [3, 8, 8]
      layers:
        - Conv2d: { name: conv1, out_channels: 4, kernel_size: 3 }
    ask:
      - { id: parameters, says: Parameters, quantity: parameters, marks: 2 }
  - id: 2
    kind: essay
    marks: 1
    prompt: Why?
    rubric: [{ id: why, says: Says why, marks: 1, terms: [depth] }]
`;

const engine = await openMarkingEngine();
const reading = readExam(EXAM);
if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
const [numeric, essay] = partsOf(reading.definition);
if (numeric === undefined || essay === undefined) throw new Error('no parts');

const keyOf = (text: string, part = numeric) => groupKey(engine.mark(part, text), text);

describe('what makes answers alike', () => {
  it.each([
    ['the-same-working-spaced-otherwise', '3*4*9+4 = 112', '3 * 4 * 9 + 4 = 112'],
    ['another-sign-for-times', '3*4*9+4 = 112', '3 × 4 × 9 + 4 = 112'],
    ['the-same-error', '3*4*9 = 108', '3*4*9  =  108'],
    ['further-down-in-the-answer', '3*4*9+4 = 112', '\n\n3*4*9+4 = 112'],
  ])('alike: %s', (_name, one, other) => {
    expect(keyOf(one)).not.toBeNull();
    expect(keyOf(other)).toBe(keyOf(one));
  });

  it.each([
    ['another-number', '3*4*9+4 = 112', '3*4*9+4 = 113'],
    ['another-working', '3*4*9+4 = 112', '27*4+4 = 112'],
    ['another-error', '3*4*9 = 108', '3*9+4 = 31'],
    ['an-answer-without-working', '3*4*9+4 = 112', '112'],
    ['no-answer', '3*4*9+4 = 112', ''],
  ])('not alike: %s', (_name, one, other) => expect(keyOf(other)).not.toBe(keyOf(one)));

  it('answers-that-were-not-given-are-alike', () => expect(keyOf('')).toBe(keyOf('  ')));

  it('what-a-person-has-to-read-is-alike-only-where-it-says-the-same', () => {
    expect(keyOf('More  depth.', essay)).toBe(keyOf('More depth.', essay));
    expect(keyOf('More depth!', essay)).not.toBe(keyOf('More depth.', essay));
  });

  it('parts-are-never-mixed', () => expect(keyOf('', essay)).not.toBe(keyOf('', numeric)));
});
