import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentencesOf } from '../src/index.js';

const quotes = (text: string): string[] => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

describe('sentences of an answer', () => {
  it.each([
    ['two-sentences', 'It learns. Then it stops.', ['It learns.', 'Then it stops.']],
    ['no-capital', 'it learns. then it stops', ['it learns.', 'then it stops']],
    [
      'abbreviations',
      'Use a schedule, e.g. cosine. See Fig. 3, i.e. the plot.',
      ['Use a schedule, e.g. cosine.', 'See Fig. 3, i.e. the plot.'],
    ],
    [
      'et-cetera-inside',
      'Dropout, noise etc. are used. It helps.',
      ['Dropout, noise etc. are used.', 'It helps.'],
    ],
    ['decimals', 'The rate is 0.01 at first. It falls.', ['The rate is 0.01 at first.', 'It falls.']],
    ['inline-formula', 'We set $x_1. y$ to 0. Done here.', ['We set $x_1. y$ to 0.', 'Done here.']],
    ['no-space-after-stop', 'This makes it faster.This is good.', ['This makes it faster.', 'This is good.']],
    ['list', '- gradients shrink\n- the input is added\n', ['gradients shrink', 'the input is added']],
    ['numbered-list', '1. First thing.\n2) Second thing.', ['First thing.', 'Second thing.']],
    ['soft-wrap', 'The gradient\nvanishes. It\nis lost.', ['The gradient\nvanishes.', 'It\nis lost.']],
    ['heading', '# Dropout\nIt drops units.', ['Dropout', 'It drops units.']],
    ['emphasis', '**Dropout** drops units. *So* it helps.', ['Dropout** drops units.', 'So* it helps.']],
    [
      'code-fence',
      'Look here.\n\n```python\nx = nn.Linear(3. 4)\n```\n\nThat was code.',
      ['Look here.', 'That was code.'],
    ],
    ['ellipsis', 'It learns ... and then stops. Fine.', ['It learns ... and then stops.', 'Fine.']],
  ])('%s', (_, text, expected) => {
    expect(quotes(text)).toEqual(expected);
  });

  it('takes a display of mathematics for no sentence, and a line of signs for a formula', () => {
    expect(sentencesOf('$$y = \\gamma \\hat{x} + \\beta$$')).toEqual([]);
    expect(sentencesOf('y = g * (x - mu) / s + b').map(({ kind }) => kind)).toEqual(['formula']);
  });

  it('knows where a sentence is not closed', () => {
    expect(sentencesOf('It ends. It breaks').map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('gives places in order that never overlap, whatever the text', () => {
    const piece = fc.constantFrom(
      'The gradient vanishes',
      '. ',
      '\n',
      '- ',
      '$x$',
      '```',
      '$$',
      ' e.g. ',
      '\n\n',
      'ß😀',
      '1. ',
      '|',
      '*',
      '`a`',
      '; ',
      '?',
      '<b>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end, prose } of sentencesOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(prose).toHaveLength(end - start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('cuts a sentence that goes on for too long at its seams', () => {
    const long = Array.from(
      { length: 12 },
      () => 'the gradient is multiplied again and gets smaller at every layer',
    ).join(', and ');
    const parts = quotes(long);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.length < 500)).toBe(true);
  });

  it('reads a hostile text in little time', () => {
    const started = performance.now();
    sentencesOf('`'.repeat(20_000) + '$'.repeat(20_000) + 'a. '.repeat(8_000));
    sentencesOf('<'.repeat(60_000));
    sentencesOf('\\begin{align}'.repeat(4_000));
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
