import type { tree } from '@tensormark/python';
import { isNamedAsEnvironment } from './environments.js';

/** What a turn of training is made of. */
type Part = 'backward' | 'step' | 'zero_grad';

/** Named so, a function is run once, whatever it does. */
const ONCE = /^_*(main|test|demo|example|check|try|smoke)/i;
const SCHEDULER = /(^|[._])(lr_)?sched\w*$/i;
const MOST_NESTED = 4;

/**
 * Whether a function is one turn of a training that something else goes on with, and so is called again and again: it does two of
 * computing gradients, taking a step and setting gradients to zero, by itself or by functions that it calls, and no loop of its own.
 */
export function isTrainingStep(
  definition: tree.FunctionDefinition,
  named: ReadonlyMap<string, tree.FunctionDefinition>,
): boolean {
  return !ONCE.test(definition.name) && partsIn(definition.body, named, 0).size >= 2;
}

function partsIn(
  body: readonly tree.Statement[],
  named: ReadonlyMap<string, tree.FunctionDefinition>,
  depth: number,
): ReadonlySet<Part> {
  const found = new Set<Part>();
  for (const call of callsOutsideLoops(body)) {
    const { callee } = call;
    const name = callee.kind === 'Name' ? callee.id : callee.kind === 'Attribute' ? callee.attribute : '';
    const part = partNamed(name, callee);
    if (part !== undefined) found.add(part);
    const called = depth < MOST_NESTED ? named.get(name) : undefined;
    if (called !== undefined) for (const inner of partsIn(called.body, named, depth + 1)) found.add(inner);
  }
  return found;
}

function partNamed(name: string, callee: tree.Expression): Part | undefined {
  if (callee.kind !== 'Attribute') return undefined;
  if (name === 'backward' || name === 'manual_backward') return 'backward';
  if (name === 'zero_grad') return 'zero_grad';
  const of = callee.value.span.text;
  return name === 'step' && !SCHEDULER.test(of) && !isNamedAsEnvironment(of) ? 'step' : undefined;
}

/** The calls in a body, but for those in loops and in functions that are defined in it. */
function callsOutsideLoops(body: readonly tree.Statement[]): readonly tree.Call[] {
  const found: tree.Call[] = [];
  for (const statement of body)
    switch (statement.kind) {
      case 'Expr':
      case 'Assign':
      case 'Return':
        if (statement.value?.kind === 'Call') found.push(...chainOf(statement.value));
        break;
      case 'If':
        found.push(...callsOutsideLoops([...statement.body, ...statement.orElse]));
        break;
      case 'With':
      case 'Try':
        found.push(...callsOutsideLoops(statement.body));
        break;
      default:
    }
  return found;
}

/** A call and those that it is called on: `scaler.scale(loss).backward()`. */
function chainOf(call: tree.Call): readonly tree.Call[] {
  const { callee } = call;
  return callee.kind === 'Attribute' && callee.value.kind === 'Call'
    ? [call, ...chainOf(callee.value)]
    : [call];
}
