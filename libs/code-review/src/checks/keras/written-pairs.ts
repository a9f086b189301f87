import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, functionsAround, holds, statementsOf, targetsOf } from '../../ask/tree.js';

/** `zip(gradients, judge.trainable_variables)`, where the gradients were asked for by those of another network. */
export function* pairsOfOthers(program: Program): Generator<Found> {
  const applied = callsOf(program).filter(({ callee }) => callee.span.text.endsWith('.apply_gradients'));
  for (const { args, span } of applied) {
    const [zip] = args;
    if (zip?.kind !== 'Call' || zip.callee.span.text !== 'zip' || zip.args.length !== 2) continue;
    const [gradients, variables] = zip.args;
    if (gradients?.kind !== 'Name' || variables === undefined) continue;
    const home = functionsAround(program, span).at(-1);
    const makings = statementsOf(program).filter(
      (one) => targetsOf(one).includes(gradients.id) && functionsAround(program, one.span).at(-1) === home,
    );
    // The last one before, where it is sure to have been.
    const only = makings.length === 1 ? makings[0] : makings.findLast((one) => one.span.end < span.start);
    if (only === undefined || (makings.length > 1 && !isSureBefore(program, only.span, span))) continue;
    if (only.kind !== 'Assign' || only.value.kind !== 'Call') continue;
    if (!only.value.callee.span.text.endsWith('.gradient')) continue;
    const sources = only.value.args[1] ?? only.value.keywords.find(({ name }) => name === 'sources')?.value;
    const [asked, given] = [networksIn(sources), networksIn(variables)];
    if (asked === undefined || given === undefined || asked.join() === given.join()) continue;
    yield {
      at: span,
      message: `The gradients are those of the variables of ${asked.join(' and ')}, and are applied to those of ${given.join(' and ')}.`,
      evidence: [],
    };
  }
}

/** Whether no condition or handler holds the one and not the other. */
function isSureBefore(program: Program, one: Span, other: Span): boolean {
  return !statementsOf(program).some(
    ({ kind, span }) => /^(If|Try|For|While)$/.test(kind) && holds(span, one) && !holds(span, other),
  );
}

/** The networks whose variables are written in an expression, one after the other; undefined where anything else is. */
function networksIn(node: tree.Expression | undefined): readonly string[] | undefined {
  if (node?.kind === 'BinOp' && node.operator === '+') {
    const [left, right] = [networksIn(node.left), networksIn(node.right)];
    return left && right && [...left, ...right];
  }
  return node?.kind === 'Attribute' && /^trainable_(variables|weights)$/.test(node.attribute)
    ? [node.value.span.text]
    : undefined;
}
