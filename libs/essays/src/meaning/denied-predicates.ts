import type { Conflict, Core } from './conflict.js';
import { areOfOtherThings } from './light-verbs.js';
import type { DeniedPredicate } from './predicates.js';
import type { Reading } from './reading.js';

/**
 * A verb that the sentence denies and the statement affirms, however little the verb says: what a sentence denies it does not
 * claim. A verb that the statement does not have is in doubt only where its clause carries what the two share.
 */
export function deniedPredicates(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const own = new Set([
    ...statement.denied.map(({ stem }) => stem),
    ...statement.said.flatMap(({ negated, at }) => (negated ? [statement.tokens[at]?.stem ?? ''] : [])),
  ]);
  return sentence.denied.flatMap((denied): Conflict[] => {
    if (own.has(denied.stem) || agrees(denied, sentence, statement)) return [];
    const places = statement.tokens.flatMap(({ stem }, at) => (stem === denied.stem ? [at] : []));
    if (places.length > 0 && places.every((at) => areOfOtherThings(statement, at, sentence, denied.at)))
      return [];
    const affirmed = places.length > 0;
    if (isContrastAt(sentence, denied.at) && !places.some((at) => isCondition(statement, at))) return [];
    if (!affirmed && (isNegative(statement) || !carries(denied, sentence, core))) return [];
    return [{ kind: 'negation', strength: 'weak', wanted: denied.word, found: `not ${denied.word}` }];
  });
}

/** "not lower" where the statement has "higher". */
function agrees({ at }: DeniedPredicate, { said }: Reading, statement: Reading): boolean {
  const pole = said.find((each) => each.at <= at && at < each.to && each.negated)?.pole;
  return (
    pole !== undefined &&
    statement.said.some((each) => each.pole?.axis === pole.axis && each.pole.sign === pole.sign)
  );
}

function isContrastAt({ contrast, clauseOf }: Reading, at: number): boolean {
  return contrast[clauseOf[at] ?? 0] === true;
}

/** "if it is not small" tells how it would be otherwise, unless the statement has the same condition: "if it is small". */
function isCondition(reading: Reading, at: number): boolean {
  const opener = reading.tokens[reading.clauseOf.indexOf(reading.clauseOf[at] ?? 0)]?.word ?? '';
  return isContrastAt(reading, at) || opener === 'if' || opener === 'when' || opener === 'unless';
}

/** "prevents", "without", "lacks": a statement that itself takes something away may be said with "not". */
function isNegative({ said, denied }: Reading): boolean {
  return denied.length > 0 || said.some(({ negated, pole }) => negated || pole?.sign === -1);
}

/** Whether most of what statement and sentence share stands in the clause of the denied verb. */
function carries({ at }: DeniedPredicate, { said, clauseOf }: Reading, core: Core): boolean {
  const clause = clauseOf[at];
  const shared = (units: Iterable<string>): number => {
    let sum = 0;
    for (const unit of new Set(units)) sum += core.get(unit) ?? 0;
    return sum;
  };
  const all = shared(said.map(({ unit }) => unit));
  return (
    all > 0 && shared(said.filter((each) => each.clause === clause).map(({ unit }) => unit)) >= 0.5 * all
  );
}
