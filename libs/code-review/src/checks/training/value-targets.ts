import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { givenIn } from '../../ask/targets.js';
import {
  callsOf,
  classesOf,
  functionsAround,
  holds,
  loopsOf,
  statementsIn,
  statementsOf,
  targetsOf,
  usesOf,
} from '../../ask/tree.js';

/** What discounts the value of the next state is called. */
const DISCOUNT = /^(\w+\.)*(gamma|discount(_factor)?)$/i;
/** What says whether an episode goes on, or has ended. */
const ENDS =
  /^\(?1(\.0?)?\s*-\s*\w+\)?$|^\(?(1(\.0?)?\s*-\s*)?(\w+\.)*\w*(mask|done|terminal|nonterminal|not_done|dones)\w*\)?$/i;

/** The factors of a product, and the terms of a sum. */
export function partsOf(node: tree.Expression, operator: '+' | '*'): tree.Expression[] {
  return node.kind === 'BinOp' && node.operator === operator
    ? [...partsOf(node.left, operator), ...partsOf(node.right, operator)]
    : [node];
}

export const isDiscount = ({ span: { text } }: tree.Expression): boolean =>
  DISCOUNT.test(text) || /^0?\.9\d*$/.test(text);

const VALUES = `
import torch
import torch.nn as nn
q, q_old = nn.Linear(4, 2), nn.Linear(4, 2)
q_old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def update(batch, gamma):
    s, a, r, s2, done = zip(*batch)
    s, s2, r, done = torch.stack(s), torch.stack(s2), torch.tensor(r), torch.tensor(done).float()
    with torch.no_grad():
        best = q_old(s2).max(1)[0]
`;

const STEP = `
    chosen = q(s).gather(1, torch.tensor(a).unsqueeze(1)).squeeze(1)
    loss = nn.functional.mse_loss(chosen, goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    q_old.load_state_dict(q.state_dict())
`;

export const maskAdded: Check = {
  id: 'mask-added',
  title: 'The end of an episode is added instead of multiplied',
  severity: 'warning',
  why: 'γ·mask by itself is a number near 1: the value of the next state is then counted in full, undiscounted, and after the end too.',
  instead: 'Write reward + gamma * mask * next_value.',
  needs: 'A target that sums a product of nothing but the discount and the mask.',
  wrong: [`${VALUES}    goal = r + gamma * (1 - done) + best  # <--${STEP}`],
  right: [`${VALUES}    goal = r + gamma * (1 - done) * best${STEP}`],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign') continue;
      const terms = partsOf(statement.value, '+');
      const odd = terms.find((term) => {
        const factors = partsOf(term, '*');
        return (
          factors.length >= 2 &&
          factors.some(isDiscount) &&
          factors.every((factor) => isDiscount(factor) || ENDS.test(factor.span.text))
        );
      });
      if (odd === undefined || terms.length < 3) continue;
      yield {
        at: statement.span,
        message: `${odd.span.text} is added by itself, and multiplies no value.`,
        evidence: [],
      };
    }
  },
};

export const endIgnored: Check = {
  id: 'end-ignored',
  title: 'Values are carried on beyond the end of an episode',
  severity: 'warning',
  why: 'After a terminal state nothing comes: without (1 - done) its target counts on rewards of a state that does not exist.',
  instead: 'Write reward + gamma * (1 - done) * next_value.',
  needs: 'A batch of five parts whose last is used for nothing, and a target of reward and discounted value.',
  wrong: [
    `
import torch
from buffers import Buffer, env, q, slow_q
buffer = Buffer(1000)

def learn(gamma=0.99):
    data = buffer.sample(64)
    with torch.no_grad():
        goal = data.rewards.flatten() + gamma * slow_q(data.next_observations).flatten()  # <--
    return ((q(data.observations).flatten() - goal) ** 2).mean()

def play(state, action):
    after, reward, terminations, _ = env.step(action)
    buffer.add(state, after, action, reward, terminations)
`,
    `${VALUES}    goal = r + gamma * best  # <--${STEP}`,
    `
import torch
import torch.nn as nn
import gymnasium as gym
from memory import Memory
env, memory = gym.make('CartPole-v1'), Memory(1000)
q, q_old = nn.Linear(4, 2), nn.Linear(4, 2)
q_old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def update(gamma):
    state, action, reward, next_state = memory.draw(32)
    with torch.no_grad():
        best = q_old(next_state).max(1)[0]
        goal = reward + gamma * best  # <--
    chosen = q(state).gather(1, action.unsqueeze(1)).squeeze(1)
    loss = nn.functional.mse_loss(chosen, goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
for episode in range(100):
    state, done = env.reset(), False
    while not done:
        action = env.action_space.sample()
        next_state, reward, done, info = env.step(action)
        memory.push(state, action, reward, next_state)
        state = next_state
        update(0.99)
    q_old.load_state_dict(q.state_dict())
`,
  ],
  right: [
    `${VALUES}    goal = r + gamma * best * (1 - done)${STEP}`,
    `${VALUES}    best[done.bool()] = 0.0\n    goal = r + gamma * best${STEP}`,
    `# Pendulum-v1 has no terminal states.${VALUES}    goal = r + gamma * best${STEP}`,
  ],
  *run(program) {
    if (!/zip\(\s*\*|sample\(|batch\(/.test(program.source)) return;
    // Episodes that only the clock ends have no terminal state.
    if (/Pendulum|truncat/i.test(program.source)) return;
    yield* endsUnread(program);
    for (const unpacked of statementsOf(program)) {
      if (
        unpacked.kind !== 'Assign' ||
        !/\bzip\(\s*\*|\bsample\(|map\(|\w*batch\(\)$|^(\w*batch|experiences?|transitions?|data)$/.test(
          unpacked.value.span.text,
        )
      )
        continue;
      const names = targetsOf(unpacked);
      const last = names.find((name) => /^\w*done\w*$/i.test(name)) ?? names[4];
      if (
        names.length < 5 ||
        names.length > 7 ||
        last === undefined ||
        !/^\w*(done|term|end|mask|over|fin|final)\w*$|^d\w?$/i.test(last)
      )
        continue;
      const around = functionsAround(program, unpacked.span).at(-1);
      const within = around?.body ?? program.body;
      // Converted to a tensor it is still not used.
      const uses = usesOf(within, last).filter((use) => {
        const statement = statementsIn(within).findLast(({ span }) => holds(span, use));
        return statement !== undefined && !targetsOf(statement).includes(last);
      });
      if (uses.length > 0) continue;
      const goal = goalAfter(statementsIn(within), unpacked);
      if (goal === undefined) continue;
      yield {
        at: goal.span,
        message: `${last} is drawn and used for nothing: this goes on beyond terminal states.`,
        evidence: [places(['the batch', unpacked.span])],
      };
    }
  },
};

export const endOfFirst: Check = {
  id: 'end-of-first',
  title: 'One example’s end for the whole batch',
  severity: 'warning',
  why: 'done[0] is whether the first example of the batch has ended: all others are cut off, or carried on, with it.',
  instead: 'Use the ends of all: 1 - done, in the shape of the values.',
  needs:
    'A target of a batch of rewards and values, multiplied by 1 - done[0], where all of the batch was made a tensor.',
  wrong: [`${VALUES}    goal = r + gamma * best * (1 - done[0])  # <--${STEP}`],
  right: [`${VALUES}    goal = r + gamma * best * (1 - done)${STEP}`],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const goal of statementsOf(program)) {
      if (goal.kind !== 'Assign') continue;
      const terms = partsOf(goal.value, '+');
      const factors = terms.flatMap((term) => partsOf(term, '*'));
      const ends = factors
        .map(({ span }) => /^\(?1(\.0?)?\s*-\s*(\w+)\[0\]\)?$/.exec(span.text)?.[2])
        .find((name) => name !== undefined && /done|term|end/i.test(name));
      const rewards = terms.find(({ span }) => /^\w*(r|rew|reward)s?(_\w+)?$/i.test(span.text))?.span.text;
      if (terms.length !== 2 || ends === undefined || rewards === undefined || !factors.some(isDiscount))
        continue;
      const body = statementsIn(functionsAround(program, goal.span).at(-1)?.body ?? program.body);
      const isWhole = (name: string): boolean =>
        body.some(
          (one) =>
            one.kind === 'Assign' &&
            targetsOf(one).includes(name) &&
            /\b(tensor|FloatTensor|as_tensor|from_numpy|stack|cat|Tensor)\(/.test(one.value.span.text),
        );
      if (!isWhole(ends) || !isWhole(rewards)) continue;
      yield {
        at: goal.span,
        message: `${ends}[0] is the end of the first example alone, and ${rewards} are those of the whole batch.`,
        evidence: [],
      };
    }
  },
};

/** Batches taken apart name by name: `done = torch.tensor([b[4] for b in batch])`, read nowhere. */
function* endsUnread(program: Program): Generator<Found> {
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef' || !/\bsample\(/.test(owner.span.text)) continue;
    const body = statementsIn(owner.body);
    const made = body.find(
      (one) =>
        one.kind === 'Assign' &&
        /^(dones?|done_batch|batch_dones?|terminals?|done_mask)$/.test(targetsOf(one)[0] ?? '') &&
        /\bfor\b/.test(one.value.span.text),
    );
    const [name = ''] = made === undefined ? [] : targetsOf(made);
    const goal = made && goalAfter(body, made);
    if (made === undefined || goal === undefined) continue;
    const isRead = usesOf(owner.body, name).some(
      (use) => use.start > made.span.end || (use.start > made.span.start && use.start >= valueStart(made)),
    );
    if (isRead) continue;
    yield {
      at: goal.span,
      message: `${name} is drawn and used for nothing: this goes on beyond terminal states.`,
      evidence: [places(['the ends', made.span])],
    };
  }
}

function valueStart(statement: tree.Statement): number {
  return statement.kind === 'Assign' ? statement.value.span.start : statement.span.end;
}

/** The target of reward and discounted value that is computed after a statement. */
function goalAfter(body: readonly tree.Statement[], after: tree.Statement): tree.Statement | undefined {
  return body.find(
    (statement) =>
      statement.kind === 'Assign' &&
      statement.span.start > after.span.end &&
      partsOf(statement.value, '+').length === 2 &&
      partsOf(statement.value, '+').some((term) => {
        const factors = partsOf(term, '*');
        return factors.length === 2 && factors.some(isDiscount);
      }),
  );
}

const OLD = /target|tgt|(^|_)old(_|$)/i;

export const targetNotUpdated: Check = {
  id: 'target-not-updated',
  title: 'A target network that stays as it began',
  severity: 'warning',
  why: 'A target network is a slow copy of the one that learns: never brought up to date, it gives the values of untrained weights for ever.',
  instead: 'Move it towards the other after each step, or copy the weights over every so many.',
  needs:
    'A copy of a network under a name that says target or old, which is asked in training and changed nowhere.',
  wrong: [
    `
import copy
import torch
import torch.nn as nn
class Agent:
    def __init__(self):
        self.critic = nn.Linear(4, 1)
        self.critic_target = copy.deepcopy(self.critic)  # <--
        self.optimizer = torch.optim.Adam(self.critic.parameters(), lr=1e-3)

    def update(self, s, r, s2):
        with torch.no_grad():
            goal = r + 0.99 * self.critic_target(s2)
        loss = nn.functional.mse_loss(self.critic(s), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
`,
  ],
  right: [
    `
import copy
import torch
import torch.nn as nn
from team import synchronise
class Agent:
    def __init__(self):
        self.critic = nn.Linear(4, 1)
        self.critic_target = copy.deepcopy(self.critic)
        self.optimizer = torch.optim.Adam(self.critic.parameters(), lr=1e-3)

    def update(self, s, r, s2):
        with torch.no_grad():
            goal = r + 0.99 * self.critic_target(s2)
        loss = nn.functional.mse_loss(self.critic(s), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        synchronise(self, 0.01)
`,
    `
import copy
import torch
import torch.nn as nn
class Agent:
    def __init__(self):
        self.critic = nn.Linear(4, 1)
        self.critic_target = copy.deepcopy(self.critic)
        self.optimizer = torch.optim.Adam(self.critic.parameters(), lr=1e-3)

    def update(self, s, r, s2):
        with torch.no_grad():
            goal = r + 0.99 * self.critic_target(s2)
        loss = nn.functional.mse_loss(self.critic(s), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.critic_target.load_state_dict(self.critic.state_dict())
`,
  ],
  *run(program) {
    const { source } = program;
    if (!/\.backward\(/.test(source) || !/gamma|reward|discount|0\.99/i.test(source)) return;
    for (const { copied, target, value } of statementsOf(program).flatMap((one) =>
      givenIn(one).map((given) => ({ copied: one, ...given })),
    )) {
      const name = target.span.text;
      if (!OLD.test(name) || !/^(self\.)?\w+$/.test(name) || !isCopied(program, value, name)) continue;
      const start = homeOf(program, copied.span);
      const uses = mentionsOf(program, name).filter(({ start: at }) => at > copied.span.end);
      if (uses.length === 0) continue;
      const isAsked = uses.some((use) => /^\s*\(/.test(source.slice(use.end, use.end + 3)));
      // Any other way it is spoken of after its making may change it.
      const isChanged = uses.some((use) => {
        const after = source.slice(use.end, use.end + 40);
        if (/^\s*\(/.test(after) || /^\.(eval|train|to|cuda|share_memory|requires_grad_)\(/.test(after))
          return false;
        if (/^\.(act|forward|get_\w+)\(/.test(after)) return false;
        if (/^\.(load_state_dict|parameters|state_dict)\(/.test(after))
          return homeOf(program, use) !== start || isInLoop(program, use);
        return true;
      });
      if (!isAsked || isChanged || (name.startsWith('self.') && isHandedWhole(program, copied.span)))
        continue;
      yield {
        at: copied.span,
        message: `${name} is a copy that is asked in training and never brought up to date.`,
        evidence: [places(['it is asked here', uses[0]])],
      };
    }
  },
};

/** Whether a network is copied of another: by deepcopy, or by loading its weights as it is made. */
function isCopied(program: Program, value: tree.Expression, name: string): boolean {
  return (
    /deepcopy\(/.test(value.span.text) ||
    (value.kind === 'Call' && program.source.includes(`${name}.load_state_dict(`))
  );
}

/** The function that something stands in: its start, or -1 for the module. */
/** Whether the object in whose class a place is hands itself to what the file does not define, which may change what it has. */
function isHandedWhole(program: Program, span: Span): boolean {
  const cls = classesOf(program).findLast((one) => holds(one.span, span));
  if (cls === undefined) return false;
  const own = new Set(
    statementsOf(program).flatMap((one) =>
      one.kind === 'ClassDef' || one.kind === 'FunctionDef' ? [one.name] : [],
    ),
  );
  return callsOf(program).some(
    ({ callee, args, span: at }) =>
      holds(cls.span, at) &&
      args.some((arg) => arg.span.text === 'self') &&
      !/^(super|print|len|str|repr|id|isinstance|hasattr|getattr|type)$/.test(callee.span.text) &&
      !/\.__\w+__$/.test(callee.span.text) &&
      !own.has(callee.span.text.split('.').at(-1) ?? ''),
  );
}

function homeOf(program: Program, span: Span): number {
  return functionsAround(program, span).at(-1)?.span.start ?? -1;
}

function isInLoop(program: Program, span: Span): boolean {
  return loopsOf(program).some((loop) => holds(loop.span, span));
}

function mentionsOf(program: Program, name: string): Span[] {
  const found: Span[] = [];
  const attribute = /^self\.(\w+)$/.exec(name)?.[1];
  eachNode(program.body, (node) => {
    // What is an attribute here is one from outside too: `agent.target`.
    if (node.kind === 'Attribute' && (node.span.text === name || node.attribute === attribute))
      found.push(node.span);
    if (node.kind === 'Name' && node.span.text === name) found.push(node.span);
  });
  return found.toSorted((one, other) => one.start - other.start);
}
