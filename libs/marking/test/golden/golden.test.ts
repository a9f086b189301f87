import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, type MarkingEngine } from '../../src/index.js';
import { marksOf, partOf } from '../../worked-answers/marking-papers.js';
import { PAPERS } from '../../worked-answers/papers/papers.js';

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

describe.each(PAPERS.map((paper) => [paper.name, paper] as const))('%s', (_, paper) => {
  const part = partOf(paper);

  it.each(paper.answers.map((answer) => [answer.name, answer] as const))('%s', (_name, answer) => {
    const proposal = engine.mark(part, answer.text);
    const reasons = Object.fromEntries(proposal.items.map(({ item, reason }) => [item, reason]));
    expect({ marks: marksOf(proposal), reasons }).toEqual({
      marks: answer.proposed ?? answer.marks,
      reasons,
    });
    for (const [item, pattern] of Object.entries(answer.because ?? {}))
      expect(reasons[item]).toMatch(pattern);
  });

  it('every-place-is-quoted-as-it-stands', () => {
    for (const { text } of paper.answers) {
      const proposal = engine.mark(part, text);
      for (const evidence of [...proposal.evidence, ...proposal.items.flatMap((item) => item.evidence)]) {
        if (!('span' in evidence) || evidence.span === undefined) continue;
        const { start, end } = evidence.span;
        const quote = text.slice(start, end);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(quote).toBe(quote.trim());
        expect(quote).not.toBe('');
        if (evidence.kind === 'quantity') expect(quote).toBe(evidence.found);
      }
    }
  });
});
