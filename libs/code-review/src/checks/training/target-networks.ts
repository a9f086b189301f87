import { eachNode } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, holds, loopsOf } from '../../ask/tree.js';
import { bootstrapsIn } from './bootstrapped.js';

const AGENT = (best: string, sync: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Agent:
    def __init__(self, states, actions):
        self.q = nn.Linear(states, actions)
        self.target = nn.Linear(states, actions)
        self.target.load_state_dict(self.q.state_dict())
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def learn(self, s, a, r, s2, done):
        chosen = self.q(s).gather(1, a.unsqueeze(1)).squeeze(1)
        with torch.no_grad():
            ${best}
            goal = r + 0.99 * best * (1 - done)
        loss = F.smooth_l1_loss(chosen, goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def sync(self):
        ${sync}
`;
const BEST = 'best = self.target(s2).max(1)[0]';
const SYNC = 'self.target.load_state_dict(self.q.state_dict())';

/** `a.load_state_dict(b.state_dict())` */
interface Handing {
  readonly to: string;
  readonly from: string;
  readonly call: tree.Call;
}

function handingsIn(program: Program): Handing[] {
  if (!/load_state_dict|set_weights/.test(program.source)) return [];
  const found: Handing[] = [];
  for (const node of callsOf(program)) {
    if (node.callee.kind !== 'Attribute') continue;
    const from = /^([\w.]+)\.(?:state_dict|get_weights)\(\)$/.exec(node.args[0]?.span.text ?? '')?.[1];
    if (/^(load_state_dict|set_weights)$/.test(node.callee.attribute) && from !== undefined)
      found.push({ to: node.callee.value.span.text, from, call: node });
  }
  return found;
}

const OLD = /target|tgt|(^|_|\.)old(_|$)/i;

const isLearned = ({ source }: Program, name: string): boolean => {
  const written = name.replaceAll('.', String.raw`\.`);
  return new RegExp(
    String.raw`\b(optim\.)?(Adam\w*|SGD|RMSprop)\(\s*(params\s*=\s*)?${written}\.parameters\(|(?<![\w.])${written}\.(fit|train_on_batch|trainable_(variables|weights))\b`,
  ).test(source);
};

export const weightsSetBack: Check = {
  id: 'weights-set-back',
  title: 'What was learned is overwritten with what was not',
  severity: 'warning',
  why: 'The weights go from the network that learns to its slow copy: the other way round each update throws away what was learned since the last.',
  instead: 'target.load_state_dict(q.state_dict())',
  needs:
    'A network that an optimiser has, given again and again the weights of one called target or old that none has and that gets no others.',
  wrong: [
    AGENT(BEST, 'self.q.load_state_dict(self.target.state_dict())  # <--'),
    `
from models import build
class Agent:
    def __init__(self):
        self.model, self.target_model = build(), build()
    def update_target(self):
        self.model.set_weights(self.target_model.get_weights())  # <--
    def learn(self, state, goals):
        self.model.fit(state, goals, epochs=1)
`,
  ],
  right: [AGENT(BEST, SYNC)],
  *run(program) {
    if (!OLD.test(program.source)) return;
    const handings = handingsIn(program);
    for (const { to, from, call } of handings) {
      const home = functionsAround(program, call.span).at(-1);
      const isAgain =
        home === undefined
          ? loopsOf(program).some(({ span }) => holds(span, call.span))
          : home.name !== '__init__';
      if (!isAgain || !OLD.test(from) || OLD.test(to) || !isLearned(program, to) || isLearned(program, from))
        continue;
      const isMoved = handings.some(
        (other) =>
          other.to === from &&
          functionsAround(program, other.call.span).at(-1)?.name !== '__init__' &&
          other.call.span.start > (loopsOf(program)[0]?.span.start ?? 0),
      );
      const name = from.split('.').at(-1) ?? from;
      if (
        isMoved ||
        new RegExp(String.raw`\b${name}\.(parameters|named_parameters)\(|\b${name}\.\w*update`).test(
          program.source,
        )
      )
        continue;
      yield {
        at: call.span,
        message: `${to} learns, and is given the weights of ${from}, which does not.`,
        evidence: [],
      };
    }
  },
};

export const targetUnasked: Check = {
  id: 'target-unasked',
  title: 'A target network that is never asked',
  severity: 'warning',
  why: 'The value of the next state is to come from a copy that stands still for a while: from the network itself, each step moves what it is pulled towards.',
  instead: 'Ask the copy for the values of the next states: target(next_state).max(1)[0].',
  needs:
    'A network called target or old that is brought up to date and never called, beside a target that the learning network itself gives.',
  wrong: [AGENT('best = self.q(s2).max(1)[0]  # <--', SYNC)],
  right: [AGENT(BEST, SYNC), AGENT('best = self.target.best_of(s2)', SYNC)],
  *run(program) {
    const updated = handingsIn(program).filter(({ to, from }) => OLD.test(to) && isLearned(program, from));
    if (updated.length === 0) return;
    for (const { next, loss } of bootstrapsIn(program)) {
      const copy = updated.find(({ to }) => !isAsked(program, to));
      const at = copy && askedAt(program, next);
      if (copy === undefined || at === undefined) continue;
      yield {
        at,
        message: `The value of the next state comes from the network that learns, and ${copy.to} is asked nowhere.`,
        evidence: [places(['it is brought up to date here', copy.call.span], ['the loss', loss.moment.span])],
      };
      return;
    }
  },
};

/** Whether a network may be asked anywhere: it is called, or spoken of in another way than to bring it up to date. */
function isAsked(program: Program, name: string): boolean {
  const own = name.split('.').at(-1) ?? name;
  let found = false;
  eachNode(program.body, (node) => {
    const isName =
      (node.kind === 'Name' && node.id === own) || (node.kind === 'Attribute' && node.attribute === own);
    if (!isName || found) return;
    const after = program.source.slice(node.span.end, node.span.end + 40);
    found =
      !/^(\.(load_state_dict|eval|train|to|cuda|parameters|state_dict|requires_grad_)\(|\s*=[^=]|\s*:\s*nn\.)/.test(
        after,
      );
  });
  return found;
}

/** Where the network was called that a value comes of. */
function askedAt(program: Program, value: Value): Span | undefined {
  return outermostCalls(program).find(({ result }) => comesOf(value, (one) => one === result))?.moment.span;
}
