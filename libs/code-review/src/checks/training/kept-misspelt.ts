import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { distance } from '../../ask/spelling.js';
import { functionsAround, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

/** Methods that lay a tensor out anew or move it. */
const LAYS_OUT = /^(view|reshape|flatten|permute|transpose|squeeze|unsqueeze|to|cuda|float|long|astype)$/;

/** `imgaes = images.view(…)`: kept under a name that nothing reads, a slip of that which is read afterwards. */
export function* keptMisspelt(program: Program): Generator<Found> {
  for (const at of statementsOf(program)) {
    const receiver = laidOut(at);
    const [name = ''] = targetsOf(at);
    if (receiver === undefined || at.kind !== 'Assign' || at.targets.length > 1) continue;
    if (name.length < 4 || receiver.id.length < 4 || !isSlip(name, receiver.id)) continue;
    const reads = nodesOf(program, 'Name').filter(
      ({ id, span }) => id === name && span.start !== at.targets[0]?.span.start,
    );
    if (reads.length > 0) continue;
    const [within] = functionsAround(program, at.span);
    const later = nodesOf(program, 'Name').find(
      ({ id, span }) =>
        id === receiver.id &&
        span.start > at.span.end &&
        (within === undefined || span.end <= within.span.end),
    );
    if (later === undefined) continue;
    yield {
      at: at.span,
      message: `This is kept as ${name}, which nothing reads; did you mean ${receiver.id}?`,
      evidence: [places(['read as it was', later.span])],
    };
  }
}

/** The name of what is laid out anew and given to one name. */
function laidOut(at: tree.Statement): tree.Name | undefined {
  if (at.kind !== 'Assign' || at.targets[0]?.kind !== 'Name' || at.value.kind !== 'Call') return undefined;
  const { callee } = at.value;
  return callee.kind === 'Attribute' && LAYS_OUT.test(callee.attribute) && callee.value.kind === 'Name'
    ? callee.value
    : undefined;
}

/** Whether names differ by letters alone, one or two of them: `x1` and `x_flat` are names of their own. */
function isSlip(one: string, other: string): boolean {
  const letters = (name: string) => name.replaceAll(/[a-z]/gi, '');
  return one !== other && letters(one) === letters(other) && distance(one, other) <= 2;
}
