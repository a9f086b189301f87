import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, behind, linearMaker } from '../../ask/ancestry.js';
import { dataOf } from '../../ask/data-sets.js';
import { lossesNamed } from '../../ask/losses.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places, spanInProgram } from '../../ask/places.js';

/** How many classes there are, and by what that is known. */
interface Classes {
  readonly count: number;
  readonly by: string;
  /** Whether that is all there are, rather than those met. */
  readonly isAll: boolean;
  /** The number of the first class. */
  readonly first: number;
}

/** How many classes the targets have, by what they come from. */
function classesOf(program: Program, target: Value): Classes | undefined {
  const source = behind(target);
  if (program.classes !== undefined)
    return { count: program.classes, by: 'as was said', isAll: true, first: 0 };
  const { made } = source;
  if (made.kind === 'batch' && made.part === 1) {
    const data = dataOf(made.loader);
    return data?.classes === undefined || !data.labelled
      ? classesOfItems(source)
      : { count: data.classes, by: data.name, isAll: true, first: data.firstClass };
  }
  return classesDrawn(source);
}

function classesOfItems({ inputs }: Value): Classes | undefined {
  const [item] = inputs;
  return item === undefined ? undefined : classesDrawn(behind(item));
}

/** `torch.randint(0, 4, (32,))` has classes 0 to 3. */
function classesDrawn({ made }: Value): Classes | undefined {
  if (made.kind !== 'fresh' || made.by !== 'randint' || made.args === undefined) return undefined;
  const { positional } = made.args;
  const high = typeof positional[1] === 'bigint' ? positional[1] : positional[0];
  const low = typeof positional[1] === 'bigint' ? positional[0] : 0n;
  if (typeof high !== 'bigint' || typeof low !== 'bigint' || low < 0n || high <= low) return undefined;
  return { count: Number(high - low), by: 'the numbers drawn', isAll: false, first: Number(low) };
}

function scoresOf(input: Value): { readonly width: number; readonly source: Value } | undefined {
  const source = behind(input);
  const { shape } = input;
  if (shape !== undefined && shape.length === 2) return { width: shape[1] ?? 0, source };
  const width = linearMaker(source)?.sizes['out_features'];
  return typeof width === 'number' && shape === undefined ? { width, source } : undefined;
}

/** Where the caller says how many classes there are: what networks give, whether or not the file has a loss for it. */
function* headsFor(program: Program, classes: number, seen: Set<number>): Generator<Found> {
  for (const { result } of outermostCalls(program)) {
    if (!isValue(result) || result.shape?.length !== 2) continue;
    const layer = linearMaker(
      behind(activationOf(result) === undefined ? result : (result.inputs[0] ?? result)),
    );
    const width = result.shape[1] ?? 0;
    const at = layer?.span;
    if (at === undefined || seen.has(at.start) || width === classes || (width === 1 && classes === 2))
      continue;
    seen.add(at.start);
    yield {
      at,
      message: `The network has ${width} outputs, and there are to be ${classes} classes.`,
      severity: 'warning',
      evidence: [
        {
          kind: 'numbers',
          numbers: [
            { what: 'outputs', value: width },
            { what: 'classes', value: classes },
          ],
        },
      ],
    };
  }
}

export const targetRange: Check = {
  id: 'target-range',
  title: 'Another number of outputs than there are classes',
  severity: 'error',
  why: 'A class beyond the last output raises an error (on a GPU one that stops everything); outputs beyond the last class are never meant.',
  instead: 'Give the last layer one output for each class.',
  needs: 'Cross entropy of scores of known width, and targets whose classes are known.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
images = datasets.CIFAR100("data", train=True, transform=transforms.ToTensor())
net = nn.Sequential(
    nn.Flatten(),
    nn.Linear(3072, 64),
    nn.ReLU(),
    nn.Linear(64, 10),  # <--
)
for picture, label in DataLoader(images, batch_size=64, shuffle=True):
    loss = nn.functional.cross_entropy(net(picture), label)
`,
    `
import torch.nn as nn
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
letters = datasets.EMNIST("data", split="letters", train=True, transform=transforms.ToTensor())
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 26))
for picture, label in DataLoader(letters, batch_size=64, shuffle=True):
    loss = nn.functional.cross_entropy(net(picture), label)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 10))
loss = nn.functional.cross_entropy(net(torch.randn(8, 20)), torch.randint(0, 10, (8,)))
some = nn.functional.cross_entropy(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    if (program.classes !== undefined) yield* headsFor(program, program.classes, seen);
    for (const loss of lossesNamed(program, 'cross_entropy', 'nll_loss')) {
      const { input, target } = loss;
      if (input === undefined || !isValue(target)) continue;
      const scores = scoresOf(input);
      const classes = classesOf(program, target);
      if (scores === undefined || classes === undefined || scores.width < 2) continue;
      const { width } = scores;
      const beyond = classes.first + classes.count;
      if (classes.first > 0) {
        const place = loss.moment.span;
        if (width >= beyond || place === undefined || seen.has(place.start)) continue;
        seen.add(place.start);
        yield {
          at: place,
          message: `The classes are numbered from ${classes.first} to ${beyond - 1} (${classes.by}), and ${width} outputs are for classes 0 to ${width - 1}.`,
          instead:
            'Take the number of the first class off the labels, or give the network an output for each number.',
          evidence: [
            {
              kind: 'numbers',
              numbers: [
                { what: 'outputs', value: width },
                { what: 'the largest class', value: beyond - 1 },
              ],
            },
          ],
        };
        continue;
      }
      const isTooFew = width < classes.count;
      if (width === classes.count || (!isTooFew && !classes.isAll)) continue;
      const layer = linearMaker(scores.source);
      const at = (layer && spanInProgram(program, layer)) ?? loss.moment.span;
      if (at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The network has ${width} outputs, and there are ${classes.count} classes (${classes.by}).`,
        ...(!isTooFew && {
          severity: program.classes === undefined ? ('design' as const) : ('warning' as const),
        }),
        evidence: [
          {
            kind: 'numbers',
            numbers: [
              { what: 'outputs', value: width },
              { what: 'classes', value: classes.count },
            ],
          },
          places(['the loss', loss.moment.span]),
        ],
      };
    }
  },
};
