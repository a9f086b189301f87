import type { Conflict, Core } from './conflict.js';
import type { Reading, Said } from './reading.js';

/** What sets what is said of one thing against what is said of another. */
const CONTRASTS = /^(?:while|whereas|but|although|though)$/;
/** Where what a statement speaks of stands: behind an article at most. */
const OPENING = 2;
/** So much of what the two share has to be said of the other thing. */
const MOST = 0.6;

/**
 * "Adam scales the step" against "momentum scales the step, while Adam adds a decaying average": the sentence sets two things against
 * one another, and says of the other one what the statement says of the one.
 */
export function saidOfAnother(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const [subject] = statement.said;
  if (subject === undefined || subject.at >= OPENING || subject.pole !== undefined) return [];
  const predicate = new Set(
    statement.said.flatMap(({ unit }) => (unit !== subject.unit && core.has(unit) ? [unit] : [])),
  );
  const clauses = clausesOf(sentence);
  const shared = [...predicate].filter((unit) => sentence.units.has(unit));
  const own = clauses.find(({ said }) => said[0]?.unit === subject.unit);
  if (own === undefined || shared.length < 2) return [];
  return clauses.flatMap((clause): Conflict[] => {
    const [other] = clause.said;
    if (other === undefined || clause === own || !(clause.contrasts || own.contrasts)) return [];
    if (predicate.has(other.unit) || other.pole !== undefined) return [];
    if (clause.said.some(({ unit }) => unit === subject.unit)) return [];
    const units = new Set(clause.said.map(({ unit }) => unit));
    if (shared.filter((unit) => units.has(unit)).length < MOST * shared.length) return [];
    return [{ kind: 'counterpart', strength: 'weak', wanted: subject.unit, found: other.unit }];
  });
}

interface Clause {
  readonly said: readonly Said[];
  readonly contrasts: boolean;
}

function clausesOf({ said, tokens, clauseOf }: Reading): readonly Clause[] {
  return [...new Set(clauseOf)].map((clause) => {
    const at = clauseOf.indexOf(clause);
    // "while learning a network" says when.
    const contrasts = CONTRASTS.test(tokens[at]?.word ?? '') && !(tokens[at + 1]?.word ?? '').endsWith('ing');
    return { said: said.filter((each) => each.clause === clause), contrasts };
  });
}
