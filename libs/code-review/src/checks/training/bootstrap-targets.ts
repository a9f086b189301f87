import { writtenActorSigns } from './written-actor-sign.js';
import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { graphOf, learnedIn } from '../../ask/gradients.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import { backwardsOf, valuesLearnedFrom } from '../../ask/training.js';
import { bootstrapsIn } from './bootstrapped.js';

const AGENT = (best: string, sync = ''): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Values(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(4, 32), nn.Linear(32, 2)

    def forward(self, x):
        return self.last(F.relu(self.first(x)))

class Agent:
    def __init__(self):
        self.q = Values()
        self.slow = Values()
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def learn(self, s, a, r, s2, done):
        best = ${best}
        goal = r + 0.99 * best * (1 - done)
        loss = F.smooth_l1_loss(self.q(s).gather(1, a).squeeze(1), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        ${sync}

agent = Agent()
for turn in range(100):
    agent.learn(torch.randn(8, 4), torch.randint(0, 2, (8, 1)), torch.randn(8), torch.randn(8, 4), torch.zeros(8))
`;
const ACTOR = (loss: string): string => `
import copy
import torch
import torch.nn as nn
actor, critic = nn.Linear(3, 1), nn.Linear(4, 1)
slow = copy.deepcopy(critic)
a_opt, c_opt = torch.optim.Adam(actor.parameters(), lr=1e-4), torch.optim.Adam(critic.parameters(), lr=1e-3)
for turn in range(100):
    s, a, r, s2 = torch.randn(8, 3), torch.randn(8, 1), torch.randn(8, 1), torch.randn(8, 3)
    with torch.no_grad():
        goal = r + 0.99 * slow(torch.cat([s2, actor(s2)], 1))
    c_opt.zero_grad()
    nn.functional.mse_loss(critic(torch.cat([s, a], 1)), goal).backward()
    c_opt.step()
    told = ${loss}
    a_opt.zero_grad()
    told.backward()
    a_opt.step()
    slow.load_state_dict(critic.state_dict())
`;
const SYNC = 'self.slow.load_state_dict(self.q.state_dict())';

export const targetLearns: Check = {
  id: 'target-learns',
  title: 'The target of a value learns too',
  severity: 'warning',
  why: 'What is looked for is that the estimate comes to the target: with gradients through both, the target comes to the estimate as well, and rewards count for half.',
  instead: 'Take the value of the next state without gradients: under torch.no_grad(), or with detach().',
  needs:
    'Reward and discounted value of the same network that is fitted to them, with gradients through both, and an optimiser that has it.',
  wrong: [AGENT('self.q(s2).max(1)[0]').replace('best * (1 - done)', 'best * (1 - done)  # <--')],
  right: [AGENT('self.q(s2).max(1)[0].detach()'), AGENT('self.slow(s2).max(1)[0]', SYNC)],
  *run(program) {
    if (/residual/i.test(program.source)) return;
    const learned = valuesLearnedFrom(program);
    const given = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
    const seen = new Set<number>();
    for (const { loss, chosen, next } of bootstrapsIn(program)) {
      const goal = [loss.input, loss.target].filter(isValue).find((side) => side !== chosen);
      const at = goal?.span;
      if (loss.result === undefined || !learned.has(loss.result) || at === undefined || seen.has(at.start))
        continue;
      if (!graphOf(loss.result).includes(next)) continue;
      const fitted = layersIn(chosen);
      const isSame = layersIn(next).some(
        (module) => fitted.includes(module) && module.parameters.some(({ id }) => given.has(id)),
      );
      if (!isSame) continue;
      seen.add(at.start);
      yield {
        at,
        message:
          'Gradients go through the value of the next state too: it is given by the network that learns, and nothing detaches it.',
        evidence: [places(['the value of the next state', next.span], ['the loss', loss.moment.span])],
      };
    }
  },
};

function layersIn(value: Value): ProgramModule[] {
  return learnedIn(value).flatMap(({ made }) => (made.kind === 'layer' ? [made.module] : []));
}

export const targetNeverMoved: Check = {
  id: 'target-never-moved',
  title: 'Targets of a network that never learns',
  severity: 'warning',
  why: 'The network that is asked for the value of the next state keeps the weights it was drawn with: what it says of it is noise.',
  instead: 'Give it the weights of the network that learns, at the beginning and every so many steps.',
  needs:
    'A network of the class of the one that learns, asked for the value of the next state, whose parameters no optimiser has and nothing writes.',
  wrong: [
    AGENT('self.slow(s2).max(1)[0].detach()').replace('self.slow = Values()', 'self.slow = Values()  # <--'),
  ],
  right: [AGENT('self.slow(s2).max(1)[0].detach()', SYNC)],
  *run(program) {
    if (/deepcopy|torch\.load|\bsetattr\(|from_pretrained/.test(program.source)) return;
    if (program.cutShort || program.optimizers.some(({ isComplete }) => !isComplete)) return;
    const given = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
    const written = writtenIn(program);
    const seen = new Set<number>();
    for (const { loss, chosen, next } of bootstrapsIn(program)) {
      const asked = networkBehind(program, next);
      const learning = networkBehind(program, chosen);
      const at = asked && makingOf(asked);
      if (asked === undefined || learning === undefined || asked === learning || at === undefined) continue;
      if (asked.isNative || asked.type !== learning.type) continue;
      if (at.source.file !== program.file || seen.has(at.start) || asked.parameters.length === 0) continue;
      if (!learning.parameters.some(({ id }) => given.has(id))) continue;
      if (asked.parameters.some(({ id }) => given.has(id) || written.has(id))) continue;
      seen.add(at.start);
      yield {
        at,
        message:
          'This network is asked for the values of next states, and is never given the weights of the one that learns.',
        evidence: [places(['the loss', loss.moment.span], ['the network that learns', makingOf(learning)])],
      };
    }
  },
};

/** The call that makes a network of a class of the program. */
function makingOf({ made, span }: ProgramModule): Span | undefined {
  let activation = made?.activation;
  while (activation?.calledAt?.text.startsWith('super(') === true) ({ outer: activation } = activation);
  return activation?.name === '__init__' ? activation.calledAt : span;
}

/** The network whose outputs a value is taken of. */
function networkBehind(program: Program, value: Value): ProgramModule | undefined {
  // The last of them: what another network gave may be what this one was asked about.
  return outermostCalls(program).findLast(
    ({ result }) => isValue(result) && comesOf(value, (one) => one === result),
  )?.module;
}

/** The parameters that something is put into, one by one or all at once. */
function writtenIn(program: Program): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (value: Datum | undefined): void => {
    if (!isValue(value)) return;
    comesOf(value, ({ made }) => {
      if (made.kind === 'parameter') found.add(made.id);
      return false;
    });
  };
  for (const { args } of callsNamed(program, 'load_state_dict', 'apply')) {
    const [module] = args.positional;
    if (typeof module === 'object' && module !== null && 'kind' in module && module.kind === 'module')
      for (const { id } of module.parameters) found.add(id);
  }
  for (const { of, name } of eventsOf(program, 'tensor-set')) if (name === 'data') add(of);
  for (const { name, args } of eventsOf(program, 'call'))
    if (/^(copy_|mul_|add_|sub_|lerp_|__iadd__|__isub__|__imul__|__setitem__)$/.test(name))
      add(args.positional[0]);
  return found;
}

const SOFT = (difference: string): string => `
import torch
from agents import actor, critic, other_critic, alpha, actor_optimizer

def actor_loss_of(states):
    actions, log_prob = actor(states)
    q_least = torch.min(critic(states, actions), other_critic(states, actions))
    policy_loss = (${difference}).mean()
    return policy_loss

def learn(states):
    actor_optimizer.zero_grad()
    actor_loss_of(states).backward()
    actor_optimizer.step()
`;

const OF_OTHERS = (sign: string): string => `
import torch
from agents import Agent

def learn(agent: Agent, states, others):
    agent.policy_optimizer.zero_grad()
    seen = torch.cat((states, agent.policy(states), others), dim=1)
    policy_loss = ${sign}agent.critic(seen).mean()
    policy_loss.backward()
    agent.policy_optimizer.step()
`;

export const actorSign: Check = {
  id: 'actor-sign',
  title: 'An actor that makes its own value small',
  severity: 'warning',
  why: 'Steps make a loss small: what the critic says of the actor’s own actions is to become large, so that it wants a minus.',
  instead: 'actor_loss = -critic(state, actor(state)).mean()',
  needs:
    'The mean of what a network that is fitted to reward and discounted value gives for what another network gives, as the whole of what gradients are computed of.',
  wrong: [
    ACTOR('critic(torch.cat([s, actor(s)], 1)).mean()  # <--'),
    SOFT('q_least - alpha * log_prob').replace('.mean()', '.mean()  # <--'),
    OF_OTHERS('').replace('.mean()', '.mean()  # <--'),
  ],
  right: [
    ACTOR('-critic(torch.cat([s, actor(s)], 1)).mean()'),
    SOFT('alpha * log_prob - q_least'),
    OF_OTHERS('-'),
  ],
  *run(program) {
    if (/\bcosts?\b|penalt|maximize/i.test(program.source)) return;
    yield* writtenActorSigns(program);
    const fitted = new Set([...bootstrapsIn(program)].map(({ chosen }) => networkBehind(program, chosen)));
    if (fitted.size === 0) return;
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      const [term, ...more] = signedTerms(on);
      const said = term?.sign === 1 && makerOf(term.value) === 'mean' ? term.value.inputs[0] : undefined;
      const at = term?.value.span;
      if (said === undefined || more.length > 0 || at === undefined || seen.has(at.start)) continue;
      const call = outermostCalls(program).find(({ result }) => result === said);
      if (call === undefined || !fitted.has(call.module)) continue;
      const own = call.module.modules.map(({ module }) => module);
      const isOfActor = call.args.positional.some(
        (given) => isValue(given) && layersIn(given).some((module) => !own.includes(module)),
      );
      if (!isOfActor) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'What the critic says of the actor’s actions is made small here, and is a sum of rewards.',
        evidence: [places(['the critic is asked here', call.moment.span])],
      };
    }
  },
};
