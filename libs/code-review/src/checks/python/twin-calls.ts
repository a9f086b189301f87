import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

/**
 * Two calls of a network in a row that are written alike, in a function that never reads the fellow of what they are given:
 * `one, other = net(left), net(left)` where there is a `right` too, as `x1` and `x2`.
 */
export function* twinCalls(program: Program): Generator<Found> {
  for (const home of nodesOf(program, 'FunctionDef')) {
    const given = home.parameters.map(({ name }) => name).filter((name) => name !== 'self');
    if (given.length < 2) continue;
    const read = new Set<string>();
    eachNode(home.body, (node) => {
      if (node.kind === 'Name') read.add(node.id);
    });
    const unread = given.filter((name) => !read.has(name));
    if (unread.length === 0 || /\blocals\(/.test(home.span.text)) continue;
    const body = statementsIn(home.body);
    for (const [at, second] of body.entries()) {
      const first = body[at - 1];
      if (second.kind !== 'Assign' || first?.kind !== 'Assign' || second.value.kind !== 'Call') continue;
      if (
        first.value.span.text !== second.value.span.text ||
        targetsOf(first).join() === targetsOf(second).join()
      )
        continue;
      const own = second.value.args.flatMap((one) =>
        one.kind === 'Name' && given.includes(one.id) ? [one.id] : [],
      );
      const fellow = unread.find((name) => own.some((one) => areFellows(one, name)));
      if (fellow === undefined) continue;
      yield {
        at: second.span,
        message: `${fellow} is read nowhere, and both calls are given the same.`,
        evidence: [places(['the first call', first.span])],
      };
    }
  }
}

/** `input1` and `input2`, `x_i` and `x_j`, `left` and `right`. */
function areFellows(one: string, other: string): boolean {
  const pair = [one, other].toSorted().join();
  if (/^(left,right|anchor,positive|anchor,negative|first,second)$/.test(pair)) return true;
  const stem = (name: string): string => name.replace(/(_?\d+|_[a-z])$/, '');
  return stem(one) === stem(other);
}
