import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import {
  classesOf,
  functionsAround,
  methodOf,
  statementsIn,
  statementsOf,
  targetsOf,
} from '../../ask/tree.js';
import { termsOf } from '../../ask/sums.js';

const AGENT = (target: string): string => `
import copy
import torch
import torch.nn as nn
class Agent:
    def __init__(self, model):
        self.policy = model
        ${target}
        self.optimizer = torch.optim.Adam(self.policy.parameters(), lr=1e-3)

    def update(self, s, a, r, s2):
        with torch.no_grad():
            goal = r + 0.99 * self.target(s2).max(1)[0]
        loss = nn.functional.mse_loss(self.policy(s).gather(1, a).squeeze(1), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.target.load_state_dict(self.policy.state_dict())
`;

export const targetIsSame: Check = {
  id: 'target-is-same',
  title: 'Two names for one network',
  severity: 'warning',
  why: 'An assignment copies nothing: every step of the one that learns changes the other too, and loading its weights does nothing.',
  instead: 'Make a network of its own: copy.deepcopy(model), or construct it anew and load the weights.',
  needs:
    'A name that says target, old or ema, given the very network that another name has, and brought up to date from it.',
  wrong: [AGENT('self.target = model  # <--'), AGENT('self.target = self.policy  # <--')],
  right: [
    AGENT('self.target = copy.deepcopy(model)'),
    `
import torch
class Agent:
    def __init__(self, make_model):
        self.make_model = make_model
        self.target = None
        self.buffer = None
        self.policy = None

    def start(self):
        self.policy, self.target = self.make_model(), self.make_model()
        self.target.load_state_dict(self.policy.state_dict())
`,
  ],
  *run(program) {
    const { source } = program;
    if (!/load_state_dict|\.parameters\(\)/.test(source) || !/target|tgt|old|ema/i.test(source)) return;
    for (const copied of statementsOf(program)) {
      if (copied.kind !== 'Assign' || copied.value.kind === 'Constant') continue;
      const [name = ''] = targetsOf(copied);
      const from = copied.value.span.text;
      if (
        !/(^|[._])(\w*target\w*|tgt\w*|\w*old|old\w*|ema\w*|\w*_ema)$/i.test(name) ||
        !/^(self\.)?\w+(\[['"]\w+['"]\])?(\.to\([^()]*\))?$/.test(from)
      )
        continue;
      const names = [from, ...otherNames(program, copied, from)];
      if (!names.some((other) => isBroughtUp(source, name, other))) continue;
      yield {
        at: copied.span,
        message: `${name} and ${names.at(-1) ?? from} are one and the same network: nothing is copied here.`,
        evidence: [],
      };
    }
  },
};

/** Other names that the same function gives the same value. */
function otherNames(program: Program, copied: tree.Assign, from: string): string[] {
  const [home] = functionsAround(program, copied.span);
  return statementsIn(home?.body ?? []).flatMap((one) =>
    one !== copied && one.kind === 'Assign' && one.value.span.text === from ? targetsOf(one) : [],
  );
}

/** Whether weights are loaded or moved from one name to the other. */
function isBroughtUp(source: string, name: string, other: string): boolean {
  const [to, from] = [name, other].map((one) => one.replaceAll('.', String.raw`\.`));
  const escaped = to ?? '';
  return (
    new RegExp(String.raw`\b${escaped}\.load_state_dict\(\s*${from ?? ''}\.state_dict\(`).test(source) ||
    new RegExp(
      String.raw`zip\(\s*(${escaped}\.parameters\(\)\s*,\s*${from ?? ''}|${from ?? ''}\.parameters\(\)\s*,\s*${escaped})\.parameters\(\)`,
    ).test(source)
  );
}

const DUELLING = (mean: string, mark = ''): string => `
import torch.nn as nn

class Duelling(nn.Module):
    def __init__(self):
        super().__init__()
        self.value, self.advantage = nn.Linear(8, 1), nn.Linear(8, 4)

    def forward(self, state):
        value, advantage = self.value(state), self.advantage(state)
        return value + advantage - ${mean}${mark}
`;

export const meanOverBatch: Check = {
  id: 'mean-over-batch',
  title: 'A mean over the whole batch taken off each example',
  severity: 'warning',
  why: 'mean() without a dimension is over all examples too: what a network says of one state then hangs on the others in its batch.',
  instead: 'Take the mean over the actions alone: advantage.mean(dim=1, keepdim=True).',
  needs: 'A forward that adds a value and advantages, and takes off their mean over everything.',
  wrong: [DUELLING('advantage.mean()', '  # <--')],
  right: [DUELLING('advantage.mean(dim=1, keepdim=True)'), DUELLING('advantage.mean(-1, True)')],
  *run(program) {
    if (!/mean\(/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const forward = methodOf(definition, 'forward');
      if (forward === undefined) continue;
      const sums = new Map<number, tree.Expression>();
      eachNode(forward.body, (node) => {
        if (node.kind !== 'BinOp' || !isLessItsMean(node)) return;
        sums.set(node.span.start, node);
      });
      for (const sum of sums.values())
        yield {
          at: sum.span,
          message:
            'The mean taken off here is over every example of the batch, not over the actions of each.',
          evidence: [places(['the forward', forward.nameSpan])],
        };
    }
  },
};

/** `v + a - a.mean()` and `v + (a - a.mean())`. */
function isLessItsMean(node: tree.BinaryOperation): boolean {
  const terms = termsOf(node);
  if (terms.length !== 3) return false;
  const taken = terms.find(({ sign }) => sign < 0)?.node.span.text.replaceAll(/\s/g, '') ?? '';
  const of = /^(?:torch\.mean\((\w+)\)|(\w+)\.mean\(\))$/.exec(taken);
  const name = of?.[1] ?? of?.[2];
  return (
    name !== undefined &&
    terms.filter(({ sign }) => sign > 0).some(({ node: term }) => term.span.text === name) &&
    terms.filter(({ sign }) => sign > 0).length === 2 &&
    /adv|^a$/i.test(name)
  );
}
