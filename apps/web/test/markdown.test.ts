import { describe, expect, it } from '@jest/globals';
import { processorTime } from '../../../test/time/processor-time.js';
import fc from 'fast-check';
import { parseMarkdown, type Block, type Inline } from '../src/text/markdown.js';

const inlinesOf = (block: Block): readonly Inline[] => ('children' in block ? block.children : []);

/** Blocks and inlines as "kind:source", which is easy to compare. */
function outline(source: string): string[] {
  const show = (inline: Inline): string =>
    inline.kind === 'strong' || inline.kind === 'emphasis'
      ? `${inline.kind}(${inline.children.map(show).join(' ')})`
      : `${inline.kind}:${'from' in inline ? source.slice(inline.from, inline.to) : source.slice(inline.start, inline.end)}`;
  return parseMarkdown(source).map((block) =>
    block.kind === 'fence'
      ? `fence:${source.slice(block.from, block.to)}`
      : `${block.kind}[${inlinesOf(block).map(show).join(' ')}]`,
  );
}

describe('reading an answer as Markdown', () => {
  it('finds-formulas-in-dollars-and-brackets', () => {
    expect(outline('so $(3*7*7) * 512 = 75264$ and \\(a_1\\)')).toEqual([
      'paragraph[text:so  formula:(3*7*7) * 512 = 75264 text: and  formula:a_1]',
    ]);
    expect(outline('$$\\frac{1}{2}$$')).toEqual(['paragraph[formula:\\frac{1}{2}]']);
    expect(outline('\\[x^2\\]')).toEqual(['paragraph[formula:x^2]']);
  });

  it('leaves-money-and-lone-dollars-alone', () => {
    expect(outline('it costs $5 and $7')).toEqual(['paragraph[text:it costs $5 and $7]']);
    expect(outline('a lone $ sign')).toEqual(['paragraph[text:a lone $ sign]']);
  });

  it('keeps-stars-of-multiplication-as-they-are', () => {
    expect(outline('512 filters of size 7*7 on 3*128*128')).toEqual([
      'paragraph[text:512 filters of size 7*7 on 3*128*128]',
    ]);
    expect(outline('2 * 3 * 4')).toEqual(['paragraph[text:2 * 3 * 4]']);
  });

  it('keeps-underscores-of-names-as-they-are', () => {
    expect(outline('call batch_norm_stats and __init__ here')).toEqual([
      'paragraph[text:call batch_norm_stats and  strong(text:init) text: here]',
    ]);
  });

  it('reads-emphasis-and-code', () => {
    expect(outline('**a** *b* `c*d*`')).toEqual([
      'paragraph[strong(text:a) text:  emphasis(text:b) text:  code:c*d*]',
    ]);
  });

  it('keeps-the-marker-a-student-wrote', () => {
    const blocks = parseMarkdown('- one\n2. two\n(b) three\n  c) four');
    expect(blocks.map((block) => (block.kind === 'item' ? [block.marker, block.depth] : block.kind))).toEqual(
      [
        ['-', 0],
        ['2.', 0],
        ['(b)', 0],
        ['c)', 1],
      ],
    );
  });

  it('takes-code-in-fences-as-it-stands', () => {
    expect(outline('before\n```python\nx = "$a$"\n\n# no heading\n```\nafter')).toEqual([
      'paragraph[text:before]',
      'fence:x = "$a$"\n\n# no heading',
      'paragraph[text:after]',
    ]);
  });

  it('reads-an-unclosed-fence-to-the-end', () => {
    expect(outline('```\nx = 1\ny = 2')).toEqual(['fence:x = 1\ny = 2']);
    expect(outline('```')).toEqual(['fence:']);
  });

  it('covers-text-in-order-and-within-bounds', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '$',
      '*',
      '**',
      '_',
      '`',
      '```',
      '\\',
      '(',
      '\\(',
      '#',
      '- ',
      '1. ',
      '~~~',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const source = pieces.join('');
        let at = 0;
        for (const block of parseMarkdown(source)) {
          expect(block.start).toBeGreaterThanOrEqual(at);
          expect(block.end).toBeLessThanOrEqual(source.length);
          at = block.end;
          let inner = block.start;
          for (const inline of inlinesOf(block)) {
            expect(inline.start).toBeGreaterThanOrEqual(inner);
            expect(inline.end).toBeGreaterThan(inline.start);
            inner = inline.end;
          }
          expect(inner).toBeLessThanOrEqual(block.end);
        }
      }),
    );
  });

  it.each(['$', '*', '**', '`', '_', '\\(', '[', '- ', '> '])('stays-fast-on-a-long-run-of %s', (sign) => {
    const source = `${sign}a `.repeat(20_000);
    const began = processorTime();
    parseMarkdown(source);
    expect(processorTime() - began).toBeLessThan(2000);
  });
});
