import { eachNode, holdsWith, turnsOf } from '@tensormark/frameworks';
import type {
  BackwardRan,
  Moment,
  OptimizerStepped,
  Program,
  ProgramModule,
  ProgramOptimizer,
} from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { learnedIn } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { mayConcern, parametersOf } from '../../ask/receivers.js';
import { backwardsOf, mayReach } from '../../ask/training.js';
import { callsOf, classesOf, functionsAround, statementAt, targetsOf } from '../../ask/tree.js';
import { stepsOfOther } from './written-steps.js';

const TWO = `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
loader = DataLoader(TensorDataset(torch.randn(64, 4), torch.randn(64, 1)), batch_size=8, shuffle=True)
def fit(net, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
flat, deep = nn.Linear(4, 1), nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
`;

const STEPPED = (of: string): string => `
import torch
from nets import G, D, judge

def train(loader, optimizer_g, optimizer_d):
    for real in loader:
        made = G(real)
        loss_g = judge(D(made), 1)
        optimizer_g.zero_grad()
        loss_g.backward()
        optimizer_g.step()
        loss_d = judge(D(real), 1) + judge(D(made.detach()), 0)
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_${of}.step()${of === 'g' ? '  # <--' : ''}
`;

export const steppedOther: Check = {
  id: 'stepped-other',
  title: 'An optimiser steps for gradients of another network',
  severity: 'warning',
  why: 'An optimiser changes the parameters that it was given: the gradients of another network are left where they are, and that network stays as it was.',
  instead: 'Hand the network and its own optimiser on together.',
  needs:
    'A step of an optimiser whose parameters no gradients have reached since it was last emptied, after gradients of a network that no step uses.',
  wrong: [
    STEPPED('g'),
    `${TWO}
first = torch.optim.SGD(flat.parameters(), lr=0.01)
second = torch.optim.SGD(deep.parameters(), lr=0.01)
fit(flat, first)
fit(deep, first)  # <--
`,
  ],
  right: [
    STEPPED('d'),
    `${TWO}
fit(flat, torch.optim.SGD(flat.parameters(), lr=0.01))
fit(deep, torch.optim.SGD(deep.parameters(), lr=0.01))
fit(deep, torch.optim.SGD(deep[2].parameters(), lr=0.001))
`,
    `${TWO}
both = torch.optim.SGD([*flat.parameters(), *deep.parameters()], lr=0.01)
fit(flat, both)
fit(deep, both)
`,
  ],
  *run(program) {
    yield* stepsOfOther(program);
    if (program.optimizers.length === 0 || isBeyondBackward(program)) return;
    const steps = eventsOf(program, 'step');
    // Whose parameters another one steps for is not known.
    if (steps.some(({ of }) => of === 'manual' || of.kind !== 'optimizer' || !of.isComplete)) return;
    const seen = new Set<number>();
    for (const step of steps) {
      const { of } = step;
      if (of === 'manual' || of.kind !== 'optimizer' || step.closure) continue;
      const wasted = wastedBefore(program, step, of);
      if (wasted === undefined) continue;
      const isServed = steps.some((one) => one.of === of && isServing(program, one, of));
      const isTaught = program.optimizers.some(({ parameters }) => holdsAny(parameters, wasted.module));
      // One that never had them to serve was made for the wrong network: that is another check's.
      if (!isServed && !isTaught) continue;
      const at = madeWithBoth(program, wasted.network, of) ?? placeOfStep(program, step);
      if (at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The step is taken with an optimiser that has none of the parameters of the ${wasted.network.type} whose gradients were computed.`,
        evidence: [
          places(
            ['the gradients', wasted.backward.moment.span],
            ['the network', wasted.network.span],
            ['the optimiser', of.made.span],
            ['the step', step.moment.span],
          ),
        ],
      };
    }
  },
};

/** Whether gradients come to parameters by other ways than backward(). */
function isBeyondBackward({ source, cutShort }: Program): boolean {
  return (
    cutShort ||
    /\.grad\s*=(?!=)|_grad\s*=(?!=)|\.grad\.(copy_|add_|data)|autograd\.grad\b|(?<!\w)grad\(|register_(full_)?(backward_)?hook|all_reduce|Function\)/.test(
      source,
    )
  );
}

/** The backwards since an optimiser's gradients were last emptied or used, up to a step of it. */
function backwardsSince(program: Program, step: OptimizerStepped, of: ProgramOptimizer): BackwardRan[] {
  const { moment } = step;
  const emptied = [
    ...eventsOf(program, 'zero-grad').filter((event) => isOf(event.of, of)),
    ...eventsOf(program, 'step').filter((event) => event.of === of),
  ];
  let since = -1;
  for (const event of emptied)
    if (event.moment.at < moment.at && holdsWith(event.moment, moment))
      since = Math.max(since, event.moment.at);
  return backwardsOf(program).filter((event) => event.moment.at > since && event.moment.at < moment.at);
}

function isOf(receiver: Parameters<typeof mayConcern>[0], of: ProgramOptimizer): boolean {
  if (receiver === 'parameters' || receiver === 'manual') return false;
  if (receiver === of) return true;
  const [own, theirs] = [parametersOf(of), parametersOf(receiver)];
  return own !== undefined && theirs !== undefined && [...own].every((id) => theirs.has(id));
}

function isServing(program: Program, step: OptimizerStepped, of: ProgramOptimizer): boolean {
  return backwardsSince(program, step, of).some((event) => mayReach(event, of));
}

interface Wasted {
  readonly backward: BackwardRan;
  /** A layer of the network that gradients reach, and the whole of it. */
  readonly module: ProgramModule;
  readonly network: ProgramModule;
}

/** The gradients of another network that were computed before a step for which there are none, and that nothing uses. */
function wastedBefore(program: Program, step: OptimizerStepped, of: ProgramOptimizer): Wasted | undefined {
  const between = backwardsSince(program, step, of);
  if (between.length === 0 || between.some((event) => mayReach(event, of))) return undefined;
  const backward = between.at(-1);
  if (backward?.on === undefined || !holdsWith(backward.moment, step.moment)) return undefined;
  if (turnsOf(backward.moment)[0] !== turnsOf(step.moment)[0]) return undefined;
  const modules = learnedIn(backward.on).flatMap(({ made }) => (made.kind === 'layer' ? [made.module] : []));
  const [module] = modules;
  if (module === undefined || modules.some((one) => isUsed(program, backward, one))) return undefined;
  return { backward, module, network: outermost(module) };
}

/** Whether a step takes the gradients that a backward left in a layer, before they are emptied. */
function isUsed(program: Program, { moment }: BackwardRan, module: ProgramModule): boolean {
  const emptied = eventsOf(program, 'zero-grad').find(
    (event) => event.moment.at > moment.at && holdsWith(event.moment, moment) && mayConcern(event.of, module),
  );
  const until = emptied?.moment.at ?? Infinity;
  return eventsOf(program, 'step').some(
    (event) => event.moment.at > moment.at && event.moment.at < until && mayConcern(event.of, module),
  );
}

function holdsAny(parameters: ReadonlySet<number>, module: ProgramModule): boolean {
  return module.parameters.some(({ id }) => parameters.has(id));
}

function outermost(module: ProgramModule): ProgramModule {
  let current = module;
  for (let depth = 0; depth < 20; depth++) {
    const [parent] = current.parents;
    if (parent === undefined) return current;
    current = parent;
  }
  return current;
}

/** Where the optimiser was chosen: the call that hands it to the function that steps it, else the step. */
function placeOfStep(program: Program, { moment }: OptimizerStepped): Span | undefined {
  let name = receiverWritten(moment.span?.text ?? '');
  let at = moment.span;
  let { activation }: Pick<Moment, 'activation'> = moment;
  while (at !== undefined && activation?.calledAt !== undefined) {
    const around = functionsAround(program, at).at(-1);
    const place = around?.parameters.findIndex((one) => one.name === name) ?? -1;
    const call = callsOf(program).find(({ span }) => isAt(span, activation?.calledAt));
    if (around === undefined || place < 0 || call === undefined || isBound(around, name)) break;
    const given = givenFor(call, name, place - (around.parameters[0]?.name === 'self' ? 1 : 0));
    if (given === undefined) break;
    name = given;
    at = activation.calledAt;
    activation = activation.outer;
  }
  return at;
}

/** `Trainer(deep, first)`: the one call that is given both by their names, where it makes what keeps them. */
function madeWithBoth(
  program: Program,
  { span }: ProgramModule,
  { made }: ProgramOptimizer,
): Span | undefined {
  const names = [span, made.span].map((one) => one && statementAt(program, one)).map(nameIn);
  const [network, optimizer] = names;
  if (network === undefined || optimizer === undefined) return undefined;
  const makings = callsOf(program).filter(({ callee, args, keywords }) => {
    const given = [...args, ...keywords.map(({ value }) => value)].map(({ span: { text } }) => text);
    return (
      classesOf(program).some(({ name }) => name === callee.span.text) &&
      given.includes(network) &&
      given.includes(optimizer)
    );
  });
  return makings.length === 1 ? makings[0]?.span : undefined;
}

function nameIn(statement: tree.Statement | undefined): string | undefined {
  const [name, ...more] = statement === undefined ? [] : targetsOf(statement);
  return more.length === 0 ? name : undefined;
}

/** `optimizer.step()`, `scaler.step(optimizer)`. */
function receiverWritten(text: string): string {
  const [, receiver = '', given] = /^([\w.]+)\.step\(\s*(\w+)?/.exec(text) ?? [];
  return given ?? receiver;
}

function isAt(span: Span, other: Span | undefined): boolean {
  return span.start === other?.start && span.end === other.end;
}

function givenFor({ args, keywords }: tree.Call, name: string, place: number): string | undefined {
  return (keywords.find((one) => one.name === name)?.value ?? args[place])?.span.text;
}

/** Whether a function gives its own parameter another value. */
function isBound({ body }: tree.FunctionDefinition, name: string): boolean {
  let found = false;
  eachNode(body, (node) => {
    if (node.kind === 'Assign')
      found ||= node.targets.some((target) => target.kind === 'Name' && target.id === name);
  });
  return found;
}
