import type { Claim, Subject } from '../claim.js';
import type { Clause } from '../clauses.js';
import type { CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf } from '../numbers.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';
import { batchSizesOf, optimisersOf, type OptimiserFact } from '../training-facts.js';

const NUMBER = String.raw`(\d*\.\d+(?:e-?\d+)?|\d+e-?\d+|\d+)\b(?!\s?%)`;
const SET = String.raw`\s*(?:is|of|=|is set to|set to|was|:|coefficient of|factor of|value of)?\s*(?:about\s+)?`;
const BATCH =
  /\b(?:mini-?)?batch[ _-]?size\s*(?:is|of|=|is set to|:)?\s*(\d+)\b|\b(?:mini-?)?batches of (?:size )?(\d+)\b/gi;
const OPTIMISERS = /\b(adamw|adam|sgd|rmsprop|adagrad|adadelta|adamax|nadam|lbfgs)\b/gi;

/** A number that an optimiser is made with; the first group of the pattern is the number. */
const SETTINGS: readonly {
  readonly subject: Subject;
  readonly pattern: RegExp;
  readonly title: string;
  of(optimiser: OptimiserFact): number | undefined;
}[] = [
  {
    subject: 'learning-rate',
    pattern: new RegExp(String.raw`\b(?:learning[ -]?rate|lr)${SET}${NUMBER}`, 'gi'),
    title: 'learning rate',
    of: ({ rate }) => rate,
  },
  {
    subject: 'optimiser',
    pattern: new RegExp(String.raw`\bmomentum${SET}${NUMBER}`, 'gi'),
    title: 'momentum',
    of: ({ momentum }) => momentum,
  },
  {
    subject: 'optimiser',
    pattern: new RegExp(String.raw`\bweight[ _-]?decay${SET}${NUMBER}`, 'gi'),
    title: 'weight decay',
    of: ({ weightDecay }) => weightDecay,
  },
];

const SEPARATE =
  /\b(?:separate|different|own|individual|two|distinct) optimi[sz]ers?\b|\boptimi[sz]ers? (?:each|of (?:its|their) own)\b/i;
const SHARED = /\b(?:one|same|single|common|shared|joint) optimi[sz]er\b/i;

/** Settings of the training: learning rate, batch size, optimiser. */
export const training: Topic = {
  *read(clause, facts) {
    const { program } = facts;
    if (program === undefined || program.cutShort) return;
    const negated = /\b(?:not|no|never|instead|rather)\b|n't/i.test(clause.text);
    yield* ofOptimisers(clause, facts, negated);
    const batches = batchSizesOf(facts);
    const sizes = batches.map(({ size }) => size);
    for (const match of clause.text.matchAll(BATCH)) {
      const stated = Number(match[1] ?? match[2]);
      const known = sizes.length > 0 && sizes.every((size) => size !== undefined);
      const holds =
        !known || negated
          ? undefined
          : sizes.includes(stated)
            ? true
            : new Set(sizes).size === 1
              ? false
              : undefined;
      yield claimAt(
        clause,
        rangeOf(match),
        'batch-size',
        judged(holds, clause.mood),
        known
          ? `The batch size is ${[...new Set(sizes)].join(' or ')}.`
          : 'The batch size could not be told for sure.',
        { code: facts.quote(batches[0]?.line) },
      );
    }
  },
};

function* ofOptimisers(clause: Clause, facts: CodeFacts, negated: boolean): Generator<Claim> {
  const optimisers = optimisersOf(facts);
  const [first] = optimisers;
  if (first === undefined) return;
  const code = facts.quote(first.line);
  for (const { subject, pattern, title, of } of SETTINGS) {
    const values = new Set(optimisers.map(of));
    const [value] = values;
    const actual = values.size === 1 ? value : undefined;
    for (const match of clause.text.matchAll(pattern)) {
      const stated = Number(match[1]);
      const holds =
        actual === undefined || negated || !Number.isFinite(stated)
          ? undefined
          : holdsOf({ value: stated, half: 0 }, comparisonBefore(clause.text.slice(0, match.index)), actual);
      const says =
        actual === undefined ? `The ${title} could not be told for sure.` : `The ${title} is ${actual}.`;
      yield claimAt(clause, rangeOf(match), subject, judged(holds, clause.mood), says, { code });
    }
  }
  const types = new Set(optimisers.map(({ type }) => type.toLowerCase()));
  for (const match of clause.text.matchAll(OPTIMISERS)) {
    const [before, after] = [
      clause.text.slice(0, match.index),
      clause.text.slice(match.index + match[0].length),
    ];
    if (!/\b(?:uses?|used|using|with|by|is|optimi[sz]ers?)\b/i.test(clause.text) || negated) continue;
    const isChoice =
      /\b(?:optimi[sz]ers? (?:is|are|used is|chosen is)|uses|uses the|(?:student|author|code|model|network|colleague|he|she|they) (?:chose|chooses|picked|picks|selected|selects|used|employs|employed)|(?:trained|compiled|optimi[sz]ed|updated) (?:with|by|using))\s+(?:an?\s+|the\s+)?$/i.test(
        before,
      ) || /^(?:\s+with momentum)?\s+is\s+(?:used|chosen|the optimi[sz]er)\b/i.test(after);
    const same = types.size === 1 && types.has((match[1] ?? '').toLowerCase());
    yield claimAt(
      clause,
      rangeOf(match),
      'optimiser',
      judged(same ? true : isChoice && types.size === 1 ? false : undefined, clause.mood),
      `The optimiser is ${[...new Set(optimisers.map(({ type }) => type))].join(' or ')}.`,
      { code },
    );
  }
  const separate = SEPARATE.exec(clause.text);
  const shared = SHARED.exec(clause.text);
  const said = separate ?? shared;
  const { length: parts } = facts.parts;
  if (said === null || negated || parts < 2) return;
  const isSeparate = parts > 1 && optimisers.length >= parts;
  const holds = isSeparate ? separate !== null : optimisers.length === 1 ? separate === null : undefined;
  yield claimAt(
    clause,
    rangeOf(said),
    'optimiser',
    judged(holds, clause.mood),
    optimisers.length === 1
      ? 'The code makes one optimiser.'
      : `The code makes ${optimisers.length} optimisers.`,
    { code },
  );
}
