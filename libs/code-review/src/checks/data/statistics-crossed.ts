import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';

/** Means and standard deviations by which the pictures of published sets are normalised (as in torchvision's documentation and examples). */
const PUBLISHED: readonly (readonly [means: readonly number[], deviations: readonly number[]])[] = [
  [
    [0.485, 0.456, 0.406],
    [0.229, 0.224, 0.225],
  ],
  [
    [0.4914, 0.4822, 0.4465],
    [0.2023, 0.1994, 0.201],
  ],
  [
    [0.4914, 0.4822, 0.4465],
    [0.247, 0.2435, 0.2616],
  ],
  [
    [0.5071, 0.4867, 0.4408],
    [0.2675, 0.2565, 0.2761],
  ],
  [
    [0.4377, 0.4438, 0.4728],
    [0.198, 0.201, 0.197],
  ],
  [[0.1307], [0.3081]],
  [[0.286], [0.353]],
];

export const statisticsCrossed: Check = {
  id: 'statistics-crossed',
  title: 'Mean and standard deviation in each other’s place',
  severity: 'warning',
  why: 'Normalize takes the mean off and divides by the standard deviation; crossed, pictures end up neither centred nor of unit variance.',
  instead: 'Normalize(mean, std): the mean first.',
  needs: 'The numbers of a published set, or names that say which is which, in the other order.',
  wrong: [
    `
from torchvision import transforms
steps = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.3081,), (0.1307,))])  # <--
`,
    `
from torchvision import transforms
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
normalize = transforms.Normalize(STD, MEAN)  # <--
`,
    `
from torchvision import transforms
normalize = transforms.Normalize(mean=[0.229, 0.224, 0.225], std=[0.485, 0.456, 0.406])  # <--
`,
  ],
  right: [
    `
from torchvision import transforms
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
one = transforms.Normalize(MEAN, STD)
other = transforms.Normalize((0.1307,), (0.3081,))
half = transforms.Normalize([0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
`,
  ],
  *run(program) {
    if (!/Normalize\(/.test(program.source)) return;
    for (const { call, path } of torchCalls(program)) {
      if (!/^torchvision\.transforms\.(v2\.)?Normalize$/.test(path)) continue;
      const [mean, std] = [writtenArgument(call, 0, 'mean'), writtenArgument(call, 1, 'std')];
      if (mean === undefined || std === undefined || !(areCrossed(mean, std) || saySo(mean, std))) continue;
      yield {
        at: call.span,
        message: `The standard deviation (${mean.span.text}) stands where the mean belongs, and the mean (${std.span.text}) where the standard deviation does.`,
        evidence: [],
      };
    }
  },
};

function areCrossed(mean: tree.Expression, std: tree.Expression): boolean {
  const [first, second] = [numbersIn(mean), numbersIn(std)];
  return PUBLISHED.some(([means, deviations]) => areNear(first, deviations) && areNear(second, means));
}

/** By the names of constants: `Normalize(STD, MEAN)`. */
function saySo(mean: tree.Expression, std: tree.Expression): boolean {
  const isName = ({ kind }: tree.Expression): boolean => kind === 'Name' || kind === 'Attribute';
  const [one, other] = [mean.span.text, std.span.text];
  return (
    isName(mean) &&
    isName(std) &&
    /std|stddev|deviation/i.test(one) &&
    /mean/i.test(other) &&
    !/mean/i.test(one) &&
    !/std|stddev|deviation/i.test(other)
  );
}

function areNear(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((n, at) => Math.abs(n - (other[at] ?? 0)) < 0.004);
}

function numbersIn(node: tree.Expression): number[] {
  if (node.kind !== 'Tuple' && node.kind !== 'List') return [];
  return node.items.map((one) =>
    one.kind === 'Constant' && typeof one.value === 'number' ? one.value : Number.NaN,
  );
}
