import { alternatives } from './alternatives.js';
import { exchangedAttachments, mayBeToldFromTheOtherSide, namesBothSides } from './attachments.js';
import { exchangedBindings } from './bound-poles.js';
import { exchangedCauses } from './causes.js';
import type { Conflict, Core } from './conflict.js';
import { reversedCourses } from './courses.js';
import { otherCounts } from './counts.js';
import { isAnotherCase, warnsOfTheCase } from './conditions.js';
import { axesOf, covariationOf } from './covariation.js';
import { deniedParts } from './denied-parts.js';
import { deniedPredicates } from './denied-predicates.js';
import { denialOf, denyAlike, isTaking, takesAway } from './denial.js';
import { exchangedOperands } from './operands.js';
import { otherPartners } from './partners.js';
import { neededAgainstNeedless } from './needed.js';
import { saidOfAnother } from './other-subject.js';
import { permitsWhatIsKept } from './permits.js';
import { BETWEEN } from './poles.js';
import { otherLabels } from './labels.js';
import { areOfOtherThings } from './light-verbs.js';
import { deniedByForm } from './prefixes.js';
import type { Reading, Said } from './reading.js';
import { restrictions } from './restrictions.js';
import { rolesIn } from './roles.js';
import { exchangedShares } from './shares.js';
import { transposed } from './transposed.js';
import { turnsIn, type Turn } from './turns.js';
import { exchangedChanges, exchangedChoices, exchangedRoles } from './exchanged-roles.js';
import { goesAgainstGrows, isGoneIn, vanishesIn } from './vanishing.js';
import { undecided } from './undecided.js';
import { withAgainstWithout } from './with-and-without.js';

/** Where sentence and statement speak of the same, does it say otherwise? */
export function conflictsBetween(statement: Reading, sentence: Reading, core: Core): readonly Conflict[] {
  const together = covariationOf(statement, sentence);
  const boundAlike = together.kind === 'agrees' ? axesOf(statement) : [];
  return [
    ...(together.kind === 'against' ? [together.conflict] : []),
    ...opposites(statement, sentence, core, boundAlike),
    ...negations(statement, sentence, core),
    ...deniedPredicates(statement, sentence, core),
    ...deniedParts(statement, sentence),
    ...restrictions(statement, sentence),
    ...otherCounts(statement, sentence),
    ...otherLabels(statement, sentence),
    ...counterparts(statement, sentence, core),
    ...exchangedShares(statement, sentence, core),
    ...exchangedOperands(statement, sentence),
    ...exchangedRoles(statement, sentence, core),
    ...exchangedChanges(statement, sentence),
    ...exchangedChoices(statement, sentence),
    ...saidOfAnother(statement, sentence, core),
    ...transposed(statement, sentence),
    ...exchangedCauses(statement, sentence, core),
    ...exchangedAttachments(statement, sentence, core, boundAlike),
    ...otherPartners(statement, sentence, core),
    ...alternatives(statement, sentence, core),
    ...deniedByForm(statement, sentence),
    ...undecided(statement, sentence),
    ...withAgainstWithout(statement, sentence),
    ...neededAgainstNeedless(statement, sentence),
    ...permitsWhatIsKept(statement, sentence),
    ...goesAgainstGrows(statement, sentence),
    ...exchangedBindings(statement, sentence),
    ...reversedCourses(statement, sentence),
  ];
}

function weightOf(units: Iterable<string>, core: Core): number {
  let sum = 0;
  for (const unit of units) sum += core.get(unit) ?? 0;
  return sum;
}

/** Of the uses of an axis, does the one that speaks most of the same point the other way? */
function opposites(
  statement: Reading,
  sentence: Reading,
  core: Core,
  boundAlike: readonly string[],
): Conflict[] {
  const found = turnsIn(sentence);
  const wanted = turnsIn(statement);
  return wanted.flatMap((mine): Conflict[] => {
    if (bothOfOne(wanted, mine)) return [];
    if (boundAlike.includes(mine.axis) || turnAlike(wanted, found, mine.axis)) return [];
    const same = found.filter(({ axis, contrast }) => axis === mine.axis && !contrast);
    if (same.length === 0 || (mine.contrast && !compares(statement, mine.at))) return [];
    if (BETWEEN.has(mine.axis)) return reversed(mine, same);
    const shared = ({ around }: Turn): number =>
      weightOf(
        [...around].filter((unit) => mine.around.has(unit)),
        core,
      );
    const nearest = (sign: 1 | -1): { turn: Turn | undefined; shared: number } => {
      let best: { turn: Turn | undefined; shared: number } = { turn: undefined, shared: -1 };
      for (const turn of same) {
        const common = turn.sign === sign ? shared(turn) : -1;
        if (common > best.shared) best = { turn, shared: common };
      }
      return best;
    };
    const agreeing = nearest(mine.sign);
    const against = nearest(mine.sign === 1 ? -1 : 1);
    if (against.turn === undefined || against.shared <= Math.max(0, agreeing.shared)) return [];
    if (isOwnOtherSide(wanted, mine, against.turn)) return [];
    if (denyAlike(statement, mine.at, sentence, against.turn.at)) return [];
    const aboutSame = against.turn.about.some((unit) => mine.about.includes(unit));
    const strong =
      aboutSame &&
      !namesBothSides(statement, mine.axis) &&
      (agreeing.turn === undefined ||
        (!TELLS_APART.has(mine.axis) && agreeing.shared < 0.5 * against.shared)) &&
      !mayBeToldFromTheOtherSide(statement, sentence, mine.axis) &&
      !isAnotherCase(statement, mine, sentence, agreeing.turn?.at);
    return [
      {
        kind: 'opposite',
        strength: strong ? 'strong' : 'weak',
        wanted: mine.words,
        found: against.turn.words,
      },
    ];
  });
}

/** "a small student and a large teacher": that the teacher is large speaks against no small student. */
function isOwnOtherSide(wanted: readonly Turn[], mine: Turn, { axis, sign, about }: Turn): boolean {
  const shares = (turn: Turn): boolean => turn.about.some((unit) => about.includes(unit));
  return !shares(mine) && wanted.some((other) => other.axis === axis && other.sign === sign && shares(other));
}

/** "large weights are punished, so that the weights stay small": one thing on both sides of an axis. */
function bothOfOne(turns: readonly Turn[], { axis, sign, about }: Turn): boolean {
  return turns.some(
    (other) => other.axis === axis && other.sign !== sign && other.about.some((unit) => about.includes(unit)),
  );
}

/** "pops …, then pushes …": both sides of an axis, one after the other, in the same order. */
function turnAlike(wanted: readonly Turn[], found: readonly Turn[], axis: string): boolean {
  const signs = (turns: readonly Turn[]): string =>
    turns
      .filter((turn) => turn.axis === axis)
      .map(({ sign }) => sign)
      .filter((sign, at, all) => sign !== all[at - 1])
      .slice(0, 2)
      .join();
  const both = signs(wanted).includes(',');
  return both && (PARTS.has(axis) || (STEPS.has(axis) && signs(wanted) === signs(found)));
}

/** Axes whose poles are parts of one thing: "from the root to a leaf" names both. */
const PARTS: ReadonlySet<string> = new Set(['place']);

/** Axes of things done one after the other. */
const STEPS: ReadonlySet<string> = new Set(['addition']);

/** "smaller than in a dense layer" is what a statement claims, though in an answer it tells how it is elsewhere. */
function compares({ tokens, clauseOf }: Reading, at: number): boolean {
  return tokens.some(({ word }, place) => word === 'than' && place > at && clauseOf[place] === clauseOf[at]);
}

/** "a before b" against "b before a", or "a after b". */
function reversed(mine: Turn, found: readonly Turn[]): Conflict[] {
  const [first, second] = mine.sign === 1 ? mine.about : mine.about.toReversed();
  if (first === undefined || second === undefined) return [];
  return found.flatMap((other): Conflict[] => {
    const [left, right] = other.sign === 1 ? other.about : other.about.toReversed();
    const isReversed = left === second && right === first;
    const touches = left === second || right === first;
    if (!isReversed && (!touches || left === first || right === second)) return [];
    return [
      {
        kind: 'swapped',
        strength: isReversed ? 'strong' : 'weak',
        wanted: `${first} before ${second}`,
        found: `${left ?? '…'} before ${right ?? '…'}`,
      },
    ];
  });
}

/** A unit that one affirms and the other denies, in a clause that is about the same. */
function negations(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  return statement.said.flatMap((mine): Conflict[] => {
    if (!core.has(mine.unit) || mine.value !== undefined || statement.contrast[mine.clause] === true)
      return [];
    const uses = sentence.said.filter(
      ({ unit, clause }) => unit === mine.unit && sentence.contrast[clause] !== true,
    );
    const own = denialOf(statement, mine);
    const elsewhere = statement.said.filter(({ unit }) => unit === mine.unit);
    if (elsewhere.some((each) => (denialOf(statement, each) === undefined) !== (own === undefined)))
      return [];
    const theirs = uses.map((use) => ({ use, denial: denialOf(sentence, use) }));
    if (uses.length === 0 || theirs.some(({ denial }) => (denial === undefined) === (own === undefined)))
      return [];
    if (uses.every((use) => areOfOtherThings(statement, mine.at, sentence, use.at))) return [];
    if (own === 'outright' && isSaidByOpposite(statement, mine, sentence)) return [];
    const clash = theirs.find(({ use }) => isAboutSame(statement, mine, sentence, use, core));
    if (clash === undefined || denySame(statement, mine, sentence, clash.use)) return [];
    // What one takes away by its verb, the other may take away by another word elsewhere.
    if (own === 'in effect' && takesAway(sentence)) return [];
    if (own === undefined && clash.denial === 'in effect' && takesAway(statement)) return [];
    if (own === undefined && warnsOfTheCase(statement, mine, sentence, clash.use)) return [];
    if (own === undefined && vanishesIn(statement, mine) && isGoneIn(sentence, clash.use)) return [];
    const strong =
      core.has(mine.unit) &&
      own === undefined &&
      clash.denial === 'outright' &&
      !isTurnedBack(sentence, clash.use);
    return [
      {
        kind: 'negation',
        strength: strong ? 'strong' : 'weak',
        wanted: `${own === undefined ? '' : 'not '}${mine.unit}`,
        found: `${clash.denial === undefined ? '' : 'not '}${clash.use.unit}`,
      },
    ];
  });
}

/** "not connected to the pump" is "separated from the pump": the opposite of the denied word denies as well. */
function isSaidByOpposite({ said, tokens }: Reading, { clause }: Said, sentence: Reading): boolean {
  return said.some(
    ({ negated, pole, clause: own, at }) =>
      (negated || tokens[at]?.word === 'not') &&
      own === clause &&
      pole !== undefined &&
      sentence.said.some(
        (each) => !each.negated && each.pole?.axis === pole.axis && each.pole.sign === pole.sign,
      ),
  );
}

function isAboutSame(statement: Reading, mine: Said, sentence: Reading, use: Said, core: Core): boolean {
  // "there is a gap", "it contains a gap" speak of nothing else.
  if ([...statement.units].every((unit) => unit === mine.unit || unit === 'presence+')) return true;
  const around = new Set(
    sentence.said.filter(({ clause }) => Math.abs(clause - use.clause) <= 1).map(({ unit }) => unit),
  );
  return statement.said.some(({ unit }) => unit !== mine.unit && core.has(unit) && around.has(unit));
}

/** "no current flows through the lamp", "the lamp gets no current": where both clauses deny, how far each denial reaches tells nothing. */
function denySame(statement: Reading, mine: Said, sentence: Reading, use: Said): boolean {
  return (
    denies(statement, mine.clause) &&
    denies(
      sentence,
      use.clause,
      sentence.said.filter((each) => isOppositeDenied(each, statement)),
    )
  );
}

/** `spent` are words whose denial says something else already. */
function denies(
  { said, denied, clauseOf, tokens }: Reading,
  clause: number,
  spent: readonly Said[] = [],
): boolean {
  return (
    denied.some(
      ({ at }) => clauseOf[at] === clause && !spent.some((each) => each.at <= at && at < each.to),
    ) ||
    said.some(
      (each) => each.clause === clause && !spent.includes(each) && (each.negated || isGone(tokens, each)),
    )
  );
}

/** "not active" where the statement has "switched off". */
function isOppositeDenied({ negated, pole }: Said, statement: Reading): boolean {
  return (
    negated &&
    pole !== undefined &&
    statement.said.some(
      (each) => !each.negated && each.pole?.axis === pole.axis && each.pole.sign === pole.sign,
    )
  );
}

/** "are forgotten" denies by its verb alone. */
function isGone(tokens: Reading['tokens'], each: Said): boolean {
  return each.unit === 'discard' || (each.unit !== 'amount-' && isTaking(tokens, each));
}

/** "does not prevent", "cannot count on": a negation beside a word that turns it round again leaves it open. */
function isTurnedBack({ said }: Reading, denied: Said): boolean {
  return said.some(
    ({ clause, pole, unit }) => clause === denied.clause && unit !== denied.unit && pole?.sign === -1,
  );
}

/** What the statement says of one thing and the sentence says of its counterpart. */
function counterparts(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const spoken = rolesIn(sentence);
  return [...rolesIn(statement)].flatMap(([group, roles]) => {
    const theirs = spoken.get(group);
    if (theirs === undefined) return [];
    return [...roles].flatMap(([mine, predicates]) => {
      const shared = [...predicates].filter((unit) => core.has(unit));
      const told = (role: string): number =>
        weightOf(
          shared.filter((unit) => theirs.get(role)?.has(unit) === true),
          core,
        );
      const own = told(mine);
      const rival = [...group].find((role) => role !== mine && told(role) > own + CLEARLY);
      if (
        rival === undefined ||
        areAlternatives(statement, mine, rival) ||
        areListed(statement, group, mine, rival) ||
        (areSideBySide(statement, mine, rival) && areSideBySide(sentence, mine, rival))
      )
        return [];
      const saysBoth = roles.has(rival) && !theirs.has(mine);
      return [
        {
          kind: theirs.has(mine) ? ('swapped' as const) : ('counterpart' as const),
          strength: own < 0.5 * told(rival) && !saysBoth ? ('strong' as const) : ('weak' as const),
          wanted: `${mine}: ${shared.join(', ')}`,
          found: `${rival}: ${shared.filter((unit) => theirs.get(rival)?.has(unit) === true).join(', ')}`,
        },
      ];
    });
  });
}

/** "a training set, a validation set and a test set": what is said of one of a list is said of all. */
function areListed(
  { said, tokens }: Reading,
  group: ReadonlySet<string>,
  one: string,
  other: string,
): boolean {
  const places = [one, other].map((unit) => said.findIndex((each) => each.unit === unit));
  const from = Math.min(...places);
  if (from < 0) return false;
  const list = said.slice(from, Math.max(...places) + 1);
  return list.every(({ unit, at }, index) => {
    const before = list[index - 1];
    return (
      group.has(unit) &&
      (before === undefined || tokens.slice(before.to, at).every(({ word }) => LISTS.test(word)))
    );
  });
}

const LISTS = /^(?:and|or|the|a|an)$/;

/** "as in an LSTM or a GRU": either of them does. */
function areAlternatives({ said, tokens }: Reading, one: string, other: string): boolean {
  return said.some((each, index) => {
    const next = said[index + 1];
    return (
      next !== undefined &&
      ((each.unit === one && next.unit === other) || (each.unit === other && next.unit === one)) &&
      tokens.slice(each.to, next.at).some(({ word }) => word === 'or')
    );
  });
}

/** "Queries are compared with keys by dot products": of two things with nothing between them that tells them apart. */
function areSideBySide({ said }: Reading, one: string, other: string): boolean {
  const places = said.flatMap(({ unit, clause }, index) =>
    unit === one || unit === other ? [{ unit, clause, index }] : [],
  );
  return places.some((place) =>
    places.some(
      (next) =>
        next.unit !== place.unit && next.clause === place.clause && Math.abs(next.index - place.index) <= 2,
    ),
  );
}

const CLEARLY = 0.05;

/** Axes whose poles an answer goes through one after the other: "the first layers …, the last ones …". */
const TELLS_APART: ReadonlySet<string> = new Set(['time']);
