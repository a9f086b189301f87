import { isValue } from '@tensormark/frameworks';
import type { Program, ProgramModule } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { nativeCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { writtenArgument } from '../../ask/torch-calls.js';
import { callsOf, functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';
import { layerBefore } from '../../ask/widths.js';

const NET = (second: string): string => `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, entering, hidden, leaving):
        super().__init__()
        self.first = nn.Linear(entering, hidden)
        self.second = ${second}

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))
`;

/** Layers that take what a layer of one kind gives: which argument says how wide that is. */
const TAKES = [
  { type: 'Linear', after: 'Linear', argument: 'in_features', out: 'out_features' },
  { type: 'BatchNorm1d', after: 'Linear', argument: 'num_features', out: 'out_features' },
  { type: 'Conv2d', after: 'Conv', argument: 'in_channels', out: 'out_channels' },
  { type: 'BatchNorm2d', after: 'Conv', argument: 'num_features', out: 'out_channels' },
] as const;

export const widthsByName: Check = {
  id: 'widths-by-name',
  title: 'A layer is as wide as something else than the layer before',
  severity: 'warning',
  why: 'What a layer takes has to be as wide as what the one before gives: with two sizes of other names that holds by chance at best.',
  instead: 'Give both the same name: nn.Linear(entering, hidden), nn.Linear(hidden, leaving).',
  needs:
    'Two layers of one network, one after another, whose sizes are arguments of the same function, and not known.',
  wrong: [
    NET('nn.Linear(entering, leaving)  # <--').replace(
      'entering, hidden, leaving',
      'entering, leaving, hidden=512',
    ),
  ],
  right: [
    NET('nn.Linear(hidden, leaving)'),
    NET('nn.Linear(entering, leaving)').replace('(entering, hidden)', '(entering, entering)'),
    NET('nn.Linear(entering, leaving)').replace('super', 'entering = hidden\n        super'),
    `${NET('nn.Linear(entering, leaving)')}
net = Net(8, 8, 2)
`,
    `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, entering, leaving):
        super().__init__()
        self.one = nn.Conv2d(entering, leaving, 3)
        self.norm = nn.BatchNorm2d(leaving)

    def forward(self, x):
        return self.norm(self.one(x))

def blocks(first, second):
    return nn.Sequential(Block(first, second), Block(second, first))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    const calls = new Map<number, tree.Call>();
    for (const call of callsOf(program)) calls.set(call.span.start, call);
    for (const { type, after, argument, out } of TAKES)
      for (const { module, args, moment } of nativeCalls(program, type)) {
        const [input] = args.positional;
        const before = isValue(input) ? layerBefore(input, after) : undefined;
        const at = module.span;
        if (before?.span === undefined || at === undefined || seen.has(at.start)) continue;
        if (!areOfOne(module, before)) continue;
        if (isKnown(program, at, argument) && isKnown(program, before.span, out)) continue;
        const taken = nameIn(calls.get(at.start), 0, argument);
        const given = nameIn(calls.get(before.span.start), 1, out);
        if (taken === undefined || given === undefined || taken === given) continue;
        if (!areArguments(program, [at, before.span], [taken, given])) continue;
        seen.add(at.start);
        yield {
          at,
          message: `This ${type} takes ${taken}, and the ${before.type} before it gives ${given}.`,
          evidence: [places(['the layer before', before.span], ['it is called here', moment.span])],
        };
      }
  },
};

/** Whether two layers are parts of one and the same network or block. */
function areOfOne(one: ProgramModule, other: ProgramModule): boolean {
  const [parent, ...more] = one.parents;
  return (
    parent !== undefined && more.length === 0 && other.parents.length === 1 && other.parents[0] === parent
  );
}

/** Whether a layer that is made there has a size that is known, wherever it is made from: then that tells. */
function isKnown({ modules }: Program, { start }: Span, argument: string): boolean {
  return modules.some(({ span, sizes }) => span?.start === start && typeof sizes[argument] === 'number');
}

function nameIn(call: tree.Call | undefined, at: number, name: string): string | undefined {
  const size = call && writtenArgument(call, at, name);
  return size?.kind === 'Name' ? size.id : undefined;
}

/** Whether both are arguments of the one function that makes the layers, left as they come and without equal defaults, or worked out there. */
function areArguments(program: Program, spans: readonly Span[], names: readonly string[]): boolean {
  const homes = spans.map((span) => functionsAround(program, span).at(-1));
  const [home] = homes;
  if (home === undefined || homes.some((one) => one !== home)) return false;
  const made = statementsIn(home.body).flatMap((one) =>
    one.kind === 'Assign' && targetsOf(one).some((name) => names.includes(name)) ? [one] : [],
  );
  const defaults = new Set<string>();
  for (const name of names) {
    const parameter = home.parameters.find((one) => one.name === name);
    const own = made.filter((one) => targetsOf(one).includes(name));
    const [worked] = own;
    // A product or quotient of others may be as large by chance alone; another name for the same is.
    const isOther = own.length === 1 && worked?.value.kind === 'BinOp' && worked.targets.length === 1;
    if (parameter === undefined ? !isOther : own.length > 0) return false;
    const fallback = parameter?.fallback?.span.text;
    if (fallback !== undefined && defaults.has(fallback)) return false;
    if (fallback !== undefined) defaults.add(fallback);
  }
  return true;
}
