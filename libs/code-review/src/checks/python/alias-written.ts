import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, holds, loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const RENUMBERED = (copy: string): string => `
import torch

def renumbered(labels, order):
    ${copy}
    for old in range(len(order)):
        made[labels == old] = order[old]
    return made
`;

export const aliasWritten: Check = {
  id: 'alias-written',
  title: 'Written into what is still being read',
  severity: 'warning',
  why: 'A second name is no copy: what one turn has written, the next takes for an old value, and changes it again.',
  instead: 'Make a copy first: made = labels.clone().',
  needs:
    'A name that is only another for a tensor or array, and a loop that writes at places where the first has a value.',
  wrong: [RENUMBERED('made = labels  # <--')],
  right: [RENUMBERED('made = labels.clone()'), RENUMBERED('made = torch.zeros_like(labels)')],
  *run(program) {
    for (const loop of loopsOf(program)) {
      for (const one of statementsIn(loop.body)) {
        if (one.kind !== 'Assign') continue;
        const [target] = one.targets;
        if (target?.kind !== 'Subscript' || target.value.kind !== 'Name' || !hasEquality(target.index))
          continue;
        const copy = aliasOf(program, target.value.id, loop);
        if (copy === undefined || !reads(target.index, copy.of)) continue;
        yield {
          at: copy.statement.span,
          message: `${target.value.id} is ${copy.of} under another name, and is written into while ${copy.of} is compared.`,
          evidence: [places(['it is written here', one.span])],
        };
      }
    }
  },
};

/** The statement before a loop that gives a thing a second name; undefined where the name is given another value too. */
function aliasOf(
  program: Program,
  name: string,
  loop: tree.For | tree.While,
): { readonly statement: tree.Assign; readonly of: string } | undefined {
  const home = functionsAround(program, loop.span).at(-1);
  const set = statementsOf(program).filter(
    (one) => targetsOf(one).includes(name) && (home === undefined || holds(home.span, one.span)),
  );
  const [statement] = set;
  return set.length === 1 &&
    statement?.kind === 'Assign' &&
    statement.value.kind === 'Name' &&
    statement.span.end <= loop.span.start
    ? { statement, of: statement.value.id }
    : undefined;
}

function hasEquality(node: tree.Expression): boolean {
  let has = false;
  eachNode([node], (one) => {
    has ||= one.kind === 'Compare' && one.operators.includes('==');
  });
  return has;
}

function reads(node: tree.Expression, name: string): boolean {
  let has = false;
  eachNode([node], (one) => {
    has ||= one.kind === 'Name' && one.id === name;
  });
  return has;
}
