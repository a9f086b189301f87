import { evaluate, flattenSum, knownValue, type Expression, type Working } from '@tensormark/arithmetic';
import { affinity } from './affinity.js';
import type { AskedQuantity, ConventionName, ExpectedReading } from './asked.js';
import { candidatesIn, type Candidate } from './candidates.js';
import type { Matching, Outcome } from './outcome.js';

/**
 * Matches a working to what was asked: by value under each accepted convention, by the calculation's own value where its
 * result is wrong, and by the words around a number where its value is wrong. One convention holds for the whole
 * working: the one under which most quantities are right.
 */
export function matchWorking(asked: readonly AskedQuantity[], working: Working): Matching {
  const candidates = candidatesIn(working);
  const conventions = [
    ...new Set(asked.flatMap(({ readings }) => readings.map(({ convention }) => convention))),
  ];
  const matchings = conventions.map((convention) => matchUnder(convention, asked, candidates));
  const [best, ...rest] = matchings.toSorted((a, b) => rightIn(b) - rightIn(a));
  if (best === undefined) return { convention: 'as-given', outcomes: new Map(), mixed: [] };
  return { ...best, mixed: mixedWith(best, rest) };
}

function rightIn({ outcomes }: Matching): number {
  return [...outcomes.values()].filter(({ kind }) => kind === 'correct' || kind === 'method').length;
}

function matchUnder(
  convention: ConventionName,
  asked: readonly AskedQuantity[],
  candidates: readonly Candidate[],
): Matching {
  const outcomes = new Map<string, Outcome>();
  const taken = new Set<Candidate>();
  const settle = (id: string, outcome: Outcome): void => {
    outcomes.set(id, outcome);
    if (outcome.kind !== 'not-found') taken.add(outcome.candidate);
  };
  const rounds = [correct, method, following, wrong];
  for (const round of rounds) {
    for (const each of asked) {
      if (outcomes.has(each.id)) continue;
      const free = candidates.filter((candidate) => !taken.has(candidate));
      const outcome = round({
        each,
        reading: readingUnder(convention, each),
        asked,
        free,
        candidates,
        outcomes,
      });
      if (outcome !== undefined) settle(each.id, outcome);
    }
  }
  for (const each of asked) {
    if (!outcomes.has(each.id))
      settle(each.id, { kind: 'not-found', reading: readingUnder(convention, each) });
  }
  return { convention, outcomes, mixed: [] };
}

function readingUnder(convention: ConventionName, { readings }: AskedQuantity): ExpectedReading {
  return readings.find((reading) => reading.convention === convention) ?? readings[0];
}

interface Search {
  readonly each: AskedQuantity;
  readonly reading: ExpectedReading;
  readonly asked: readonly AskedQuantity[];
  readonly free: readonly Candidate[];
  readonly candidates: readonly Candidate[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

const hasValue = (candidate: Candidate, value: bigint): boolean =>
  candidate.value.isInteger && candidate.value.numerator === value;

/** The most fitting words win; among equals the first, which leaves later copies (in a sum, say) to other quantities. */
function mostFitting({ each, asked }: Search, found: readonly Candidate[]): Candidate | undefined {
  return found
    .map((candidate) => ({ candidate, fit: affinity(each, candidate, asked) }))
    .toSorted((a, b) => b.fit - a.fit || a.candidate.order - b.candidate.order)[0]?.candidate;
}

function correct(search: Search): Outcome | undefined {
  const { reading, free } = search;
  const stated = free.filter(
    ({ role, value }) => role === 'result' && value.isInteger && value.numerator === reading.value,
  );
  const supported = stated.filter(({ equation, verdict }) => equation !== null && verdict !== 'false');
  const candidate = mostFitting(search, supported.length > 0 ? supported : stated);
  if (candidate === undefined) return undefined;
  const support =
    candidate.equation === null
      ? 'stated-only'
      : candidate.verdict === 'false'
        ? 'contradicted'
        : 'calculation';
  return { kind: 'correct', reading, candidate, support };
}

function method(search: Search): Outcome | undefined {
  const { reading, free, candidates } = search;
  const calculations = free.filter((each) => each.role === 'calculation' && hasValue(each, reading.value));
  const candidate = mostFitting(search, calculations);
  if (candidate === undefined) return undefined;
  const result = candidates.findLast(
    ({ role, equation }) => role === 'result' && equation !== null && equation === candidate.equation,
  );
  return { kind: 'method', reading, candidate, result: result ?? null };
}

/**
 * A true sum of the values that the working gives for the other quantities, some of them wrong, is the total that
 * follows from them.
 */
function following(search: Search): Outcome | undefined {
  const { each, reading, asked, free, candidates, outcomes } = search;
  const parts = asked.filter((other) => other.id !== each.id && other.of !== undefined);
  if (each.of !== undefined || parts.length < 2) return undefined;
  for (const candidate of free) {
    const { equation } = candidate;
    if (candidate.role !== 'result' || equation === null || equation.verdict === 'false') continue;
    const terms = equation.sides.flatMap((side) => {
      const sum = flattenSum(side.expression);
      return sum.length === parts.length && sum.every(({ negative }) => !negative) ? [sum] : [];
    })[0];
    if (terms === undefined) continue;
    const values = terms.map(({ expression }) => wholeValue(expression));
    const expected = parts.map((part) => outcomes.get(part.id));
    const rightOnes = expected.flatMap((outcome) =>
      outcome?.kind === 'correct' ? [outcome.reading.value] : [],
    );
    const rest = [...values];
    for (const value of rightOnes) {
      const at = rest.findIndex((known) => known !== undefined && known === value);
      if (at !== -1) rest.splice(at, 1);
    }
    const explained = rest.every(
      (value) =>
        value !== undefined &&
        candidates.some(
          (other) => other.equation !== equation && other.role === 'result' && hasValue(other, value),
        ),
    );
    const slips = parts.filter((part) => outcomes.get(part.id)?.kind !== 'correct');
    if (rest.length === slips.length && rest.length > 0 && explained) {
      return { kind: 'follows', reading, candidate, from: slips.map(({ id }) => id) };
    }
  }
  return undefined;
}

function wholeValue(expression: Expression): bigint | undefined {
  const value = knownValue(evaluate(expression));
  return value?.isInteger === true ? value.numerator : undefined;
}

function wrong(search: Search): Outcome | undefined {
  const { each, reading, asked, free } = search;
  const results = free.filter(({ role }) => role === 'result');
  const fitting = results
    .map((candidate) => ({ candidate, fit: affinity(each, candidate, asked) }))
    .filter(
      ({ candidate, fit }) =>
        fit > 0 && asked.every((other) => other.id === each.id || affinity(other, candidate, asked) < fit),
    );
  const best = Math.max(...fitting.map(({ fit }) => fit));
  const last = fitting.findLast(({ fit }) => fit === best);
  return last === undefined ? undefined : { kind: 'wrong', reading, candidate: last.candidate };
}

function mixedWith(best: Matching, rest: readonly Matching[]): Matching['mixed'] {
  return [...best.outcomes].flatMap(([id, outcome]) => {
    if (outcome.kind === 'correct') return [];
    for (const { convention, outcomes } of rest) {
      const other = outcomes.get(id);
      if (other?.kind === 'correct') return [{ id, convention, candidate: other.candidate }];
    }
    return [];
  });
}
