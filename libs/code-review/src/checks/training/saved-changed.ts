import { isValue, sliceOf, turnsOf } from '@tensormark/frameworks';
import type { CallArguments, Datum, Moment, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, comesOf, makerOf } from '../../ask/ancestry.js';
import { callsMatching, eventsOf } from '../../ask/events.js';
import { graphOf, learnedIn } from '../../ask/gradients.js';
import { eachMaking } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const STEP = (change: string, mark = ''): string => `
import torch
import torch.nn as nn
gate, head = nn.Linear(20, 20), nn.Linear(20, 3)
x = torch.randn(8, 20)
open_ = torch.sigmoid(gate(x))
${change}${mark}
loss = nn.functional.cross_entropy(head(open_ * x), torch.randint(0, 3, (8,)))
loss.backward()
`;

const RECURRENT = (change: string, mark = ''): string => `
import torch
import torch.nn as nn
step = nn.Linear(4, 4)
states = torch.zeros(8, 10, 4)
for t in range(1, 10):
    states${change}${mark}
states.mean().backward()
`;

export const savedChanged: Check = {
  id: 'saved-changed',
  onSupposed: true,
  title: 'Changed in place though gradients need it as it was',
  severity: 'error',
  why: 'A layer or function keeps what it was given, or what it gave, for its gradients; backward() refuses where that has been overwritten since.',
  instead:
    'Make a new tensor: x = x + y in place of x += y, torch.where or masked_fill in place of x[mask] = 0, and no inplace=True there.',
  needs:
    'A tensor that a layer with weights was given, or that a function such as sigmoid, softmax or exp gave, changed in place before backward() goes through that; a warning where the program itself calls no backward().',
  wrong: [
    STEP('open_ += 1', '  # <--'),
    STEP('open_[0] = 0', '  # <--'),
    STEP('open_.clamp_(max=0.5)', '  # <--'),
    RECURRENT('[:, t] = torch.tanh(step(states[:, t - 1]))', '  # <--'),
    `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.around = nn.Conv2d(3, 3, 1)
        self.body = nn.Sequential(nn.ReLU(inplace=True), nn.Conv2d(3, 3, 3, padding=1))

    def forward(self, x):
        side = self.around(x)
        return side + self.body(x)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList([nn.Linear(8, 4) for _ in range(2)])
        self.out = nn.Linear(8, 8)

    def forward(self, x):
        found = torch.zeros(2, len(x), 4)
        for i, part in enumerate(self.parts):
            found[i] = part(x)
        return self.out(found.permute(1, 0, 2).contiguous().view(len(x), 8))

print(Heads()(torch.ones(3, 8)))
`,
    STEP('open_ = open_ + 1'),
    STEP('open_.data.clamp_(max=0.5)'),
    RECURRENT(' = torch.cat([states, step(states[:, -1:])], dim=1)'),
    `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8)
        self.conv2, self.norm2 = nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        out = self.relu(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        out += x
        return self.relu(out)

net = nn.Sequential(nn.Conv2d(3, 8, 1), Block(), Block())
net(torch.randn(2, 3, 8, 8)).mean().backward()
`,
  ],
  *run(program) {
    const changes = changesIn(program);
    if (changes.length === 0) return;
    const backwards = backwardsOf(program).filter(({ on }) => on !== undefined);
    const keeping = keptOf(program, new Set(changes.map(({ root }) => root)));
    const seen = new Set<number>();
    for (const { root, moment } of changes) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start) || moment.arm !== undefined) continue;
      const kept = keeping.get(root)?.find(({ when, by }) => {
        if (when.at >= moment.at || when.arm !== undefined) return false;
        if (backwardsOf(program).length === 0) return isInForward(program, by, moment);
        return backwards.some(
          ({ on, moment: back }) =>
            on !== undefined &&
            back.at > moment.at &&
            (back.turn === undefined || turnsOf(moment).includes(back.turn)) &&
            flowsTo(program, by, on),
        );
      });
      if (kept === undefined) continue;
      seen.add(at.start);
      const { by: value } = kept;
      yield {
        at,
        message: `This changes in place what ${makerOf(value)} keeps for its gradients: backward() refuses to go on.`,
        evidence: [
          places([`${makerOf(value)} keeps it here`, spanOfMaking(value)]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message:
              'one of the variables needed for gradient computation has been modified by an inplace operation',
            exact: false,
          },
        ],
        ...(backwardsOf(program).length === 0 && { severity: 'warning' as const }),
      };
    }
  },
};

interface Change {
  /** What is changed, or what it is a view of. */
  readonly root: Value;
  readonly moment: Moment;
}

const IN_PLACE =
  /^(__i(add|sub|mul|truediv|pow)__|__setitem__|(?!requires_grad_|detach_|share_memory_)[a-z]\w*[a-z0-9]_)$/;
const WITH_INPLACE = /^(ReLU6?|LeakyReLU|ELU|SELU|CELU|SiLU|Hardtanh|relu6?|leaky_relu|elu|selu|silu)$/;

/** Tensors that calls change in place. */
function changesIn(program: Program): readonly Change[] {
  if (!/[-+*/]=|\w_\(|inplace|\]\s*=[^=]|ReLU\(True\)/.test(program.source)) return [];
  const found: Change[] = [];
  for (const { args, moment } of callsMatching(program, IN_PLACE)) {
    const [of] = args.positional;
    if (isValue(of)) found.push({ root: viewed(of), moment });
  }
  for (const { args, moment } of callsMatching(program, WITH_INPLACE)) {
    const [of] = args.positional;
    if (isValue(of) && args.named.get('inplace') === true) found.push({ root: viewed(of), moment });
  }
  for (const { module, args, moment } of eventsOf(program, 'module-call')) {
    const [of] = args.positional;
    if (isValue(of) && module.layer?.config['inplace'] === true && WITH_INPLACE.test(module.layer.type))
      found.push({ root: viewed(of), moment });
  }
  return found;
}

interface Kept {
  /** The value whose making kept it. */
  readonly by: Value;
  readonly when: Moment;
}

/** Where what is stored under some values is kept for gradients: by what made it, or by what it was given to. */
function keptOf(program: Program, roots: ReadonlySet<Value>): ReadonlyMap<Value, readonly Kept[]> {
  const found = new Map<Value, Kept[]>();
  let times: ReadonlyMap<Value, Moment> | undefined;
  const keep = (root: Value, value: Value): void => {
    times ??= timesOfMaking(program);
    const moment = times.get(value);
    if (moment === undefined || !moment.gradients || !value.gradients) return;
    const list = found.get(root) ?? [];
    list.push({ by: value, when: moment });
    found.set(root, list);
  };
  for (const value of eachMaking(program)) {
    if (roots.has(viewed(value)) && keepsResult(value)) keep(viewed(value), value);
    for (const given of value.inputs) {
      const root = viewed(given);
      if (roots.has(root) && keptInputs(value).includes(given)) keep(root, value);
    }
  }
  return found;
}

function timesOfMaking(program: Program): ReadonlyMap<Value, Moment> {
  const times = new Map<Value, Moment>();
  for (const { result, moment } of eventsOf(program, 'call'))
    if (isValue(result) && !times.has(result)) times.set(result, moment);
  // A module around the layer gives the same, and was called before.
  for (const { module, result, moment } of eventsOf(program, 'module-call'))
    if (isValue(result) && result.made.kind === 'layer' && result.made.module === module)
      times.set(result, moment);
  return times;
}

/** By PyTorch's derivatives.yaml: functions whose gradients are worked out of their result. */
const KEEPS_RESULT = /^(sigmoid|tanh|exp|softmax|log_softmax|sqrt|rsqrt|reciprocal|relu)$/;
/** And those worked out of what they were given. */
const KEEPS_INPUT = /^(log|sin|cos|abs|square|gelu|silu|GELU|SiLU)$/;

function keepsResult(value: Value): boolean {
  return KEEPS_RESULT.test(activationOf(value) ?? makerOf(value)) && isOfLearned(value);
}

/** The tensors among what made a value that are kept for its gradients. */
function keptInputs(value: Value): readonly Value[] {
  const { made, inputs } = value;
  if (made.kind === 'layer')
    return /^(Linear|Conv[123]d|BatchNorm[123]d|LayerNorm|GroupNorm)$/.test(made.name) &&
      made.module.ownParameters.some(({ trainable }) => trainable)
      ? inputs.slice(0, 1)
      : [];
  if (made.kind !== 'operation') return [];
  if (KEEPS_INPUT.test(made.name)) return inputs.slice(0, 1).filter(isOfLearned);
  const [one, other] = made.args.positional.filter(isValue);
  if (!/^(mul|matmul|bmm|mm)$/.test(made.name) || one === undefined || other === undefined) return [];
  return [...(isOfLearned(other) ? [one] : []), ...(isOfLearned(one) ? [other] : [])];
}

function isOfLearned(value: Value): boolean {
  return value.gradients && value.requiresGrad !== false && learnedIn(value).length > 0;
}

const VIEWS = new Set('view squeeze unsqueeze transpose permute t T flatten narrow select detach'.split(' '));

/** What a view looks at: they share their storage, and the count of its changes. */
function viewed(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 20; depth++) {
    const [of] = current.inputs;
    if (of === undefined || current.made.kind !== 'operation') return current;
    const { name, args } = current.made;
    if (!VIEWS.has(name) && !(name === 'getitem' && isBasic(args))) return current;
    current = of;
  }
  return current;
}

/** An index of numbers and slices, which gives a view; one of tensors or lists gives a copy. */
function isBasic({ positional: [, key] }: CallArguments): boolean {
  const parts: readonly (Datum | undefined)[] = Array.isArray(key) ? key : [key];
  return parts.every((part) => typeof part === 'bigint' || part === null || sliceOf(part) !== undefined);
}

/** Whether the gradients of `on` go through a value, straight or by way of a tensor that it was put into. */
function flowsTo(program: Program, value: Value, on: Value): boolean {
  if (graphOf(on).includes(value)) return true;
  return eventsOf(program, 'call').some(({ name, args: { positional } }) => {
    const [into, , put] = positional;
    if (name !== '__setitem__' || !isValue(into) || !isValue(put) || !graphOf(put).includes(value))
      return false;
    return comesOf(on, (one) => one === into);
  });
}

/** Whether a value goes into what the forward pass of a module gives, in which it is changed. */
function isInForward(program: Program, value: Value, { activation }: Moment): boolean {
  if (activation?.name !== 'forward') return false;
  return eventsOf(program, 'module-call').some(
    ({ result, moment, depth }) =>
      depth === 0 && moment.gradients && isValue(result) && graphOf(result).includes(value),
  );
}
