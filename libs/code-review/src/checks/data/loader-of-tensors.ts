import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { nodesOf } from '../../ask/tree.js';
import { functionAt, onlyGiving } from '../../ask/written-kinds.js';

const PAIRED = (data: string): string => `
import torch
from torch.utils.data import DataLoader, TensorDataset
from somewhere import images, labels
inputs = torch.tensor(images, dtype=torch.float32)
targets = torch.tensor(labels)
data = ${data}
loader = DataLoader(data, batch_size=32, shuffle=True)
for x, y in loader:
    print(x.shape, y.shape)
`;

export const loaderOfTensors: Check = {
  id: 'loader-of-tensors',
  title: 'A loader over a pair of tensors',
  severity: 'error',
  why: 'A tuple of inputs and targets is a data set of two examples to a loader: the first is all inputs, the second all targets.',
  instead: 'DataLoader(TensorDataset(inputs, targets), …)',
  needs: 'A loader that is given a tuple of tensors, by what they are made with.',
  wrong: [PAIRED('(inputs, targets)').replace('data = (inputs, targets)', 'data = (inputs, targets)  # <--')],
  right: [PAIRED('TensorDataset(inputs, targets)'), PAIRED('list(zip(inputs, targets))')],
  *run(program) {
    for (const { call, path } of torchCalls(program)) {
      const data = writtenArgument(call, 0, 'dataset');
      if (!/^torch\.utils\.data\.(dataloader\.)?DataLoader$/.test(path) || data === undefined) continue;
      const given = data.kind === 'Name' ? onlyGiving(program, data.id, data.span) : undefined;
      const tuple = given?.kind === 'Assign' && given.targets[0]?.kind === 'Name' ? given.value : data;
      if (
        tuple.kind !== 'Tuple' ||
        tuple.items.length < 2 ||
        !tuple.items.every((one) => isMadeTensor(program, one))
      )
        continue;
      yield {
        at: tuple.span,
        message: `To the loader this is a data set of ${tuple.items.length} examples, each of them a whole tensor: TensorDataset puts them side by side.`,
        evidence: [places(['the loader', call.span])],
      };
    }
  },
};

const MAKING =
  /^torch\.(tensor|as_tensor|from_numpy|Tensor|FloatTensor|LongTensor|randn|rand|randint|zeros|ones|linspace|stack|cat)\(/;

/** Whether an expression is a tensor by the call that makes it, and by what is called on that. */
function isMadeTensor(program: Program, node: tree.Expression): boolean {
  if (MAKING.test(node.span.text)) return true;
  if (node.kind !== 'Name') return false;
  const given = lastGiven(program, node);
  return given !== undefined && MAKING.test(given.span.text);
}

/** What a name was given last before it is used, in the function that it stands in. */
function lastGiven(program: Program, node: tree.Name): tree.Expression | undefined {
  const scope = functionAt(program, node.span);
  const values = nodesOf(program, 'Assign').flatMap(({ targets, value, span }): tree.Expression[] => {
    if (functionAt(program, span) !== scope) return [];
    return targets.flatMap((target): tree.Expression[] => {
      if (target.span.text === node.id) return [value];
      const at = target.kind === 'Tuple' ? target.items.findIndex((item) => item.span.text === node.id) : -1;
      if (at < 0) return [];
      const part = value.kind === 'Tuple' ? value.items[at] : undefined;
      return [part ?? value];
    });
  });
  const last = values.at(-1);
  return last !== undefined && last.span.start < node.span.start ? last : undefined;
}
