import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf } from '../../ask/tree.js';

/** Layers frozen or thawed in a function between `model.compile` and `model.fit`, with no other compile after it. */
export function* changedInFunctions(program: Program): Generator<Found> {
  if (!/\.trainable\s*=/.test(program.source)) return;
  for (const { body } of nodesOf(program, 'FunctionDef'))
    for (const [at, statement] of body.entries()) {
      const changed = changeIn(statement);
      if (changed === undefined) continue;
      const compiled = body.slice(0, at).findLast((one) => compiledIn(one) !== undefined);
      const name = compiled && compiledIn(compiled);
      if (compiled === undefined || name === undefined) continue;
      const after = body.slice(at + 1);
      const fitted = after.findIndex((one) => isFit(one, name));
      // What it is handed to, or any other compile, may compile it again.
      const isOpen = new RegExp(String.raw`\.compile\(|[(,=]\s*${name}\s*[,)]`);
      const between = after.slice(0, fitted);
      if (fitted < 0 || between.some(({ span }) => isOpen.test(span.text))) continue;
      yield {
        at: changed.span,
        message: 'Which layers are trained is changed after the network was compiled, and has no effect.',
        evidence: [places(['compiled here', compiled.span], ['trained here', after[fitted]?.span])],
      };
      break;
    }
}

/** Where a statement sets `trainable`, by itself or for each layer, and neither compiles nor trains anything. */
function changeIn(statement: tree.Statement): tree.Assign | undefined {
  if (statement.kind !== 'Assign' && statement.kind !== 'For') return undefined;
  if (/\.(compile|fit\w*|train_on_batch)\(/.test(statement.span.text)) return undefined;
  const found: tree.Assign[] = [];
  eachNode([statement], (node) => {
    if (
      node.kind === 'Assign' &&
      node.targets.some((target) => target.kind === 'Attribute' && target.attribute === 'trainable')
    )
      found.push(node);
  });
  return found[0];
}

/** The name of a network that a statement compiles. */
function compiledIn(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return undefined;
  return /^(\w+)\.compile$/.exec(statement.value.callee.span.text)?.[1];
}

function isFit(statement: tree.Statement, name: string): boolean {
  const value =
    statement.kind === 'Expr' || statement.kind === 'Assign' || statement.kind === 'Return'
      ? statement.value
      : undefined;
  return (
    value?.kind === 'Call' && new RegExp(String.raw`^${name}\.fit(_generator)?$`).test(value.callee.span.text)
  );
}
