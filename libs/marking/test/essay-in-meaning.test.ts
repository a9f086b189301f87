import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EmbeddingModel } from '@tensormark/essays';
import {
  openMarkingEngine,
  partsOf,
  readExam,
  withPlacesInMeaning,
  type MarkingEngine,
  type ProposedMark,
} from '@tensormark/marking';

const EXAM = `format: 1
exam: essays
title: Essays
questions:
  - id: 1
    prompt: About deep networks.
    parts:
      - id: a
        kind: essay
        marks: 2
        prompt: Why do skip connections help?
        rubric:
          - { id: flow, says: The gradient can flow directly through the skip connection., marks: 1 }
          - { id: cost, says: It costs no further parameters., marks: 1 }
`;

/** To whom all texts mean the same. */
const agreeing: EmbeddingModel = {
  identity: { name: 'agreeing', sha256: 'ab'.repeat(32), runtime: 'none 1.0' },
  embed: () => Promise.resolve(Float32Array.of(1, 0)),
};
const budget = { mostSentences: 80, isSpent: () => false };

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

async function marked(answer: string): Promise<{ before: ProposedMark; after: ProposedMark }> {
  const reading = readExam(EXAM);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('the exam has no part');
  const before = engine.mark(part, answer);
  return { before, after: await withPlacesInMeaning(part, answer, before, agreeing, budget) };
}

const suggested = ({ items }: ProposedMark) =>
  items.map(({ evidence }) => evidence.flatMap((each) => (each.kind === 'suggestion' ? [each] : []))[0]);

describe('places that a model finds', () => {
  it('are-unclear-and-never-covered', async () => {
    const { before, after } = await marked('Nothing stands between the two ends.');
    expect(suggested(before).map((each) => each?.verdict)).toEqual([
      'no-evidence-found',
      'no-evidence-found',
    ]);
    expect(suggested(after)[0]).toMatchObject({
      verdict: 'unclear',
      span: { start: 0, end: 36 },
      scorer: 'meaning-1:abababababababab',
      says: expect.stringContaining(`SHA-256 ${'ab'.repeat(32)}, none 1.0`),
    });
    expect(suggested(after)[0]).not.toHaveProperty('confidence');
    expect(after.summary).toContain('2 are unclear');
    expect([after.marks, after.outcome]).toEqual([null, 'needs-person']);
  });

  it('leave-what-words-found', async () => {
    const { before, after } = await marked('The gradient can flow directly through the skip connection.');
    expect(suggested(before)[0]?.verdict).toBe('likely-covered');
    expect(suggested(after)[0]).toEqual(suggested(before)[0]);
    expect(suggested(after)[1]?.verdict).toBe('unclear');
  });
});
