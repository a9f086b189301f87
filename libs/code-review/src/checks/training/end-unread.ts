import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const LEARN = (goal: string): string => `
import torch
import torch.nn.functional as F

def learn(network, slow, batch, gamma=0.99):
    state, action, reward, following, done = batch
    value = network(state).gather(1, action.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        goal = ${goal}
    return F.mse_loss(value, goal)
`;

const KEPT_APART = (goal: string): string => `
import torch
import torch.nn.functional as F

def update(network, slow, batch, gamma):
    rewards = torch.cat(batch.reward)
    masks = torch.cat(batch.mask)
    next_values = slow(torch.cat(batch.next_state)).squeeze(1)
    goal = ${goal}
    return F.mse_loss(network(torch.cat(batch.state)).squeeze(1), goal.detach())
`;

export const endUnread: Check = {
  id: 'end-unread',
  title: 'The value of the next state counted after the end too',
  severity: 'warning',
  why: 'After the last step of an episode nothing follows: what the network says of the state after it is made up, and is learned as if it were a return.',
  instead: 'Multiply it by (1 - done).',
  needs:
    'A batch from which ends are taken and never read, in a function that adds a discounted value to rewards.',
  wrong: [
    LEARN('reward + gamma * slow(following).max(1)[0]  # <--'),
    KEPT_APART('rewards + gamma * next_values  # <--'),
  ],
  right: [
    KEPT_APART('rewards + gamma * masks * next_values'),
    LEARN('reward + gamma * slow(following).max(1)[0] * (1 - done)'),
    LEARN('reward + gamma * slow(following).max(1)[0]').replace(
      '    return',
      '    goal[done] = reward[done]\n    return',
    ),
  ],
  *run(program) {
    if (
      !/gamma|discount/i.test(program.source) ||
      !/\bdones?\b|\bterminals?\b|\bterminated\b|, d\b|\.masks?\b/i.test(program.source)
    )
      return;
    for (const definition of nodesOf(program, 'FunctionDef')) {
      const body = statementsIn(definition.body);
      const end = endOf(body) ?? endKept(body);
      if (end === undefined || timesSaid(definition, end.name) !== 1) continue;
      const goal = body.find(
        (one) =>
          one.span.start > end.at.span.end && one.kind === 'Assign' && isDiscounted(one.value, end.reward),
      );
      if (goal === undefined || isCutLater(program, goal)) continue;
      yield {
        at: goal.span,
        message: `${end.name} is read nowhere here: where an episode has ended the value of a state after it is counted all the same.`,
        evidence: [places(['the ends', end.at.span])],
      };
    }
  },
};

interface Ends {
  readonly name: string;
  readonly reward: string;
  readonly at: tree.Statement;
}

const KEPT = (what: string): RegExp => new RegExp(String.raw`\b(batch|transitions?)\.(${what})\b`);

/** `mask_batch = torch.cat(batch.mask)`, beside `reward_batch = torch.cat(batch.reward)`. */
function endKept(body: readonly tree.Statement[]): Ends | undefined {
  const given = (what: string): tree.Statement | undefined =>
    body.find((one) => one.kind === 'Assign' && KEPT(what).test(one.value.span.text));
  const [end, rewards] = [given('masks?|dones?|terminals?|not_dones?'), given('rewards?')];
  const [name, reward] = [end, rewards].map((one) => (one === undefined ? undefined : targetsOf(one)[0]));
  return end === undefined || name === undefined || reward === undefined
    ? undefined
    : { name, reward, at: end };
}

/** `state, action, reward, following, done = batch`: which name is of the ends, and which of the rewards. */
function endOf(body: readonly tree.Statement[]): Ends | undefined {
  for (const one of body) {
    if (one.kind !== 'Assign' || one.targets[0]?.kind !== 'Tuple') continue;
    const names = targetsOf(one);
    const name = names.find((each) =>
      /^((is_)?(dones?|terminals?|terminated|ends?)(_(b|batch|t|mask))?|b(atch)?_dones?|d)$/i.test(each),
    );
    const reward = names.find((each) =>
      /^(r|rs|rew|rewards?)(_(b|batch|t))?$|^b(atch)?_rewards?$/i.test(each),
    );
    if (names.length >= 4 && name !== undefined && reward !== undefined) return { name, reward, at: one };
  }
  return undefined;
}

function timesSaid({ span }: tree.FunctionDefinition, name: string): number {
  return span.text.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length ?? 0;
}

/** `reward + gamma * slow(following).max(1)[0]`, with nothing else in it. */
function isDiscounted(value: tree.Expression, reward: string): boolean {
  if (value.kind !== 'BinOp' || value.operator !== '+') return false;
  const [one, other] =
    value.left.span.text === reward ? [value.left, value.right] : [value.right, value.left];
  return (
    one.span.text === reward &&
    other.kind === 'BinOp' &&
    other.operator === '*' &&
    /gamma|discount/i.test(other.span.text) &&
    /\.(max|amax|min|gather)\(|critic|value|target/i.test(other.span.text) &&
    !/mask|not_|final|done|(1(\.0)?\s*-)|alive|nonterminal/i.test(other.span.text)
  );
}

/** Whether values of states that there are none of are 0 already, by a mask of them. */
function isCutLater({ source }: Program, { span }: tree.Statement): boolean {
  return /non_?final|final_mask|not_done|\[~/.test(source.slice(0, span.end));
}
