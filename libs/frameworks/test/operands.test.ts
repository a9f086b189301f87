import { expect, it } from '@jest/globals';
import { isValue, openProgramReader } from '@tensormark/frameworks';

/** What each operation of a program on a tensor `x` was given, as it is written: `x` or a number. */
function operandsIn(python: string): (string | number)[][] {
  const { events } = openProgramReader().read(`import torch\nx = torch.rand(3)\n${python}\n`, {
    filename: 'program.py',
  });
  return events
    .flatMap((event) => (event.kind === 'call' && event.name !== 'rand' ? [event.args.positional] : []))
    .map((operands) => operands.map((datum) => (isValue(datum) ? 'x' : Number(datum))));
}

// Python hands `1 - x` to the tensor's own method, which has the operands the other way about.
it.each([
  ['number-less-tensor', 'y = 1 - x', [1, 'x']],
  ['tensor-less-number', 'y = x - 1', ['x', 1]],
  ['number-through-tensor', 'y = 2 / x', [2, 'x']],
  ['number-to-the-tensor', 'y = 2 ** x', [2, 'x']],
  ['tensor-to-the-number', 'y = x ** 2', ['x', 2]],
  ['number-times-tensor', 'y = 0.5 * x', [0.5, 'x']],
  ['number-less-unknown', 'from data import x\ny = 1 - x', [1, 'x']],
])('has operands in the order they are written in: %s', (_case, python, operands) => {
  expect(operandsIn(python)).toContainEqual(operands);
});
