import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { leavesOf, givenIn } from '../../ask/targets.js';
import { loopsOf, statementsIn, statementsOf } from '../../ask/tree.js';

const FOLDS = /\.split\(|(Fold|ShuffleSplit)\(/;
const LEARNED = /(^|_)(tr|trn|train|training|learn)($|_|\d|idx|ind|ix|rows)/i;
const KEPT = /(^|_)(te|tst|test|testing|va|val|valid|validation|dev|hold|holdout)($|_|\d|idx|ind|ix|rows)/i;

/**
 * The two lists of row numbers that a fold is, by the names of each other; or what is held out taken by the rows to learn
 * from, and those to test with by nothing.
 */
export function* foldRows(program: Program): Generator<Found> {
  if (!/Fold|ShuffleSplit/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || !FOLDS.test(writtenAs(program, loop.iterable))) continue;
    const [first, second] = pairIn(loop.target);
    if (first === undefined || second === undefined) continue;
    if (isOf(KEPT, first.id) && isOf(LEARNED, second.id)) {
      yield {
        at: loop.target.span,
        message: `A fold gives the rows to learn from first: ${first.id} and ${second.id} are exchanged.`,
        evidence: [],
      };
      continue;
    }
    if (isRead(loop.body, second.id)) continue;
    let found: Found | undefined;
    for (const statement of statementsIn(loop.body))
      for (const { target, value } of givenIn(statement)) {
        if (target.kind !== 'Name' || !isOf(KEPT, target.id) || value.kind !== 'Subscript') continue;
        if (!isRead([value.index], first.id)) continue;
        found ??= {
          at: value.span,
          message: `${target.id} is of the rows that are learned from, and ${second.id} is used for nothing.`,
          evidence: [places(['the fold', loop.target.span])],
        };
      }
    if (found !== undefined) yield found;
  }
}

function isOf(part: RegExp, name: string): boolean {
  return part.test(name) && !(part === KEPT ? LEARNED : KEPT).test(name);
}

/** What a loop goes over as it is written, where a name stands for it what the name was given. */
function writtenAs(program: Program, over: tree.Expression): string {
  if (over.kind !== 'Name') return over.span.text;
  const given = statementsOf(program)
    .flatMap((statement) => givenIn(statement))
    .findLast(
      ({ target }) => target.kind === 'Name' && target.id === over.id && target.span.start < over.span.start,
    );
  return given?.value.span.text ?? '';
}

/** The two names that a fold is taken apart into, also beside its number. */
function pairIn(target: tree.Expression): readonly (tree.Name | undefined)[] {
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [];
  const inner = target.items.find(({ kind }) => kind === 'Tuple' || kind === 'List');
  if (inner !== undefined) return pairIn(inner);
  const leaves = leavesOf(target);
  return leaves.length === 2 ? leaves.map((leaf) => (leaf.kind === 'Name' ? leaf : undefined)) : [];
}

function isRead(nodes: readonly (tree.Expression | tree.Statement)[], name: string): boolean {
  let found = false;
  eachNode(nodes, (one) => {
    found ||= one.kind === 'Name' && one.id === name;
  });
  return found;
}
