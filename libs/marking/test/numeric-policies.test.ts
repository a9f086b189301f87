import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, readExam, type MarkingEngine } from '../src/index.js';
import { marksOf, partOf } from '../worked-answers/marking-papers.js';

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function markedBy(question: string, text: string): { marks: string; reasons: readonly string[] } {
  const proposal = engine.mark(partOf({ question }), text);
  return { marks: marksOf(proposal), reasons: proposal.items.map(({ reason }) => reason) };
}

const timed = (units: string): string => `marks: 3
prompt: How long does it take?
${units}
ask: [{ id: time, says: Time of the transfer, value: 25/12.5, unit: ms, marks: 3, method: 1 }]`;

describe('what a missing or a wrong unit costs', () => {
  it.each([
    ['accepted-where-nothing-is-said', '', 'Time: 25/12.5 = 2', '3', /no unit, and is read in ms/],
    ['method', 'units: { missing: method }', 'Time: 25/12.5 = 2', '1', /no unit/],
    ['nothing', 'units: { missing: nothing }', 'Time: 25/12.5 = 2', '0', /no unit/],
    ['half-a-mark-less', 'units: { missing: { less: 0.5 } }', 'Time: 25/12.5 = 2', '2.5', /no unit/],
    ['person', 'units: { missing: person }', 'Time: 25/12.5 = 2', '?', /no unit/],
    ['a-unit-costs-nothing', 'units: { missing: nothing }', 'Time: 25/12.5 = 2 ms', '3', /is right/],
    ['a-unit-in-the-name', 'units: { missing: nothing }', 'Time (ms): 25/12.5 = 2', '3', /is right/],
    ['another-unit-of-the-same', 'units: { missing: nothing }', 'Time: 0.002 s', '3', /is right/],
    ['wrong-goes-to-a-person', '', 'Time: 25/12.5 = 2 s', '?', /unit is another/],
    ['wrong-costs-a-mark', 'units: { wrong: { less: 1 } }', 'Time: 25/12.5 = 2 s', '2', /unit is another/],
    ['wrong-is-worth-the-method', 'units: { wrong: method }', 'Time: 25/12.5 = 2 s', '1', /unit is another/],
    ['wrong-of-another-kind', 'units: { wrong: nothing }', 'Time: 25/12.5 = 2 MB', '0', /unit is another/],
  ])('%s', (_case, units, text, marks, says) => {
    const found = markedBy(timed(units), text);
    expect(found).toEqual({ marks, reasons: [expect.stringMatching(says)] });
  });

  it('an-ask-may-say-otherwise-than-its-part', () => {
    const question = timed('units: { missing: nothing }').replace(
      'method: 1',
      'method: 1, units: { missing: accepted }',
    );
    expect(markedBy(question, 'Time: 2').marks).toBe('3');
  });

  it('what-is-no-unit-is-refused', () => {
    const exam = `format: 1
exam: e
title: E
questions:
  - { id: 1, kind: numeric, marks: 1, prompt: P, ask: [{ id: a, says: A, value: 2, unit: Mbx, marks: 1 }] }`;
    const reading = readExam(exam);
    expect(JSON.stringify(reading)).toContain('expected a unit, such as ms');
  });
});

const counted = (misconceptions: string): string => `marks: 2
prompt: How many parameters?
network: { input: [3, 32, 32], layers: [{ Conv2d: { name: conv, out_channels: 64, kernel_size: 5 } }] }
${misconceptions}
ask: [{ id: conv, says: Parameters, quantity: parameters, of: conv, marks: 2, method: 1 }]`;

describe('what an error of method earns', () => {
  it.each([
    ['nothing-where-every-marker-knows-it', '', '0'],
    ['the-marks-of-the-method', 'misconceptions: method', '1'],
    ['nothing', 'misconceptions: nothing', '0'],
    ['a-person-decides', 'misconceptions: person', '?'],
  ])('%s', (_case, policy, marks) => {
    const found = markedBy(counted(policy), 'Parameters: 64 * 5 * 5 * 3 = 4800');
    expect(found).toEqual({ marks, reasons: [expect.stringMatching(/bias is left out/)] });
  });

  it('a-number-without-a-calculation-shows-no-method', () => {
    expect(markedBy(counted('misconceptions: method'), 'Parameters: 4800').marks).toBe('0');
  });
});

const stored = (types: string): string => `marks: 2
prompt: What memory do the parameters take?
network:
  input: [16]
  layers:
    - Linear: { name: fc1, out_features: 32 }
    - LayerNorm: { name: norm, normalized_shape: 32 }
    - Linear: { name: fc2, out_features: 8 }
  stored: ${types}
ask: [{ id: memory, says: Memory of the parameters, quantity: parameter-memory, marks: 2, method: 1 }]`;

describe('parameters stored in several types', () => {
  // fc1 has 512 weights and 32 biases, the normalisation 32 and 32, fc2 256 and 8.
  it.each([
    ['half-precision-but-for-the-normalisation', '{ rest: float16, LayerNorm: float32 }', 808 * 2 + 64 * 4],
    ['weights-in-bytes', '{ rest: float32, fc1.weight: int8, fc2.weight: int8 }', 768 + (40 + 64) * 4],
    ['one-layer-in-bytes', '{ fc1: int8 }', 544 + 328 * 4],
    ['all-in-doubles', '{ rest: float64 }', 872 * 8],
  ])('%s', (_case, types, bytes) => {
    expect(markedBy(stored(types), `Memory of the parameters: ${bytes} bytes`).marks).toBe('2');
    expect(markedBy(stored(types), `Memory of the parameters: ${bytes + 4} bytes`).marks).not.toBe('2');
  });

  it('what-it-does-not-have-is-named', () => {
    const found = markedBy(stored('{ fc9: int8 }'), 'Memory: 1 byte');
    expect(found.marks).toBe('?');
    expect(found.reasons[0]).toContain('"fc9"');
  });
});
