import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { factorsOf } from '../../ask/factors.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';

const UPDATE = (said: string): string => `
import torch
import torch.nn.functional as F

def update(policy, optimizer, states, actions, returns):
    log_probs = policy(states).log_softmax(-1).gather(1, actions).squeeze(1)
    ${said}
    loss = -(said * returns).mean()  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const weighedAfterMean: Check = {
  id: 'weighed-after-mean',
  title: 'Averaged first, and weighed then',
  severity: 'warning',
  why: 'One number times each of the weights, averaged again, is the two means multiplied: which example had which weight is lost.',
  instead: "Multiply example by example, with reduction='none', and take the mean of that.",
  needs:
    'A mean or sum over everything, of logarithms of probabilities or by a loss as it is, multiplied by returns, weights or a mask, and reduced once more.',
  wrong: [
    UPDATE('said = log_probs.mean()'),
    `
import torch.nn.functional as F

def weighed(scores, labels, sample_weights):
    each = F.cross_entropy(scores, labels)
    return (each * sample_weights).mean()  # <--
`,
  ],
  right: [
    UPDATE('said = log_probs').replace('  # <--', ''),
    UPDATE('said = log_probs.sum(-1)').replace('  # <--', ''),
    `
import torch.nn.functional as F

def weighed(scores, labels, sample_weights, weight, log_probs, reward):
    each = F.cross_entropy(scores, labels, reduction='none')
    return (each * sample_weights).mean() + F.cross_entropy(scores, labels) * weight - log_probs.sum() * reward
`,
  ],
  *run(program) {
    if (!/log_?p|loss|entropy/i.test(program.source)) return;
    for (const call of callsOf(program)) {
      const reduced = reducedBy(call);
      const factors = reduced === undefined ? [] : factorsOf(reduced);
      if (factors.length < 2) continue;
      for (const factor of factors) {
        const made = factor.kind === 'Name' ? madeBefore(program, call, factor.id) : factor;
        const kind = made === undefined ? undefined : wholeIn(program, made);
        const weights =
          kind === undefined
            ? undefined
            : factors.find((other) => other !== factor && kind.test(lastName(other)));
        if (made === undefined || weights === undefined) continue;
        yield {
          at: call.span,
          message: `What ${weights.span.text} is multiplied by is one number for all examples.`,
          evidence: [places(['it is reduced here', made.span])],
        };
        break;
      }
    }
  },
};

/** What a call of `mean` or `sum` goes over, where it goes over everything. */
function reducedBy({ callee, args, keywords }: tree.Call): tree.Expression | undefined {
  if (callee.kind !== 'Attribute' || !/^(mean|sum)$/.test(callee.attribute) || keywords.length > 0)
    return undefined;
  if (callee.value.kind === 'Name' && callee.value.id === 'torch')
    return args.length === 1 ? args[0] : undefined;
  return args.length === 0 ? callee.value : undefined;
}

/** What a name stands for where it is read, if it was given a value once before in the function. */
function madeBefore(program: Program, { span }: tree.Call, name: string): tree.Expression | undefined {
  const home = functionsAround(program, span).at(-1);
  const given = statementsIn(home?.body ?? program.body).filter(
    (one) => one.span.end <= span.start && targetsOf(one).includes(name),
  );
  const [only, more] = given;
  if (only?.kind !== 'Assign' || more !== undefined) return undefined;
  return only.targets[0]?.kind === 'Name' ? only.value : undefined;
}

/** What weights of it would be called, where an expression is one number for all examples. */
function wholeIn(program: Program, node: tree.Expression): RegExp | undefined {
  const bare = node.kind === 'UnaryOp' ? node.operand : node;
  if (bare.kind !== 'Call') return undefined;
  const reduced = reducedBy(bare);
  if (reduced !== undefined) {
    const source = reduced.kind === 'Name' ? madeBefore(program, bare, reduced.id) : undefined;
    return /log_?p/i.test(`${reduced.span.text} ${source?.span.text ?? ''}`) ? RETURNS : undefined;
  }
  const isAveraged =
    /^(F|functional|nn\.functional|torch\.nn\.functional)\.(cross_entropy|nll_loss|mse_loss|l1_loss|smooth_l1_loss|binary_cross_entropy(_with_logits)?)$/.test(
      bare.callee.span.text,
    ) && !bare.keywords.some(({ name }) => name === undefined || /^(reduc|size_average)/.test(name));
  return isAveraged ? WEIGHTS : undefined;
}

const RETURNS = /^(\w*returns|\w*rewards|\w*advantages?|advs?|deltas|gs|rets?|discounted\w*|td_errors?)$/i;
const WEIGHTS = /^(\w*mask|\w*weights|w|sample_weight|is_weight)$/i;

const lastName = ({ span: { text } }: tree.Expression): string =>
  /(\w+)(\.detach\(\)|\.data)?$/.exec(text)?.[1] ?? '';
