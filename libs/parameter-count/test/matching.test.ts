import { describe, expect, it } from '@jest/globals';
import { readWorking } from '@tensormark/arithmetic';
import { readLayers } from '@tensormark/network';
import { buildReferences, conventionWords, matchWorking } from '../src/index.js';

/** A stem of 64 7×7 filters on 3 channels, a grouped block of 4 × 16 3×3 filters, a head for 10 classes. */
const NETWORK = {
  input: [3, 64, 64],
  layers: [
    { Conv2d: { name: 'stem', out_channels: 64, kernel_size: 7, padding: 3, bias: false } },
    { Conv2d: { name: 'grouped', out_channels: 64, kernel_size: 3, padding: 1, groups: 4, bias: false } },
    { AdaptiveAvgPool2d: 1 },
    'Flatten',
    { Linear: { name: 'classifier', out_features: 10, bias: false } },
  ],
};

function referencesOf() {
  const reading = readLayers(NETWORK);
  if (reading.kind !== 'network') throw new Error(reading.message);
  const found = buildReferences(
    reading.network,
    [
      { id: 'stem', says: 'Parameters of the first block', what: 'parameters', of: 'stem' },
      { id: 'grouped', says: 'Parameters of the second block', what: 'parameters', of: 'grouped' },
      { id: 'head', says: 'Parameters of the classifier', what: 'parameters', of: 'classifier' },
      { id: 'total', says: 'Parameters of the whole network', what: 'parameters' },
    ],
    {
      bias: 'either',
      recurrentBias: 'either',
      statistics: 'left-out',
      work: 'flops',
      activations: 'every-output',
      kilo: 'either',
    },
  );
  if (found.kind !== 'references') throw new Error(found.kind);
  return found.references;
}

const REFERENCES = referencesOf();

const GOOD = `1. First block: 64 filters of 7*7 on 3 channels
Parameters: $(3 \\times 7 \\times 7) \\times 64 = 9{,}408$
2. Second block: four groups
Per group: $16 * 16 * 3 * 3 = 2304$
Parameters: $2304 * 4 = 9216$
3. Classifier
Parameters: $64 * 10 = 640$
Total: $9408 + 9216 + 640 = \\mathbf{19264}$
`;

function outcomesOf(text: string) {
  const { reference, outcomes, mixed } = matchWorking(REFERENCES, readWorking(text));
  const kinds = Object.fromEntries([...outcomes].map(([id, outcome]) => [id, outcome.kind]));
  return { convention: reference.convention.bias, kinds, mixed, outcomes };
}

const ALL_CORRECT = { stem: 'correct', grouped: 'correct', head: 'correct', total: 'correct' };

describe('matching a working to what was asked', () => {
  it('all-right-step-by-step', () => {
    expect(outcomesOf(GOOD)).toMatchObject({ convention: 'as-given', kinds: ALL_CORRECT, mixed: [] });
  });

  it('rows-out-of-order', () => {
    const rows = GOOD.trim().split('\n');
    const shuffled = [rows[7], ...rows.slice(5, 7), ...rows.slice(2, 5), ...rows.slice(0, 2)].join('\n');
    expect(outcomesOf(shuffled).kinds).toEqual(ALL_CORRECT);
  });

  it('numbers-with-no-working', () => {
    const { kinds, outcomes } = outcomesOf(
      'First block: 9408\nSecond block: 9216\nClassifier: 640\nTotal: 19264\n',
    );
    expect(kinds).toEqual(ALL_CORRECT);
    expect(outcomes.get('stem')).toMatchObject({ support: 'stated-only' });
  });

  it('biases-counted-throughout', () => {
    const text = `First block: 64*(3*7*7+1) = 9472
Second block: 64*(16*3*3+1) = 9280
Classifier: (64+1)*10 = 650
Total: 9472 + 9280 + 650 = 19402`;
    expect(outcomesOf(text)).toMatchObject({ convention: 'with', kinds: ALL_CORRECT });
  });

  it('biases-counted-in-one-block-alone', () => {
    const text = GOOD.replace('64 * 10 = 640', '(64 + 1) * 10 = 650').replace(
      '640 = \\mathbf{19264}',
      '650 = 19274',
    );
    const { convention, mixed } = outcomesOf(text);
    expect(convention).toBe('as-given');
    expect(mixed.map(({ asked }) => asked.id)).toEqual(['head']);
    expect(mixed.map((each) => conventionWords(each.reference.convention))).toEqual([
      'with a bias for each output',
    ]);
  });

  it('a-slip-in-the-arithmetic-keeps-the-method', () => {
    const { kinds, outcomes } = outcomesOf(
      GOOD.replace('= 9{,}408', '= 9{,}480').replace('9408 +', '9480 +').replace('{19264}', '{19336}'),
    );
    expect(kinds).toEqual({ stem: 'method', grouped: 'correct', head: 'correct', total: 'follows' });
    expect(outcomes.get('total')).toMatchObject({ from: [{ node: 'stem/parameters' }] });
  });

  it('a-wrong-count-is-found-by-its-words', () => {
    const text = GOOD.replace('$2304 * 4 = 9216$', '$64*64*3*3 = 36864$')
      .replace('9408 + 9216 + 640', '9408 + 36864 + 640')
      .replace('{19264}', '{46912}');
    const { kinds, outcomes } = outcomesOf(text);
    expect(kinds).toEqual({ stem: 'correct', grouped: 'wrong', head: 'correct', total: 'follows' });
    const outcome = outcomes.get('grouped');
    expect(outcome?.kind === 'wrong' && text.slice(outcome.claim.span.start, outcome.claim.span.end)).toBe(
      '36864',
    );
  });

  it('a-wrong-total', () => {
    expect(outcomesOf(GOOD.replace('{19264}', '{19364}')).kinds).toEqual({
      stem: 'correct',
      grouped: 'correct',
      head: 'correct',
      total: 'method',
    });
  });

  it('a-missing-part', () => {
    const rows = GOOD.trim()
      .split('\n')
      .filter((row) => !/Classifier|640/.test(row))
      .join('\n');
    expect(outcomesOf(rows).kinds).toMatchObject({
      stem: 'correct',
      grouped: 'correct',
      head: 'not-found',
      total: 'not-found',
    });
  });

  it('prose-alone-finds-nothing', () => {
    expect(
      outcomesOf('I would multiply the filters by the channels, for 7*7 kernels on 3*128*128 images.').kinds,
    ).toEqual({
      stem: 'not-found',
      grouped: 'not-found',
      head: 'not-found',
      total: 'not-found',
    });
  });

  it('the-right-number-from-a-false-equation-is-contradicted', () => {
    const { outcomes } = outcomesOf(
      GOOD.replace('(3 \\times 7 \\times 7) \\times 64', '3 \\times 7 \\times 64'),
    );
    expect(outcomes.get('stem')).toMatchObject({ kind: 'correct', support: 'contradicted' });
  });
});
