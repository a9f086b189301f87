import { describe, expect, it } from '@jest/globals';
import { checksOn, convolution, counting, examOf, linesOf, notesOn } from './linting.js';

const CONV = [{ of: 'conv' }];

describe('numbers that tell errors apart', () => {
  it('are-silent', () => {
    expect(checksOn(counting(convolution({}), CONV))).toEqual([]);
  });

  it('swapped-channels-without-biases-have-the-same-weights-whatever-the-numbers', () => {
    expect(checksOn(counting(convolution({ bias: false }), CONV))).toEqual([]);
  });

  it('a-second-layer-tells-apart-what-the-first-does-not', () => {
    const network = {
      input: [3, 32, 32],
      layers: [
        { Conv2d: { name: 'conv1', out_channels: 64, kernel_size: 3 } },
        { Conv2d: { name: 'conv2', out_channels: 128, kernel_size: 3 } },
      ],
    };
    expect(checksOn(counting(network, [{ of: 'conv1' }, { of: 'conv2' }]))).toEqual([]);
    expect(checksOn(counting(network, [{}]))).toEqual([]);
    expect(checksOn(counting(network, [{ of: 'conv1' }]))).toEqual(['errors-alike']);
  });
});

describe('numbers that do not', () => {
  it('an-image-of-three-channels-and-kernels-of-three', () => {
    const yaml = examOf(counting(convolution({ kernel_size: 3 }, [3, 32, 32]), CONV));
    expect(notesOn(yaml).map(({ says }) => says)).toEqual([
      'These errors give the same numbers in everything that is asked, so nobody can tell them apart: ' +
        '(1) one side of the kernel is counted instead of its area; (2) the input channels are left out. ' +
        'With kernel_size: 5 instead of 3 they would differ.',
    ]);
    expect(linesOf(yaml)).toEqual([{ check: 'errors-alike', line: 'kernel_size: 3' }]);
  });

  it('square-layers-hide-swapped-channels', () => {
    const yaml = examOf(counting(convolution({}, [64, 32, 32]), CONV));
    const [note, ...others] = notesOn(yaml);
    expect(others).toEqual([]);
    expect(note?.says).toMatch(/comes out right even where .*input and output channels are swapped/);
    expect(linesOf(yaml)).toEqual([{ check: 'errors-hidden', line: 'out_channels: 64' }]);
  });

  it('kernels-of-one-hide-an-unsquared-one', () => {
    const yaml = examOf(counting(convolution({ kernel_size: 1 }), CONV));
    expect(notesOn(yaml).map(({ says }) => says)).toEqual([
      'Every number asked for comes out right even where one side of the kernel is counted instead of its area. ' +
        'With kernel_size: 3 instead of 1 it would show.',
    ]);
  });

  it('an-lstm-as-wide-as-its-input', () => {
    const network = { input: [20, 128], layers: [{ LSTM: { name: 'lstm', hidden_size: 128 } }] };
    expect(
      notesOn(examOf(counting(network, [{ of: 'lstm' }]))).map(({ check, path }) => [check, path.at(-1)]),
    ).toEqual([
      ['errors-hidden', 'hidden_size'],
      ['errors-alike', 'hidden_size'],
    ]);
  });

  it('a-network-in-code-is-told-in-words', () => {
    const network = {
      code: `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)

    def forward(self, x):
        return self.conv(x)
`,
      input: [3, 32, 32],
    };
    const [note] = notesOn(examOf(counting(network, CONV)));
    expect(note?.says).toMatch(/In the network, another kernel size would tell them apart\.$/);
    expect(note?.path).toEqual(['questions', 0, 'network']);
  });

  it('biases-that-may-be-left-out-hide-nothing', () => {
    const square = { input: [100], layers: [{ Linear: { name: 'fc', out_features: 100 } }] };
    expect(checksOn(counting(square, [{ of: 'fc' }]))).toEqual(['errors-hidden']);
    expect(checksOn(counting(square, [{ of: 'fc' }], { conventions: { bias: 'either' } }))).not.toContain(
      'errors-hidden',
    );
  });

  it('a-name-that-is-not-in-the-network', () => {
    expect(notesOn(examOf(counting(convolution({}), [{ of: 'fc' }])))).toMatchObject([
      { check: 'cannot-be-counted', part: '1', path: ['questions', 0, 'ask', 0, 'of'] },
    ]);
  });

  it('an-expression-without-a-value-is-named-where-it-stands', () => {
    const [note] = notesOn(
      examOf({
        ...counting(convolution({}), [{ of: 'conv' }]),
        network: undefined,
        ask: [{ id: 'n', says: 'N', value: '1/0', marks: 1 }],
      }),
    );
    expect(note?.path).toEqual(['questions', 0, 'ask', 0, 'value']);
    expect(note?.says).toMatch(/"1\/0" has no value: .*every answer to it needs a person\.$/);
  });
});

describe('numbers that a guess may hit', () => {
  it('an-answer-that-stands-in-the-question', () => {
    const question = counting(convolution({}), CONV, { prompt: 'Show that it has 25,664 parameters.' });
    expect(notesOn(examOf(question)).map(({ check, item }) => [check, item])).toEqual([
      ['lucky-guess', 'q0'],
    ]);
  });

  it('one-answer-to-two-questions', () => {
    const network = {
      input: [48, 32, 32],
      layers: [
        { Conv2d: { name: 'conv1', out_channels: 48, kernel_size: 5 } },
        { Conv2d: { name: 'conv2', out_channels: 48, kernel_size: 5 } },
        { Conv2d: { name: 'conv3', out_channels: 64, kernel_size: 5 } },
      ],
    };
    const notes = notesOn(examOf(counting(network, [{ of: 'conv1' }, { of: 'conv2' }, { of: 'conv3' }])));
    expect(notes.map(({ check, item }) => [check, item])).toEqual([['lucky-guess', 'q1']]);
  });

  it('a-round-number', () => {
    const network = { input: [50], layers: [{ Linear: { name: 'fc', out_features: 40, bias: false } }] };
    expect(checksOn(counting(network, [{ of: 'fc' }]))).toEqual(['lucky-guess']);
  });

  it('many-marks-on-a-bare-number', () => {
    const yaml = examOf(counting(convolution({}), [{ of: 'conv', marks: 4 }]));
    expect(notesOn(yaml)).toMatchObject([{ check: 'bare-number', path: ['questions', 0, 'ask', 0] }]);
    expect(checksOn(counting(convolution({}), [{ of: 'conv', marks: 4, method: 2 }]))).toEqual([]);
  });

  it('a-method-that-is-worth-everything', () => {
    expect(checksOn(counting(convolution({}), [{ of: 'conv', marks: 2, method: 2 }]))).toEqual([
      'method-worth-all',
    ]);
  });
});

describe('numbers of other kinds', () => {
  const network = {
    input: [3, 64, 64],
    layers: [
      { Conv2d: { name: 'conv1', out_channels: 24, kernel_size: 5, stride: 2, padding: 2 } },
      { MaxPool2d: { name: 'pool1', kernel_size: 2 } },
      { Conv2d: { name: 'conv2', out_channels: 40, kernel_size: 3, padding: 1 } },
      { AdaptiveAvgPool2d: { name: 'pool2', output_size: 1 } },
      'Flatten',
      { Linear: { name: 'fc', out_features: 10 } },
    ],
  };
  const table = (marks: number): object => ({
    id: '1',
    kind: 'numeric',
    marks: 10 * marks,
    prompt: 'Fill in the table.',
    network,
    ask: [
      { id: 'm', says: 'Work', quantity: 'multiply-accumulates', marks: 0 },
      {
        id: 't',
        says: 'Table',
        table: { rows: ['conv1', 'pool1', 'conv2', 'pool2', 'fc'], columns: ['output-shape', 'parameters'] },
        marks,
      },
    ],
  });

  it('a-table-of-shapes-and-counts-is-silent', () => {
    expect(checksOn(table(1))).toEqual(['no-marks']);
  });

  it('a-note-on-a-cell-points-at-its-table', () => {
    const yaml = examOf(table(2));
    expect(linesOf(yaml)).toEqual([
      { check: 'no-marks', line: 'marks: 0' },
      { check: 'bare-number', line: 'id: t' },
    ]);
    expect(notesOn(yaml).at(-1)?.says).toMatch(
      /^All marks of t\.conv1\.parameters \(2\), t\.conv2\.parameters \(2\), t\.fc\.parameters \(2\) hang on/,
    );
  });

  it('what-the-examiner-works-out-is-taken-as-it-is', () => {
    const written = {
      id: '1',
      kind: 'numeric',
      marks: 3,
      prompt: 'Of 2000 images 1000 are right.',
      ask: [{ id: 'a', says: 'Accuracy', value: '1000', marks: 3 }],
    };
    expect(checksOn(written)).toEqual([]);
  });
});
