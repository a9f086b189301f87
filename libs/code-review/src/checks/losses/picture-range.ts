import { isValue } from '@tensormark/frameworks';
import type { Program, ProgramLoader, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, behind, comesOf, makerOf } from '../../ask/ancestry.js';
import { dataOf } from '../../ask/data-sets.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const pictureRange: Check = {
  id: 'picture-range',
  title: 'Pictures of another range than the last activation gives',
  severity: 'warning',
  why: 'Sigmoid gives 0 to 1 and tanh -1 to 1: pictures scaled otherwise are never reached, and a discriminator tells made from real by their range alone.',
  instead:
    'With sigmoid leave pictures as ToTensor gives them; with tanh add Normalize((0.5,), (0.5,)), which makes them -1 to 1.',
  needs:
    'Pictures of torchvision’s data sets with transforms that are known, that an output of sigmoid or tanh is to be like.',
  wrong: [
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
scaled = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
images = DataLoader(datasets.MNIST("data", transform=scaled), batch_size=64, shuffle=True)
net = nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 784), nn.Sigmoid())
for x, _ in images:
    x = x.view(x.size(0), -1)
    loss = nn.functional.mse_loss(net(x), x)  # <--
`,
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
images = DataLoader(datasets.MNIST("data", transform=transforms.ToTensor()), batch_size=64, shuffle=True)
maker = nn.Sequential(nn.Linear(100, 256), nn.ReLU(), nn.Linear(256, 784), nn.Tanh())  # <--
judge = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 1))
for x, _ in images:
    b = x.size(0)
    real = judge(x.view(b, -1))
    made = judge(maker(torch.randn(b, 100)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
scaled = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
images = DataLoader(datasets.MNIST("data", transform=scaled), batch_size=64, shuffle=True)
plain = DataLoader(datasets.MNIST("data", transform=transforms.ToTensor()), batch_size=64, shuffle=True)
net = nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 784), nn.Sigmoid())
maker = nn.Sequential(nn.Linear(100, 256), nn.ReLU(), nn.Linear(256, 784), nn.Tanh())
judge = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 1))
for x, _ in plain:
    x = x.view(x.size(0), -1)
    loss = nn.functional.mse_loss(net(x), x)
for x, _ in images:
    b = x.size(0)
    real = judge(x.view(b, -1))
    made = judge(maker(torch.randn(b, 100)))
`,
  ],
  *run(program) {
    if (!program.source.includes('ToTensor')) return;
    yield* rebuilt(program);
    yield* judged(program);
  },
};

/** Losses between what a network rebuilds and the pictures themselves. */
function* rebuilt(program: Program): Generator<Found> {
  for (const loss of lossesNamed(program, 'mse_loss', 'l1_loss', 'binary_cross_entropy')) {
    const { input, target, moment } = loss;
    if (input === undefined || !isValue(target) || moment.span === undefined) continue;
    const range = rangeOf(behind(target));
    const output = behind(input);
    const wrong = range && misfit(activationOf(output), range);
    if (wrong === undefined) continue;
    yield {
      at: moment.span,
      ...(activationOf(output) === 'tanh' && { severity: 'design' as const }),
      message: `${titleOf(loss)} compares what ${activationOf(output)} gives with pictures that ${wrong}.`,
      evidence: [places(['the activation', spanOfMaking(output)])],
    };
  }
}

/** A network that is given pictures of a loader, and in another call what another network ends in. */
function* judged(program: Program): Generator<Found> {
  const real = new Map<ProgramModule, { readonly range: Range; readonly given: Value }>();
  const made = new Map<ProgramModule, Value>();
  for (const { module, args } of outermostCalls(program)) {
    const [given] = args.positional;
    if (!isValue(given)) continue;
    const source = behindCuts(given);
    const range = rangeOf(source);
    if (range !== undefined) real.set(module, { range, given });
    else if (/^(tanh|sigmoid)$/.test(activationOf(source) ?? '') && isDrawn(source)) made.set(module, source);
  }
  const seen = new Set<number>();
  for (const [judge, output] of made) {
    const { range, given } = real.get(judge) ?? {};
    const wrong = range && misfit(activationOf(output), range);
    const at = spanOfMaking(output);
    if (wrong === undefined || at === undefined || seen.has(at.start)) continue;
    seen.add(at.start);
    yield {
      at,
      // What tanh gives has those pictures in it, with as much again below.
      ...(activationOf(output) === 'tanh' && { severity: 'design' as const }),
      message: `What is generated ends in ${activationOf(output)}, and the real pictures ${wrong}.`,
      evidence: [places(['real ones are judged here', given?.span])],
    };
  }
}

function behindCuts(value: Value): Value {
  let current = behind(value);
  while (makerOf(current) === 'detach' && current.inputs[0] !== undefined)
    current = behind(current.inputs[0]);
  return current;
}

/** Whether it is made of random numbers and of no pictures. */
function isDrawn(value: Value): boolean {
  return (
    comesOf(value, ({ made }) => made.kind === 'fresh' && /^(randn|rand|normal)/.test(made.by ?? '')) &&
    !comesOf(value, ({ made }) => made.kind === 'batch')
  );
}

/** 0 to 1, -1 to 1, or about 0 with deviation 1 and so beyond both. */
type Range = 'unit' | 'signed' | 'standard';

function misfit(activation: ReturnType<typeof activationOf>, range: Range): string | undefined {
  if (activation === 'sigmoid' && range !== 'unit')
    return range === 'signed' ? 'are scaled to -1 to 1' : 'are scaled to mean 0 and deviation 1';
  if (activation === 'tanh' && range === 'unit') return 'are from 0 to 1';
  return undefined;
}

function rangeOf({ made }: Value): Range | undefined {
  return made.kind === 'batch' && made.part === 0 ? rangeIn(made.loader) : undefined;
}

function rangeIn(loader: ProgramLoader): Range | undefined {
  const transforms = dataOf(loader)?.transforms;
  const at = transforms?.findIndex(({ name }) => name === 'ToTensor') ?? -1;
  if (transforms === undefined || at < 0) return undefined;
  const after = transforms.slice(at + 1);
  if (after.length === 0) return 'unit';
  const [only] = after;
  if (after.length > 1 || only?.name !== 'Normalize') return undefined;
  const [mean, deviation] = [only.call.args.positional[0], only.call.args.positional[1]].map((given) => {
    const [first] = Array.isArray(given) ? given : [given];
    return typeof first === 'number' ? first : undefined;
  });
  if (mean === undefined || deviation === undefined) return undefined;
  return mean === 0.5 && deviation === 0.5 ? 'signed' : 'standard';
}
