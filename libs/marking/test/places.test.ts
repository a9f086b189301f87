import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sourceIn, spanOfLine } from '../src/kinds/code/source.js';
import { mentionsOf } from '../src/kinds/mentions.js';

describe('mentions', () => {
  const mentions = (terms: string[], answer: string) =>
    mentionsOf({ id: 'item', terms }, answer).map((each) =>
      each.kind === 'mention' ? answer.slice(each.span.start, each.span.end) : '',
    );

  it('whole-words-blind-to-case-hyphens-and-plurals', () => {
    expect(
      mentions(['skip connection', 'gate'], 'Skip-connections help; a GATE opens; delegates do not.'),
    ).toEqual(['Skip-connections', 'GATE']);
  });

  it('a-term-with-signs-of-its-own-is-taken-literally', () => {
    expect(mentions(['C++ (a.b)'], 'In C++ (a.b) and not Cxx (aqb).')).toEqual(['C++ (a.b)']);
  });

  it('overlapping-terms-are-shown-once', () => {
    expect(mentions(['batch normalisation', 'normalisation'], 'Batch normalisation, then.')).toEqual([
      'Batch normalisation',
    ]);
  });

  it('every-mention-is-a-place-in-the-answer', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ minLength: 2, unit: 'binary' })),
        (answer, terms) => {
          for (const each of mentionsOf(
            { id: 'item', terms: terms.filter((term) => term.trim().length > 1) },
            answer,
          )) {
            if (each.kind !== 'mention') throw new Error('not a mention');
            expect(each.span.start).toBeLessThan(each.span.end);
            expect(each.span.end).toBeLessThanOrEqual(answer.length);
          }
        },
      ),
    );
  });
});

describe('code in an answer', () => {
  it('keeps-the-answers-line-numbers', () => {
    const answer = 'My model:\n\n```python\nimport torch\n```\n\nand\n\n```\nx = 1\n```\n';
    expect(sourceIn(answer)).toEqual({ source: '\n\n\nimport torch\n\n\n\n\n\nx = 1\n\n', from: 'fenced' });
  });

  it('other-languages-are-no-python', () => {
    expect(sourceIn('See\n```bash\nls\n```')).toBeUndefined();
    expect(sourceIn('```bash\npip install torch\n```\nThat is all.')).toBeUndefined();
  });

  it('an-answer-that-is-code', () => {
    expect(sourceIn('class Net(nn.Module):\n    pass\n')).toMatchObject({ from: 'whole' });
  });

  it('prose-is-no-code', () => {
    expect(sourceIn('I would use a residual network with few blocks.')).toBeUndefined();
  });

  it('a-line-is-found-again-by-its-number', () => {
    const answer = 'one\ntwo\nthree';
    expect(
      [1, 2, 3, 4]
        .map((line) => spanOfLine(answer, line))
        .map((span) => span && answer.slice(span.start, span.end)),
    ).toEqual(['one', 'two', 'three', undefined]);
  });
});
