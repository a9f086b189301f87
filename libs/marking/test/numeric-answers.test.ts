import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';
import { processorTime } from '../../../test/time/processor-time.js';

/** LeNet's convolutions and two linear layers: 156, 2,416, 48,120 and 1,210 parameters. */
const EXAM = `
format: 1
exam: lenet
title: A small network
questions:
  - id: 1
    kind: numeric
    marks: 20
    prompt: Work through this network.
    network:
      input: [1, 32, 32]
      layers:
        - Conv2d: { name: conv1, out_channels: 6, kernel_size: 5 }
        - ReLU
        - AvgPool2d: { name: pool1, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 16, kernel_size: 5 }
        - ReLU
        - AvgPool2d: { name: pool2, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc1, out_features: 120 }
        - ReLU
        - Linear: { name: fc2, out_features: 10 }
    ask:
      - { id: shape, says: Output shape of the first convolution, quantity: output-shape, of: conv1, marks: 2 }
      - { id: conv1, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: flat, says: Features after flattening, quantity: features, of: flatten, marks: 2, method: 1 }
      - { id: fc1, says: Parameters of the first fully connected layer, quantity: parameters, of: fc1, marks: 3, method: 2 }
      - { id: macs, says: Multiply-accumulates of the first convolution, quantity: multiply-accumulates, of: conv1, marks: 3, method: 2 }
      - { id: field, says: Receptive field of the second convolution, quantity: receptive-field, of: conv2, marks: 2 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 3, method: 1 }
      - { id: softmax, says: Softmax probability of the first class, value: exp(2)/(exp(2)+exp(1)+exp(0)), decimals: 3, marks: 1 }
`;

const LINES = {
  shape: 'First convolution: output 6x28x28',
  conv1: 'Parameters of conv1: 6*(5*5*1+1) = 156',
  conv2: 'Second convolution parameters: 16*(6*5*5+1) = 2416',
  flat: 'After flattening: 16*5*5 = 400 features',
  fc1: 'First fully connected layer: 400*120 + 120 = 48120',
  macs: 'MACs conv1: 28*28*6*25 = 117600',
  field: 'Receptive field of conv2: 5 + (5-1)*2 + 1 = 14',
  fc2: 'fc2: 120*10+10 = 1210',
  total: 'Total: 156 + 2416 + 48120 + 1210 = 51902',
  softmax: 'Softmax of first class: e^2/(e^2+e+1) = 0.665',
};

const FULL = {
  shape: '2',
  conv1: '2',
  conv2: '2',
  flat: '2',
  fc1: '3',
  macs: '3',
  field: '2',
  total: '3',
  softmax: '1',
};

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function partOf(yaml: string) {
  const reading = readExam(yaml);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return part;
}

function mark(lines: Readonly<Record<string, string>>, yaml = EXAM) {
  const proposal = engine.mark(partOf(yaml), Object.values(lines).join('\n'));
  const marks = Object.fromEntries(
    proposal.items.map(({ item, proposed, outcome }) => [item, proposed ?? outcome]),
  );
  const reasonOf = (id: string): string => proposal.items.find(({ item }) => item === id)?.reason ?? '';
  return { proposal, marks, reasonOf };
}

describe('a numeric question with all kinds of quantities', () => {
  it('all-right', () => {
    const { marks, proposal } = mark(LINES);
    expect(marks).toEqual(FULL);
    expect(proposal).toMatchObject({ outcome: 'proposed', marks: '20' });
  });

  it('rows-in-reverse', () => {
    expect(mark(Object.fromEntries(Object.entries(LINES).toReversed())).marks).toEqual(FULL);
  });

  it('right-by-another-route', () => {
    const lines = {
      ...LINES,
      conv2: 'Second convolution: weights 16*150 = 2400, biases 16, so 2400 + 16 = 2416',
      fc1: 'First fully connected layer: (400 + 1) * 120 = 48120',
    };
    expect(mark(lines).marks).toEqual(FULL);
  });

  it('a-slip-in-the-arithmetic-is-carried-forward-once', () => {
    const lines = {
      ...LINES,
      conv2: 'Second convolution parameters: 16*(6*5*5+1) = 2461',
      total: 'Total: 156 + 2461 + 48120 + 1210 = 51947',
    };
    expect(mark(lines).marks).toEqual({ ...FULL, conv2: '1' });
  });

  it('a-wrong-size-is-carried-through-the-flattening', () => {
    const lines = {
      ...LINES,
      flat: 'After flattening: 16*6*6 = 576 features',
      fc1: 'First fully connected layer: 576*120 + 120 = 69240',
      total: 'Total: 156 + 2416 + 69240 + 1210 = 73022',
    };
    const { marks, reasonOf } = mark(lines);
    expect(marks).toEqual({ ...FULL, flat: '1' });
    expect(reasonOf('fc1')).toBe('Not 48,120, but it follows without a slip from 16*6*6 (flat).');
  });

  it('two-slips-each-cost-once', () => {
    const lines = {
      ...LINES,
      conv1: 'Parameters of conv1: 6*(5*5*1+1) = 165',
      fc1: 'First fully connected layer: 400*120 + 120 = 48210',
      total: 'Total: 165 + 2416 + 48210 + 1210 = 52001',
    };
    expect(mark(lines).marks).toEqual({ ...FULL, conv1: '1', fc1: '2' });
  });

  it('a-forgotten-bias-is-explained', () => {
    const lines = {
      ...LINES,
      conv1: 'Parameters of conv1: 6*5*5*1 = 150',
      total: 'Total: 150 + 2416 + 48120 + 1210 = 51896',
    };
    const { marks, reasonOf } = mark(lines);
    expect(marks).toEqual({ ...FULL, conv1: '0' });
    expect(reasonOf('conv1')).toMatch(/bias/);
  });

  it('an-unsquared-kernel-is-explained', () => {
    const { marks, reasonOf } = mark({
      ...LINES,
      conv2: 'Second convolution parameters: 16*(6*5+1) = 496',
      total: 'Total: 156 + 496 + 48120 + 1210 = 49982',
    });
    expect(marks).toEqual({ ...FULL, conv2: '0' });
    expect(reasonOf('conv2')).toMatch(/one side of the kernel is counted instead of its area/);
  });

  it('numbers-with-no-working', () => {
    const bare = {
      shape: 'Output of the first convolution: (6, 28, 28)',
      conv1: 'Parameters of conv1: 156',
      conv2: 'Parameters of conv2: 2,416',
      flat: 'Flattened: 400',
      fc1: 'fc1: 48120',
      macs: 'MACs of conv1: 117600',
      field: 'Receptive field of conv2: 14',
      total: 'Total parameters: 51902',
      softmax: 'Softmax of first class: 0.665',
    };
    expect(mark(bare).marks).toEqual(FULL);
  });

  it('working-with-no-number', () => {
    const { marks } = mark({ ...LINES, fc1: 'First fully connected layer: 400*120 + 120' });
    expect(marks).toEqual({ ...FULL, fc1: '2' });
  });

  it('a-right-number-for-another-quantity-needs-a-person', () => {
    const { marks } = mark({
      ...LINES,
      conv1: 'Parameters of conv1: 2416',
      conv2: 'Parameters of conv2: 156',
    });
    expect(marks).toMatchObject({ conv1: 'undecided', conv2: 'undecided' });
  });

  it('prose-alone-needs-a-person', () => {
    const { proposal, marks } = mark({
      all: 'The network first convolves, then pools, and ends in two dense layers.',
    });
    expect(proposal.outcome).toBe('needs-person');
    expect(new Set(Object.values(marks))).toEqual(new Set(['undecided']));
  });

  it('two-totals-need-a-person', () => {
    const { marks } = mark({ ...LINES, again: 'Total parameters: 51903' });
    expect(marks).toMatchObject({ total: 'undecided' });
  });

  it.each(['2 + 2 = 4', '12 * 12 = 144', '28*28 = 784', '1 + 1 + 1 = 3', '6 * 5 = 30'])(
    'the-true-equation-%s-lowers-no-mark',
    (equation) => {
      expect(mark({ ...LINES, more: equation }).marks).toEqual(FULL);
      expect(mark({ more: equation, ...LINES }).marks).toEqual(FULL);
    },
  );

  it('follow-through-switched-off', () => {
    const yaml = EXAM.replace(
      'quantity: parameters, marks: 3, method: 1 }',
      'quantity: parameters, marks: 3, method: 1, follow: false }',
    );
    const lines = {
      ...LINES,
      conv2: 'Second convolution parameters: 16*(6*5*5+1) = 2461',
      total: 'Total: 156 + 2461 + 48120 + 1210 = 51947',
    };
    expect(mark(lines, yaml).marks['total']).not.toBe('3');
  });

  it('the-derivation-names-each-step', () => {
    expect(mark(LINES).proposal.derivation).toContain(
      '**Parameters of the first convolution**: $6 \\cdot (1 \\cdot 5 \\cdot 5 + 1) = 156$',
    );
  });

  it('marking-takes-milliseconds', () => {
    const part = partOf(EXAM);
    const text = Object.values(LINES).join('\n');
    for (let round = 0; round < 3; round += 1) engine.mark(part, text);
    const started = processorTime();
    for (let round = 0; round < 10; round += 1) engine.mark(part, text);
    expect((processorTime() - started) / 10).toBeLessThan(200);
  });
});

describe('conventions', () => {
  const RECURRENT = (conventions: string) => `
format: 1
exam: lstm
title: A recurrent layer
questions:
  - id: 1
    kind: numeric
    marks: 2
    prompt: How many parameters has an LSTM with 10 inputs and 20 hidden units?
    network:
      input: [5, 10]
      layers:
        - LSTM: { name: lstm, input_size: 10, hidden_size: 20, batch_first: true }
    ${conventions}
    ask:
      - { id: lstm, says: Parameters of the LSTM, quantity: parameters, of: lstm, marks: 2 }
`;

  it('one-bias-vector-for-each-gate', () => {
    const text = { all: 'LSTM: 4 * ((10 + 20) * 20 + 20) = 2480' };
    expect(mark(text, RECURRENT('')).marks).toEqual({ lstm: '2' });
    expect(mark(text, RECURRENT('conventions: { recurrentBias: two }')).marks).toEqual({ lstm: '0' });
  });

  it('two-bias-vectors-as-pytorch-has-them', () => {
    const text = { all: 'LSTM: 4 * (10*20 + 20*20 + 2*20) = 2560' };
    expect(mark(text, RECURRENT('')).marks).toEqual({ lstm: '2' });
  });
});

describe('a table', () => {
  const TABLE = `
format: 1
exam: table
title: A table
questions:
  - id: 1
    kind: numeric
    marks: 4
    prompt: Fill in the table.
    network:
      input: [3, 32, 32]
      layers:
        - Conv2d: { name: conv1, out_channels: 8, kernel_size: 3, padding: 1 }
        - MaxPool2d: { name: pool1, kernel_size: 2 }
    ask:
      - { id: t, says: Table, table: { rows: [conv1, pool1], columns: [output-shape, parameters] }, marks: 1 }
`;

  it('is-marked-cell-by-cell', () => {
    const rows = {
      t: '| layer | output | parameters |\n|---|---|---|\n| conv1 | 8x32x32 | 224 |\n| pool1 | 8x16x16 | 10 |',
    };
    expect(mark(rows, TABLE).marks).toEqual({
      't.conv1.output-shape': '1',
      't.conv1.parameters': '1',
      't.pool1.output-shape': '1',
      't.pool1.parameters': '0',
    });
  });
});
