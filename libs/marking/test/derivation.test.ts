import { beforeAll, describe, expect, it } from '@jest/globals';
import katex from 'katex';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';
import { written } from '../worked-answers/paper.js';
import { partOf } from '../worked-answers/marking-papers.js';
import { PAPERS } from '../worked-answers/papers/papers.js';

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

const derivationOf = (question: string): string =>
  engine.mark(partOf({ question }), 'Nothing.').derivation ?? '';

describe('a model answer', () => {
  it('goes-through-what-is-asked-and-the-numbers-it-rests-on', () => {
    const derivation = derivationOf(written`
      marks: 3
      prompt: Count.
      network:
        input: [3, 32, 32]
        layers:
          - Conv2d: { name: conv, out_channels: 64, kernel_size: 3, padding: 1 }
          - MaxPool2d: { name: pool, kernel_size: 2 }
          - Flatten: { name: flatten }
          - Linear: { name: fc, out_features: 10 }
      ask:
        - { id: shape, says: Shape after pooling, quantity: output-shape, of: pool, marks: 1 }
        - { id: total, says: Parameters, quantity: parameters, marks: 1 }
        - { id: memory, says: Memory, quantity: parameter-memory, unit: kB, marks: 1 }
    `);
    expect(derivation.split('\n')).toEqual([
      'Counted as the question gives the network, a kilobyte of 1000 bytes:',
      '',
      '- height and width of `conv`: $\\frac{32 + 2 \\cdot 1 - 3}{1} + 1 = 32$',
      '- height and width of `pool`: $\\frac{32 - 2}{2} + 1 = 16$',
      '- **Shape after pooling**: $64 \\times 16 \\times 16$',
      '- parameters of `conv`: $64 \\cdot (3 \\cdot 3 \\cdot 3 + 1) = 1{,}792$',
      '- features of `flatten`: $64 \\cdot 16 \\cdot 16 = 16{,}384$',
      '- parameters of `fc`: $10 \\cdot (16{,}384 + 1) = 163{,}850$',
      '- **Parameters**: $1{,}792 + 163{,}850 = 165{,}642$',
      '- **Memory**: $165{,}642 \\cdot 4 = 662{,}568\\,\\text{bytes},\\quad \\frac{662{,}568}{1000} = 662.568\\,\\text{kB}$',
    ]);
  });

  it('says-layers-alike-once-and-names-both-bias-vectors', () => {
    const derivation = derivationOf(written`
      marks: 1
      prompt: Count.
      network:
        input: [20, 32]
        layers:
          - LSTM: { name: a, hidden_size: 32, batch_first: true }
          - LSTM: { name: b, hidden_size: 32, batch_first: true }
      conventions: { recurrentBias: two }
      ask:
        - { id: total, says: Parameters, quantity: parameters, marks: 1 }
    `);
    expect(derivation.split('\n')).toEqual([
      'Counted as the question gives the network, two bias vectors for each gate:',
      '',
      '- parameters of `a` and `b`: $4 \\cdot 32 \\cdot (32 + 32 + 2) = 8{,}448$',
      '- **Parameters**: $8{,}448 + 8{,}448 = 16{,}896$',
    ]);
  });

  it('writes-out-the-expressions-of-the-examiner', () => {
    const derivation = derivationOf(written`
      marks: 2
      prompt: Softmax of two logits.
      ask:
        - { id: z, says: Sum, value: exp(1)+exp(0), decimals: 2, marks: 1 }
        - { id: p, says: Probabilities, value: ['exp(1)/z', 'exp(0)/z'], decimals: 3, marks: 1 }
    `);
    expect(derivation).toContain('\\approx 3.71828$');
    expect(derivation).toContain('- **Probabilities**: $(0.731059,\\ 0.268941)$');
    expect(derivation).not.toMatch(/ = 0\.26/);
  });

  it.each(PAPERS.map((paper) => [paper.name, paper] as const))(
    'of %s rests on what it has shown',
    (_, paper) => {
      const derivation = engine.mark(partOf(paper), 'Nothing.').derivation ?? '';
      const shown = new Set<string>();
      const fromNowhere: string[] = [];
      for (const [line] of derivation.matchAll(/^- .*$/gm)) {
        const [, left = '', right = ''] = /\$(.*?)(?: = |\\approx)([^$]*)\$/.exec(line) ?? [];
        // Numbers past a million stand in no question: they have been worked out before.
        for (const [number] of left.matchAll(/\d{1,3}(?:\{,\}\d{3}){2,}/g))
          if (!shown.has(number)) fromNowhere.push(`${number} in ${line}`);
        for (const [number] of right.matchAll(/\d{1,3}(?:\{,\}\d{3})*/g)) shown.add(number);
      }
      expect(fromNowhere).toEqual([]);
      const formulas = [...derivation.matchAll(/\$([^$]*)\$/g)].map(([, formula = '']) => formula);
      expect(formulas).not.toEqual([]);
      for (const formula of formulas)
        expect(katex.renderToString(formula, { throwOnError: true, strict: 'error' })).not.toBe('');
    },
  );
});

describe('the model answer of the demonstration paper', () => {
  it('is-the-shortest-that-shows-each-block', async () => {
    const { readFile } = await import('node:fs/promises');
    const yaml = await readFile(
      new URL('../../../examples/demonstration/exam.yaml', import.meta.url),
      'utf8',
    );
    const reading = readExam(yaml);
    if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
    const part = partsOf(reading.definition).find(({ key }) => key === '2');
    if (part === undefined) throw new Error('the paper has no question 2');
    expect(engine.mark(part, 'Nothing.').derivation?.split('\n')).toHaveLength(6);
  });
});
