import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { namedWithoutPart, partNamed } from '../../ask/part-names.js';
import { places } from '../../ask/places.js';
import { boundBy, functionsAround, nodesOf, statementsOf } from '../../ask/tree.js';

/** `x_test = x_train.astype('float32')`, where `x_test` was there before and nothing has read it: a line copied from the one above it. */
export function* testOverwritten(program: Program): Generator<Found> {
  for (const statement of statementsOf(program)) {
    const [target, ...more] = statement.kind === 'Assign' ? statement.targets : [];
    if (statement.kind !== 'Assign' || target?.kind !== 'Name' || more.length > 0) continue;
    if (partNamed(target.id) !== 'testing' || /augment|poison|shadow|split/i.test(statement.span.text))
      continue;
    const from = trainingIn(statement.value, namedWithoutPart(target.id));
    const before = from === undefined ? undefined : boundLast(program, target.id, statement);
    if (from === undefined || before === undefined) continue;
    yield {
      at: statement.span,
      message: `${target.id} is made of ${from} here, and what it was is lost: what is tested with is what is learned from.`,
      instead: `Make it of ${target.id}.`,
      evidence: [places(['what it was', before.span])],
    };
  }
}

/** The one name of data to learn from that something is made of, all of it, where it is of the same kind. */
function trainingIn(value: tree.Expression, what: string): string | undefined {
  const found = new Set<string>();
  let isPart = false;
  eachNode([value], (node) => {
    if (node.kind === 'Name' && partNamed(node.id) !== undefined) found.add(node.id);
    if (node.kind === 'Subscript' && node.value.kind === 'Name')
      isPart ||= partNamed(node.value.id) !== undefined;
    if (
      node.kind === 'Attribute' &&
      node.value.kind === 'Name' &&
      /^(shape|dtype|columns|index|mean|std|min|max)$/.test(node.attribute)
    )
      isPart = true;
    if (node.kind === 'IfExp' || node.kind === 'Lambda') isPart = true;
  });
  const [only, ...more] = found;
  return only !== undefined &&
    more.length === 0 &&
    !isPart &&
    what !== '' &&
    partNamed(only) === 'training' &&
    namedWithoutPart(only) === what
    ? only
    : undefined;
}

/** What a name was given last before a statement of the same function, under no condition, where nothing has read it since. */
function boundLast(program: Program, name: string, { span }: tree.Statement): tree.Statement | undefined {
  const home = functionsAround(program, span).at(-1);
  const body = home?.body ?? program.body;
  const before = body.filter((one) => one.span.end <= span.start && boundBy(one).includes(name)).at(-1);
  const isHere = body.some((one) => one.span.start === span.start && one.span.end === span.end);
  if (before === undefined || !isHere || before.kind !== 'Assign') return undefined;
  const isRead = nodesOf(program, 'Name').some(
    (one) => one.id === name && one.span.start >= before.span.end && one.span.end <= span.start,
  );
  return isRead ? undefined : before;
}
