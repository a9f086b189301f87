import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, functionsAround, nodesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/**
 * The loss of a policy that is what a critic says of its actions, without its minus: `critic(states, actor(states)).mean()`,
 * or the values less the weighed log-probabilities of soft actor-critic.
 */
export function* writtenActorSigns(program: Program): Generator<Found> {
  if (!/critic|\bq\w*\b/i.test(program.source) || !/actor|policy/i.test(program.source)) return;
  for (const made of statementsOf(program)) {
    const [name = ''] = targetsOf(made);
    if (made.kind !== 'Assign' || made.targets.length !== 1 || !/^(self\.)?\w+$/.test(name)) continue;
    const mean = meanOf(made.value);
    if (mean === undefined || !LOSS.test(name)) continue;
    const body = functionsAround(program, made.span).at(-1)?.body ?? program.body;
    const isJudged = isOfCritic(mean) && isOfActions(statementsIn(body), mean, made);
    if (!isJudged && !isSoft(mean)) continue;
    if (isTurned(program, name) || !isLearned(program, statementsIn(body), name)) continue;
    yield {
      at: made.span,
      message: `${name} is what the critic says of the policy's actions, and is made smaller: steps lead to worse actions.`,
      evidence: [],
    };
  }
}

const LOSS = /(actor|policy|pol|pi)_?loss\w*$/i;
const CRITIC = /(^|[._])(critic|q_?net(work)?|qf)\w*$/i;

/** What the mean is taken of: `x.mean()`, `torch.mean(x)`. */
function meanOf(value: tree.Expression): tree.Expression | undefined {
  if (value.kind !== 'Call' || value.callee.kind !== 'Attribute' || value.callee.attribute !== 'mean')
    return undefined;
  const isFunction = value.callee.value.span.text === 'torch';
  return isFunction ? value.args[0] : value.args.length === 0 ? value.callee.value : undefined;
}

function isOfCritic(node: tree.Expression): node is tree.Call {
  return (
    node.kind === 'Call' && CRITIC.test(node.callee.span.text) && !/forward|loss/i.test(node.callee.span.text)
  );
}

const ACTOR = /(^|[._])(actor|policy|pi)(_?(local|net|network|eval|online))?\(/i;

/** Whether what the critic is given has the actions of the policy in it, as they are or under names given before. */
function isOfActions(body: readonly tree.Statement[], { args }: tree.Call, before: tree.Statement): boolean {
  return args.some(({ span, ...node }) => {
    if (ACTOR.test(span.text)) return true;
    if (node.kind !== 'Name') return false;
    const given = body.filter(
      (one) => one.span.end <= before.span.start && targetsOf(one).includes(span.text),
    );
    const last = given.at(-1);
    return last?.kind === 'Assign' && ACTOR.test(last.value.span.text);
  });
}

/** `min_q - alpha * log_prob` */
function isSoft(node: tree.Expression): boolean {
  if (node.kind !== 'BinOp' || node.operator !== '-') return false;
  const [values, entropy] = [node.left.span.text, node.right.span.text];
  return (
    /^\(?[\w.]*q\w*\)?$/i.test(values) &&
    !/log|alpha/i.test(values) &&
    /alpha|temperature|ent_coef/i.test(entropy) &&
    /log_?(p|pi|prob)\w*/i.test(entropy)
  );
}

/** Whether a name is negated or taken off anywhere. */
function isTurned(program: Program, name: string): boolean {
  return (
    nodesOf(program, 'UnaryOp').some(
      ({ operator, operand }) => operator === '-' && operand.span.text.startsWith(name),
    ) ||
    nodesOf(program, 'BinOp').some(
      ({ operator, left, right }) =>
        (operator === '-' && right.span.text === name) ||
        (operator === '*' && (left.span.text === name || right.span.text === name)),
    ) ||
    /maximize\s*=\s*True|\.neg\(\)/.test(program.source)
  );
}

/** Whether gradients are computed of it, here or where it is returned to. */
function isLearned(program: Program, body: readonly tree.Statement[], name: string): boolean {
  const isAsked = callsOf(program).some(({ callee }) => callee.span.text === `${name}.backward`);
  const isGiven = body.some(
    (one) => one.kind === 'Return' && new RegExp(String.raw`^return\s+\(?${name}\b`).test(one.span.text),
  );
  return (
    isAsked ||
    (isGiven && /\.backward\(|take_optimi[sz]ation_step|optimi[sz]er?\w*\.step/.test(program.source))
  );
}
