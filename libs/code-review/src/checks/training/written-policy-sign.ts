import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, loopsOf, statementsIn } from '../../ask/tree.js';

/**
 * The policy gradient, gathered step by step: log-probabilities times returns that are added to a loss or put into a list, with no minus
 * anywhere between there and backward().
 */
export function* writtenPolicySigns(program: Program): Generator<Found> {
  if (!/log_?probs?/i.test(program.source) || /maximi[sz]e\s*=\s*True|\.neg\(\)/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    const pair = loop.kind === 'For' ? pairOf(loop) : undefined;
    if (pair === undefined) continue;
    for (const statement of statementsIn(loop.body)) {
      const gathered = gatheredIn(statement);
      if (gathered === undefined || !isOfPair(gathered.value, pair)) continue;
      if (isTurned(program, gathered.name) || !isLearned(program, gathered.name)) continue;
      yield {
        at: statement.span,
        message:
          'Log-probabilities times returns are made smaller here: what brought much return is done less.',
        evidence: [],
      };
    }
  }
}

interface Pair {
  readonly log: string;
  readonly weight: string;
}

const LOGS = /log_?p(rob)?s?(_\w+)?$/i;
const RETURNS = /^(self\.)?(\w+\.)?((discounted_)?(returns?|rewards?|discounted_r)|adv|advantages?|Gs?|Rs?)$/;

/** `for log_prob, R in zip(log_probs, returns)`: which name is which. */
function pairOf({ target, iterable }: tree.For): Pair | undefined {
  if (target.kind !== 'Tuple' || iterable.kind !== 'Call' || iterable.callee.span.text !== 'zip')
    return undefined;
  if (target.items.length !== iterable.args.length) return undefined;
  let [log, weight]: (string | undefined)[] = [];
  for (const [at, { span }] of target.items.entries()) {
    const from = iterable.args[at]?.span.text ?? '';
    if (LOGS.test(from)) log = span.text;
    else if (RETURNS.test(from)) weight = span.text;
  }
  return log === undefined || weight === undefined ? undefined : { log, weight };
}

/** `loss += value`, `losses.append(value)`. */
function gatheredIn(
  statement: tree.Statement,
): { readonly name: string; readonly value: tree.Expression } | undefined {
  if (statement.kind === 'AugAssign' && statement.operator === '+' && statement.target.kind === 'Name')
    return { name: statement.target.id, value: statement.value };
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return undefined;
  const { callee, args } = statement.value;
  const [value] = args;
  return callee.kind === 'Attribute' &&
    callee.attribute === 'append' &&
    callee.value.kind === 'Name' &&
    value !== undefined
    ? { name: callee.value.id, value }
    : undefined;
}

/** `log_prob * R`, in either order. */
function isOfPair(value: tree.Expression, { log, weight }: Pair): boolean {
  if (value.kind !== 'BinOp' || value.operator !== '*') return false;
  const sides = [value.left.span.text, value.right.span.text];
  return sides.includes(log) && sides.includes(weight);
}

/** Whether something is taken off, or a minus stands before it, anywhere. */
function isTurned({ source }: Program, name: string): boolean {
  return new RegExp(String.raw`-\s*(torch\.\w+\(\s*|sum\(\s*|\(\s*)*${name}\b|\b${name}\s*(=\s*-|-|\*)`).test(
    source,
  );
}

function isLearned(program: Program, name: string): boolean {
  return callsOf(program).some(({ callee, span }) => {
    if (callee.kind !== 'Attribute' || callee.attribute !== 'backward') return false;
    const { text } = callee.value.span;
    if (text === name || new RegExp(String.raw`\b${name}\b`).test(text)) return true;
    // `loss = torch.cat(losses).sum()`
    return (
      /^\w+$/.test(text) &&
      new RegExp(String.raw`\b${text}\s*=[^\n=]*\b${name}\b`).test(program.source.slice(0, span.start))
    );
  });
}
