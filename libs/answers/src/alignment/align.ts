import type { Label } from '../headings/label.js';
import type { Numeral } from '../headings/numerals.js';
import type { Candidate } from './candidates.js';
import { bestPath, marginals, type Lattice, type Option, type Step } from './lattice.js';
import { endCost, moveCost } from './moves.js';
import type { OutlineMap } from './nodes.js';
import type { Move, Reading } from './readings.js';
import { styleKey, styleOf, styleScore, type Style } from './style.js';

/** What was decided about one candidate, and how surely. */
export interface Decision {
  readonly candidate: Candidate;
  /** What it was taken for; absent when it was taken for ordinary text. */
  readonly taken?: Reading;
  /** The chance that this decision is right. */
  readonly chance: number;
  /** The next best: another reading, or ordinary text where `reading` is absent. */
  readonly rival: { readonly reading?: Reading; readonly chance: number };
}

/** A candidate with the log-odds of each of its readings by looks and content, style aside. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly scores: readonly number[];
}

const MOVES: readonly Move[] = ['full', 'part-only', 'continued'];
const MIXED_STYLE = -1.5;
/** A style whose headings carry less than this share of the best style's is not tried as the document's own. */
const NEGLIGIBLE_STYLE = 0.05;
/** Numerals that count steps, as one ladder each; a step past the end of its ladder counts nothing. */
const LADDER = 12;

/**
 * Decides about all candidates at once: every consistent way to read the document is weighed, for each style that its
 * headings might keep to, and the likeliest is taken. Time grows with candidates times nodes, times a fixed number of
 * styles.
 */
export function align(
  candidates: readonly ScoredCandidate[],
  map: OutlineMap,
  cells: number,
): readonly Decision[] {
  const frame = frameOf(candidates, map);
  const hypotheses = styleHypotheses(candidates, map, stylesWithin(cells));
  const weighed = hypotheses.map((hypothesis) => {
    const lattice: Lattice = { ...frame, steps: stepsOf(candidates, frame.runs, map, hypothesis) };
    const { logTotal, chances } = marginals(lattice);
    return { lattice, chances, weight: logTotal + hypothesis.prior };
  });
  const top = weighed.reduce((best, next) => (next.weight > best.weight ? next : best));
  const shares = weighed.map(({ weight }) => Math.exp(weight - top.weight));
  const whole = shares.reduce((total, share) => total + share, 0);
  const path = bestPath(top.lattice);
  return candidates.map(({ candidate }, index): Decision => {
    const chances = candidate.readings.map(
      (_reading, option) =>
        weighed.reduce(
          (sum, { chances }, which) => sum + (chances[index]?.[option] ?? 0) * (shares[which] ?? 0),
          0,
        ) / whole,
    );
    return decide(candidate, chances, path[index] ?? -1);
  });
}

/** Cells that one alignment fills, for budgeting before anything is allocated: states and moves of every candidate. */
export function alignmentCells(candidates: readonly Candidate[], map: OutlineMap): number {
  const states = map.nodes.length * (1 + runsOf(candidates).size);
  const moves = candidates.reduce((total, { readings }) => total + readings.length * map.nodes.length, 0);
  return candidates.length * states + moves;
}

/** How many styles of each rank are tried: all that matter where it costs nothing, few in a very long document. */
function stylesWithin(cells: number): number {
  if (cells <= 200_000) return 3;
  return cells <= 2_000_000 ? 2 : 1;
}

function decide(candidate: Candidate, chances: readonly number[], option: number): Decision {
  const none = Math.max(0, 1 - chances.reduce((sum, chance) => sum + chance, 0));
  const choices = [
    { chance: none },
    ...candidate.readings.map((reading, index) => ({ reading, chance: chances[index] ?? 0 })),
  ];
  const chosen = choices[option + 1] ?? { chance: none };
  const rival = choices
    .filter((choice) => choice !== choices[option + 1])
    .reduce((best, next) => (next.chance > best.chance ? next : best), { chance: 0 });
  const taken = candidate.readings[option];
  return { candidate, chance: Math.min(1, chosen.chance), rival, ...(taken === undefined ? {} : { taken }) };
}

interface Frame extends Omit<Lattice, 'steps'> {
  readonly runs: ReadonlyMap<string, number>;
}

function frameOf(candidates: readonly ScoredCandidate[], map: OutlineMap): Frame {
  const nodeCount = map.nodes.length;
  const runs = runsOf(candidates.map(({ candidate }) => candidate));
  const nodes = Array.from({ length: nodeCount }, (_, node) => node);
  const moves = MOVES.map((move) =>
    Float64Array.from(nodes.flatMap((from) => nodes.map((to) => Math.exp(-moveCost(map, from, to, move))))),
  );
  const ends = Float64Array.from(nodes, (node) => Math.exp(-endCost(map, node)));
  return { nodeCount, runCount: runs.size + 1, moves, ends, runs };
}

/** The run states that a document needs: those of the labels that it has, numbered from 1. */
function runsOf(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const present = new Map<string, number>();
  for (const candidate of candidates) {
    const rungs = [rungOf(candidate), ...candidate.readings.map((reading) => rungBegun(candidate, reading))];
    for (const rung of rungs) {
      if (rung !== undefined && !present.has(rung.key)) present.set(rung.key, present.size + 1);
    }
  }
  return present;
}

interface Rung {
  readonly key: string;
  /** The rung before, absent for the first. */
  readonly below?: string;
}

/** Where a bare label stands on its ladder: `2.` is the second of the dotted numbers, `b)` of the letters. */
function rungOf({ label }: Candidate): Rung | undefined {
  const [numeral, more] = label.numerals;
  return label.keyword === undefined && more === undefined ? rungOfNumeral(numeral, label) : undefined;
}

/** The step that stands behind a heading on its line: the first of "Question 2: 1. The stem". */
function rungBegun({ label }: Candidate, reading: Reading): Rung | undefined {
  return reading.levels > 0 ? rungOfNumeral(label.numerals[reading.levels], label) : undefined;
}

function rungOfNumeral(numeral: Numeral | undefined, label: Label): Rung | undefined {
  const value = numeral?.number ?? numeral?.letter ?? numeral?.roman ?? 0;
  if (numeral === undefined || value < 1 || value > LADDER) return undefined;
  const kind = numeral.number === undefined ? 'letter' : 'number';
  const ladder = `${kind} ${label.punctuation} ${label.decoration.hash > 0 ? 'headed' : 'plain'}`;
  return value === 1
    ? { key: `${ladder} 1` }
    : { key: `${ladder} ${value}`, below: `${ladder} ${value - 1}` };
}

interface StyleHypothesis {
  readonly question?: Style;
  readonly part?: Style;
  /** Log of how likely this is before the document is read. */
  readonly prior: number;
}

type Rank = 'question' | 'part';

function rankOf(reading: Reading, map: OutlineMap): Rank {
  const node = map.nodes[reading.node];
  if (node?.kind === 'question' || node?.kind === 'extra-question') return 'question';
  if (node?.kind === 'extra-part') return 'part';
  return node?.kind === 'leaf' && map.questions[node.question]?.parts.length === 0 ? 'question' : 'part';
}

function styleHypotheses(
  candidates: readonly ScoredCandidate[],
  map: OutlineMap,
  most: number,
): readonly StyleHypothesis[] {
  const questions = frequentStyles(candidates, map, 'question', most);
  const parts = frequentStyles(candidates, map, 'part', most - 1);
  return [undefined, ...questions].flatMap((question) =>
    [undefined, ...parts].map((part): StyleHypothesis => {
      const mixed =
        Number(question === undefined && questions.length > 0) +
        Number(part === undefined && parts.length > 0);
      return {
        prior: MIXED_STYLE * mixed,
        ...(question === undefined ? {} : { question }),
        ...(part === undefined ? {} : { part }),
      };
    }),
  );
}

/** The styles in which the most, and the most heading-like, candidates of a rank are written. */
function frequentStyles(
  candidates: readonly ScoredCandidate[],
  map: OutlineMap,
  rank: Rank,
  most: number,
): readonly Style[] {
  const found = new Map<string, { readonly style: Style; weight: number }>();
  for (const { candidate, scores } of candidates) {
    const option = candidate.readings.findIndex((reading) => rankOf(reading, map) === rank);
    const reading = candidate.readings[option];
    if (reading === undefined) continue;
    const style = styleOf(candidate.label, reading.levels);
    const key = styleKey(style);
    const entry = found.get(key) ?? { style, weight: 0 };
    entry.weight += 1 / (1 + Math.exp(-(scores[option] ?? 0)));
    found.set(key, entry);
  }
  return [...found.values()]
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, most)
    .filter(({ weight }, _index, ranked) => weight > NEGLIGIBLE_STYLE * (ranked[0]?.weight ?? 0))
    .map(({ style }) => style);
}

function stepsOf(
  candidates: readonly ScoredCandidate[],
  runs: ReadonlyMap<string, number>,
  map: OutlineMap,
  usual: StyleHypothesis,
): readonly Step[] {
  return candidates.map(({ candidate, scores }): Step => {
    const rung = rungOf(candidate);
    // A rung whose predecessor is nowhere in the document begins no run, but nothing could have led to it either.
    const continues = rung?.below === undefined ? 0 : (runs.get(rung.below) ?? -1);
    return {
      run: rung === undefined ? 0 : (runs.get(rung.key) ?? 0),
      continues,
      options: candidate.readings.map((reading, index): Option => {
        const like = usual[rankOf(reading, map)];
        const style = like === undefined ? 0 : styleScore(styleOf(candidate.label, reading.levels), like);
        const begun = rungBegun(candidate, reading);
        return {
          node: reading.node,
          move: MOVES.indexOf(reading.move),
          score: (scores[index] ?? 0) + style,
          run: begun === undefined ? 0 : (runs.get(begun.key) ?? 0),
        };
      }),
    };
  });
}
