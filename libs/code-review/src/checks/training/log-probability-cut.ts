import type { Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsOf, functionsAround, nodesOf } from '../../ask/tree.js';
import type { tree } from '@tensormark/python';

const EPISODE = (kept: string): string => `
import torch
from torch.distributions import Categorical

def episode(env, policy, optimizer):
    said, rewards = [], []
    state, done = env.reset(), False
    while not done:
        chances = Categorical(logits=policy(torch.as_tensor(state)))
        action = chances.sample()
        ${kept}
        state, reward, done = env.step(action.item())
        rewards.append(reward)
    loss = -sum(one * sum(rewards[at:]) for at, one in enumerate(said))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const logProbabilityCut: Check = {
  id: 'log-probability-cut',
  title: 'Log-probabilities kept without their history',
  severity: 'error',
  why: 'The gradient of a policy goes through the log-probabilities of what it did: of mere numbers backward() raises an error, or changes nothing.',
  instead: 'Keep the tensor: log_probs.append(chances.log_prob(action)).',
  needs:
    'A program that learns with backward(), whose every log-probability is cut off where it is computed.',
  wrong: [
    EPISODE('said.append(chances.log_prob(action).item())  # <--'),
    EPISODE('said.append(chances.log_prob(action).detach())  # <--'),
  ],
  right: [
    EPISODE('said.append(chances.log_prob(action))'),
    EPISODE('print(chances.log_prob(action).item())\n        said.append(chances.log_prob(action))'),
  ],
  *run(program) {
    const { source } = program;
    if (!/\.log_prob\(/.test(source) || !/\.backward\(/.test(source)) return;
    const asked = callsOf(program).filter(
      ({ callee }) => callee.kind === 'Attribute' && callee.attribute === 'log_prob',
    );
    if (/\b(log_softmax|cross_entropy|CrossEntropyLoss|nll_loss|evaluate\w*)\b|\.log\(/i.test(source)) return;
    const cut = asked.map((call) => cutterOf(program, call));
    const [first] = cut;
    if (first === undefined || cut.includes(undefined)) return;
    // Another file may ask the policy anew.
    if (!functionsAround(program, first.span).some(({ span }) => /\.backward\(/.test(span.text))) return;
    yield {
      at: first.span,
      message: `${/\.(\w+)\(\)$/.exec(first.span.text)?.[1] ?? 'This'}() leaves a log-probability without its history, and no other is computed: the policy gets no gradient.`,
      evidence: [],
    };
  },
};

/** `chances.log_prob(action).item()`, where that is appended to a list. */
function cutterOf(program: Program, call: tree.Call): tree.Call | undefined {
  const cut = nodesOf(program, 'Call').find(
    ({ callee }) =>
      callee.kind === 'Attribute' &&
      callee.value.span.start === call.span.start &&
      callee.value.span.end === call.span.end &&
      /^(item|detach|numpy|tolist)$/.test(callee.attribute),
  );
  return cut !== undefined &&
    nodesOf(program, 'Call').some(
      ({ callee, args }) =>
        callee.kind === 'Attribute' &&
        callee.attribute === 'append' &&
        args[0]?.span.start === cut.span.start &&
        args[0].span.end === cut.span.end,
    )
    ? cut
    : undefined;
}
