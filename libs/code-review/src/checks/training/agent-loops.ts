import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { givenIn, leavesOf } from '../../ask/targets.js';
import {
  callsOf,
  functionsAround,
  holds,
  loopsOf,
  statementsIn,
  statementsOf,
  targetsOf,
  usesOf,
} from '../../ask/tree.js';
import { isDiscount, partsOf } from './value-targets.js';

const LOOP = (
  act: string,
  keep: string,
  go: string,
  rate = 'epsilon = max(0.05, epsilon * 0.99)',
): string => `
import random
import gymnasium as gym
import torch
import torch.nn as nn
q = nn.Linear(4, 2)
env, memory, epsilon = gym.make('CartPole-v1'), [], 1.0
for episode in range(500):
    state, _ = env.reset()
    done = False
    while not done:
        ${act}
            action = env.action_space.sample()
        else:
            action = q(torch.tensor(state)).argmax().item()
        next_state, reward, terminated, truncated, _ = env.step(action)
        done = terminated or truncated
        ${keep}
        ${go}
    ${rate}
`;
const ACT = 'if random.random() < epsilon:';
const KEEP = 'memory.append((state, action, reward, next_state, terminated))';

export const explorationTurned: Check = {
  id: 'exploration-turned',
  title: 'Exploring the other way round',
  severity: 'warning',
  why: 'A rate of exploration begins near 1 and falls: asked the other way round, the agent follows an untrained network at first and acts at random once it has learned.',
  instead: 'Act at random where random.random() < epsilon.',
  needs:
    'A condition between a number drawn from 0 to 1 and a rate called epsilon that falls, whose arms are a random action and that of a network.',
  wrong: [
    LOOP('if random.random() > epsilon:  # <--', KEEP, 'state = next_state'),
    `
import random
import torch

class Agent:
    def act(self, state):
        if random.random() < self.epsilon:  # <--
            with torch.no_grad():
                return self.values(state).argmax(dim=1).item()
        return random.randrange(self.actions)

    def close(self):
        self.epsilon = max(0.01, self.epsilon * 0.995)
`,
  ],
  right: [
    LOOP(ACT, KEEP, 'state = next_state'),
    LOOP('if random.random() > epsilon:', KEEP, 'state = next_state', 'epsilon = min(0.95, epsilon + 0.01)'),
  ],
  *run(program) {
    if (!/eps/i.test(program.source)) return;
    yield* smallestTaken(program);
    for (const one of statementsOf(program)) {
      if (one.kind !== 'If' || one.test.kind !== 'Compare') continue;
      const above = rateBelow(one.test, 'above');
      const rate = above ?? rateBelow(one.test, 'below');
      if (rate === undefined || !falls(program, rate)) continue;
      const after = one.orElse.length > 0 ? one.orElse : followingIn(program, one);
      if (above === undefined) {
        if (isRandom(one.body) || !isRandom(after) || !isOfValues(one.body) || isOfValues(after)) continue;
        yield {
          at: one.test.span,
          message: `The best action is taken where the number is below ${rate}, which falls: this explores more and more.`,
          evidence: [],
        };
        continue;
      }
      // Where the number drawn is above the rate the best action is to be taken.
      if (!isRandom(one.body) || isRandom(after) || !isOfValues(after)) continue;
      yield {
        at: one.test.span,
        message: `An action is drawn where the number is above ${rate}, which falls: this explores more and more.`,
        evidence: [],
      };
    }
  },
};

/** `epsilon = min(0.05, epsilon * 0.99)`: the least it is to be is the most it may be. */
function* smallestTaken(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || one.value.kind !== 'Call' || !/^(\w+\.)*\w*eps\w*$/i.test(name)) continue;
    const { callee, args } = one.value;
    if (!/^(np\.|numpy\.)?min(imum)?$/.test(callee.span.text) || args.length !== 2) continue;
    const least = args.find(({ span }) =>
      /^0?\.[0-2]\d*$|eps\w*_(min|end|final)$|min_eps|final_eps/i.test(span.text),
    );
    const fallen = args.find(
      ({ span }) => span.text.startsWith(name) && /\*\s*(0?\.\d+|[\w.]*decay)|-/.test(span.text),
    );
    if (least === undefined || fallen === undefined) continue;
    yield {
      at: one.span,
      message: `${name} falls to ${least.span.text} at once, or below: the smaller of the two is taken.`,
      why: 'What is explored least is meant as a bound from below, and min makes it one from above.',
      instead: 'Take the larger: max(least, epsilon * decay).',
      evidence: [],
    };
  }
}

const DRAWN =
  /^(random|np\.random|numpy\.random)\.(random|rand|uniform|random_sample)\((0(\.0)?, ?1(\.0)?)?\)$|^torch\.rand\(1\)(\.item\(\))?$/;

/** The rate that a number drawn from 0 to 1 is to be above of: `random.random() > eps`, `eps < random.random()`. */
function rateBelow(
  { left, operators, comparators }: tree.Comparison,
  drawnIs: 'above' | 'below',
): string | undefined {
  const [right] = comparators;
  const [operator] = operators;
  if (operators.length !== 1 || right === undefined) return undefined;
  const [larger, smaller] = /^>=?$/.test(operator ?? '')
    ? [left, right]
    : /^<=?$/.test(operator ?? '')
      ? [right, left]
      : [];
  const [drawn, rate] = drawnIs === 'above' ? [larger, smaller] : [smaller, larger];
  if (drawn === undefined || rate === undefined || !DRAWN.test(drawn.span.text)) return undefined;
  return /^(self\.|\w+\.)*eps\w*$/i.test(rate.span.text) ? rate.span.text : undefined;
}

/** Whether the program lets a rate fall: it is multiplied by a number below 1, or something is taken from it. */
function falls(program: Program, rate: string): boolean {
  const name = rate.split('.').at(-1) ?? rate;
  const own = new RegExp(String.raw`(^|\.)${name}$`);
  return statementsOf(program).some((one) => {
    if (!targetsOf(one).some((target) => own.test(target))) return false;
    // All is explored at first.
    if (one.kind === 'Assign' && /^1(\.0*)?$/.test(one.value.span.text)) return true;
    if (one.kind === 'AugAssign')
      return one.operator === '-' || (one.operator === '*' && /^0?\.9\d*$|decay/i.test(one.value.span.text));
    if (one.kind !== 'Assign') return false;
    const { text } = one.value.span;
    return (
      new RegExp(String.raw`\b${name}\s*\*\s*(0?\.9\d*|[\w.]*decay\w*)`, 'i').test(text) ||
      new RegExp(String.raw`\b${name}\s*-\s*`).test(text)
    );
  });
}

/** What is done where a condition that returns does not hold. */
function followingIn(program: Program, one: tree.Statement): readonly tree.Statement[] {
  const home = functionsAround(program, one.span).at(-1);
  return (home?.body ?? []).filter(({ span }) => span.start >= one.span.end);
}

const textOf = (body: readonly tree.Statement[]): string => body.map(({ span }) => span.text).join('\n');

function isRandom(body: readonly tree.Statement[]): boolean {
  return /\.sample\(\)|rand(int|range)\(|random\.choice\(/.test(textOf(body));
}

function isOfValues(body: readonly tree.Statement[]): boolean {
  return /argmax|\.max\(|torch\.max\(/.test(textOf(body));
}

export const stateKept: Check = {
  id: 'state-kept',
  title: 'Every step is taken from the first state',
  severity: 'warning',
  why: 'Without state = next_state the agent decides each time by the state that the episode began with, and remembers transitions that never were.',
  instead: 'Set state = next_state at the end of each step.',
  needs:
    'A loop that steps an environment and takes its actions by a state, which is set before the loop by reset and nowhere in it.',
  wrong: [
    LOOP(ACT, KEEP, '').replace('env.step(action)', 'env.step(action)  # <--'),
    LOOP(ACT, KEEP, '')
      .replace('env.step(action)', 'env.step(action)  # <--')
      .replace('state, _ = env.reset()', 'state = torch.as_tensor(env.reset()[0])'),
  ],
  right: [
    LOOP(ACT, KEEP, 'state = next_state'),
    LOOP(ACT, 'memory.append(reward)', '').replace('next_state, reward', '_, reward'),
    LOOP(ACT, KEEP.replace('(state, ', '(0, '), '').replaceAll('next_state', 'state'),
    LOOP(ACT, KEEP, 'state = env.state'),
  ],
  *run(program) {
    if (!/\.step\(/.test(program.source) || !/\.reset\(/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      const own = loop.body;
      const step = own.find(
        (one) => one.kind === 'Assign' && /^(self\.)?\w*env\w*\.step\(/i.test(one.value.span.text),
      );
      const after = step && targetsOf(step)[0];
      if (step === undefined || after === undefined || targetsOf(step).length < 3 || !/^\w+$/.test(after))
        continue;
      const state = startedWith(program, loop);
      // What is given the name `_` is meant for nothing: such an agent looks at no state.
      if (state === undefined || state === after || /^_+$/.test(after)) continue;
      const isSet = statementsIn(own).some((one) => targetsOf(one).includes(state));
      const home = functionsAround(program, loop.span).at(-1);
      const isShared = new RegExp(String.raw`\b(global|nonlocal)\b.*\b${state}\b`).test(program.source);
      const isWritten = new RegExp(String.raw`\b${state}(\[[^\]]*\]\s*=[^=]|\.(append|copy_|update)\()`).test(
        textOf(own),
      );
      if (isSet || isShared || isWritten) continue;
      const isRead = usesOf(own, state).length > 0;
      const isNextRead = usesOf(own, after).length > 1;
      if (!isRead || !isNextRead || home?.name === 'reset') continue;
      yield {
        at: step.span,
        message: `${state} stays what reset() gave: ${after} is never made the state of the next turn.`,
        evidence: [places(['the loop', loop.span])],
      };
    }
  },
};

/** The first state as an environment gives it, perhaps made a tensor at once. */
const RESET =
  /^(?:\w+\.(?:as_tensor|tensor|from_numpy|array|asarray|FloatTensor|Tensor)\(\s*)?(self\.)?\w*env\w*\.reset\(/i;

/** The name that the statements before a loop, in the same body, give the first state. */
function startedWith(program: Program, loop: tree.Statement): string | undefined {
  const around = [
    program.body,
    ...statementsOf(program).flatMap((one) =>
      one.kind === 'FunctionDef' || one.kind === 'For' || one.kind === 'While' ? [one.body] : [],
    ),
  ].find((body) => body.includes(loop));
  const [name] =
    around
      ?.filter(({ span }) => span.end <= loop.span.start)
      .flatMap((one) =>
        givenIn(one).flatMap(({ target, value }) =>
          RESET.test(value.span.text) ? leavesOf(target).slice(0, 1) : [],
        ),
      )
      .map(({ span }) => span.text)
      .slice(-1) ?? [];
  return name !== undefined && /^\w+$/.test(name) ? name : undefined;
}

export const stateTwice: Check = {
  id: 'state-twice',
  title: 'A transition from a state to itself',
  severity: 'warning',
  why: 'What is remembered as the state before is the one after: values are learned of actions in states where they were not taken.',
  instead: 'Keep (state, action, reward, next_state, done).',
  needs: 'Four or more things kept in a memory, two of them the next state.',
  wrong: [
    LOOP(
      ACT,
      'memory.append((next_state, action, reward, next_state, terminated))  # <--',
      'state = next_state',
    ),
    LOOP(ACT, 'memory.append((state, action, reward, state, terminated))  # <--', 'state = next_state'),
  ],
  right: [LOOP(ACT, KEEP, 'state = next_state')],
  *run(program) {
    if (!/\.step\(/.test(program.source)) return;
    for (const call of callsOf(program)) {
      if (!/\.(push|append|add|store|remember|insert|save|cache|put)\w*$/.test(call.callee.span.text))
        continue;
      const [only] = call.args;
      const given = call.args.length === 1 && only?.kind === 'Tuple' ? only.items : call.args;
      const texts = given.map(({ span }) => span.text);
      const twice = texts.find(
        (text, at) =>
          /^(next_?\w+|new_?(state|obs)\w*|(state|obs|s)_?(next|new|2)|s_)$/i.test(text) &&
          texts.indexOf(text) < at,
      );
      // The state before in the place of the one after.
      const left = texts.find(
        (text, at) => /^(self\.)?(state|obs|observation|s)$/.test(text) && texts.indexOf(text) < at,
      );
      if (twice === undefined && left !== undefined && texts.length >= 4 && texts.some(isReward)) {
        yield {
          at: call.span,
          message: `${left} is kept twice, and the state that comes next nowhere.`,
          evidence: [],
        };
        continue;
      }
      if (texts.length < 4 || twice === undefined) continue;
      yield {
        at: call.span,
        message: `${twice} is kept twice, and the state that was left nowhere.`,
        evidence: [],
      };
    }
  },
};

const isReward = (text: string): boolean => /^(self\.)?(r|rew|reward\w*)$/i.test(text);

const END = /^(self\.)?(d|dones?|done_batch|batch_dones?|terminals?|terminated|done_t|is_done|done_mask)$/;

export const endTurned: Check = {
  id: 'end-turned',
  title: 'What comes next counts only where the episode has ended',
  severity: 'warning',
  why: 'done is 1 at the end of an episode: multiplied by it, the value of the next state is left out everywhere but where there is none.',
  instead: 'Write reward + gamma * (1 - done) * next_value.',
  needs:
    'A target of reward and discounted value that is multiplied by what says that an episode has ended, which is turned round nowhere.',
  wrong: [
    `
import random
import torch
import torch.nn as nn
q, q_old, memory = nn.Linear(4, 2), nn.Linear(4, 2), []
q_old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def update(gamma):
    s, a, r, s2, done = map(torch.tensor, zip(*random.sample(memory, 32)))
    with torch.no_grad():
        goal = r + gamma * q_old(s2).max(1)[0] * done  # <--
    loss = nn.functional.mse_loss(q(s).gather(1, a.unsqueeze(1)).squeeze(1), goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    q_old.load_state_dict(q.state_dict())
`,
  ],
  right: [
    `
import random
import torch
import torch.nn as nn
q, q_old, memory = nn.Linear(4, 2), nn.Linear(4, 2), []
q_old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def keep(s, a, r, s2, done):
    memory.append((s, a, r, s2, 1 - done))
def update(gamma):
    s, a, r, s2, done = map(torch.tensor, zip(*random.sample(memory, 32)))
    with torch.no_grad():
        goal = r + gamma * q_old(s2).max(1)[0] * done
    loss = nn.functional.mse_loss(q(s).gather(1, a.unsqueeze(1)).squeeze(1), goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    q_old.load_state_dict(q.state_dict())
`,
  ],
  *run(program) {
    const { source } = program;
    if (!/gamma|discount|\.99/i.test(source) || !/done|terminal|terminated/i.test(source)) return;
    if (
      /[=(,]\s*not\s+[\w.]*(done|term|trunc)|\b1(\.0*)?\s*-\s*[^=\n]{0,24}(done|term|trunc|\bd\b|end)|~|logical_not|mask|\bFalse if\b|(?<![\d.])0(\.0)? if \w*done|^\s*\w*done\w*\s*==?\s*0/m.test(
        source,
      )
    )
      return;
    for (const goal of statementsOf(program)) {
      if (goal.kind !== 'Assign') continue;
      const terms = partsOf(goal.value, '+');
      const discounted = terms.find((term) => partsOf(term, '*').some(isDiscount));
      const factors = discounted === undefined ? [] : partsOf(discounted, '*');
      const end = factors.find(({ span }) => END.test(span.text));
      const isRewarded = terms.some(({ span }) => /^(self\.)?\w*(r|rew|reward)s?(_\w+)?$/i.test(span.text));
      if (terms.length !== 2 || end === undefined || factors.length < 3 || !isRewarded) continue;
      if (!holds(goal.span, end.span)) continue;
      yield {
        at: goal.span,
        message: `The value of the next state is multiplied by ${end.span.text}: it counts where nothing comes after.`,
        evidence: [],
      };
    }
  },
};
