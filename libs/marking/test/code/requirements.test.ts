import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  openMarkingEngine,
  partsOf,
  readExam,
  type MarkingEngine,
  type ProposedMark,
} from '../../src/index.js';
import { KERAS_SUBMISSIONS } from './keras-submissions.js';
import { TORCH_ENDINGS } from './torch-endings.js';
import { TORCH_SUBMISSIONS } from './torch-submissions.js';

const REQUIREMENTS = {
  reads: 'check: reads-without-error',
  logits: 'check: output-shape, shape: [10]',
  raw: 'check: raw-scores',
  budget: 'check: parameter-budget, atMost: 100000',
  bias: 'check: no-bias-before-normalisation',
  drop: 'check: uses, layers: [Dropout, Dropout2d]',
  bn: 'check: uses, layers: [BatchNorm2d]',
  relu: 'check: uses, layers: [ReLU]',
  nopool: 'check: avoids, layers: [MaxPool2d, AvgPool2d]',
  convs: 'check: layer-count, layers: [Conv2d], atLeast: 2, atMost: 3',
  res: 'check: residual-connection',
};

const exam = (input: string, requirements: Readonly<Record<string, string>>): string => `format: 1
exam: requirements
title: Requirements
questions:
  - id: 1
    kind: code
    marks: ${Object.keys(requirements).length}
    prompt: Write a classifier.
    input: ${input}
    requirements:
${Object.entries(requirements)
  .map(([id, check]) => `      - { id: ${id}, says: ${id}, marks: 1, ${check} }`)
  .join('\n')}
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function marked(yaml: string, answer: string): ProposedMark {
  const reading = readExam(yaml);
  if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return engine.mark(part, answer);
}

const SHORT: ReadonlyMap<string, 0 | 1 | '?'> = new Map<string, 0 | 1 | '?'>([
  ['met', 1],
  ['not-met', 0],
  ['undecided', '?'],
]);
const decided = (yaml: string, answer: string) =>
  Object.fromEntries(marked(yaml, answer).items.map(({ item, outcome }) => [item, SHORT.get(outcome)]));

describe('requirements on code in many styles', () => {
  it.each([...TORCH_SUBMISSIONS, ...TORCH_ENDINGS, ...KERAS_SUBMISSIONS])('%s', (_name, answer, wanted) => {
    expect(decided(exam('[1, 28, 28]', REQUIREMENTS), answer)).toMatchObject(wanted);
  });
});

const keras = (layers: string) => `from tensorflow import keras
from tensorflow.keras import layers
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    ${layers}
])
`;

describe('inputs as the other framework lays them out', () => {
  const feature = { reads: 'check: reads-without-error', map: 'check: output-shape, shape: [8, 26, 26]' };

  it('a-feature-map-of-keras-has-its-channels-last', () => {
    const answer = keras('layers.Conv2D(8, 3)');
    expect(decided(exam('[1, 28, 28]', feature), answer)).toEqual({ reads: 1, map: 1 });
    expect(marked(exam('[1, 28, 28]', feature), answer).evidence.map(({ kind }) => kind)).toContain('fact');
  });

  it('as-many-filters-as-asked-for-are-not-as-many-columns', () => {
    expect(decided(exam('[1, 28, 28]', feature), keras('layers.Conv2D(26, 3)'))).toEqual({
      reads: 1,
      map: 0,
    });
  });

  it('a-network-of-pytorch-on-an-input-of-keras-is-for-a-person', () => {
    const answer = `import torch.nn as nn
net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())
`;
    const { outcome, marks } = marked(exam('[28, 28, 1]', { reads: 'check: reads-without-error' }), answer);
    expect({ outcome, marks }).toEqual({ outcome: 'needs-person', marks: null });
  });

  it('another-input-is-laid-out-alike', () => {
    const larger = { larger: 'check: accepts-input, shape: [1, 64, 64]' };
    const pooled = keras('layers.Conv2D(8, 3),').replace('28, 28, 1', 'None, None, 1');
    expect(decided(exam('[1, 28, 28]', larger), pooled)).toEqual({ larger: 1 });
    expect(decided(exam('[1, 28, 28]', larger), keras('layers.Flatten(), layers.Dense(10)'))).toEqual({
      larger: 0,
    });
  });
});

describe('how many layers', () => {
  const count = (layers: string, bounds: string) => ({
    count: `check: layer-count, layers: [${layers}], ${bounds}`,
  });
  const twice = `import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.b(self.act(self.a(x))))
`;

  it.each([
    ['one-activation-called-twice-is-two-to-some', count('ReLU', 'atLeast: 2'), '?'],
    ['neither-one-nor-two-is-three', count('ReLU', 'atLeast: 3'), 0],
    ['one-or-two-are-at-most-two', count('ReLU', 'atLeast: 1, atMost: 2'), 1],
    ['layers-with-weights-are-counted-once', count('Linear', 'atLeast: 2, atMost: 2'), 1],
    ['by-the-names-of-keras', count('Dense', 'atLeast: 2, atMost: 2'), 1],
  ])('%s', (_name, requirement, wanted) => {
    expect(decided(exam('[4]', requirement), twice)).toEqual({ count: wanted });
  });
});
