import type { Reading } from '../meaning/reading.js';

/** Words for what is counted, measured or reckoned of something that follows. */
const MEASURES =
  /^(?:numbers?|amounts?|quantity|quantities|counts?|sizes?|sums?|averages?|means?|differences?|rates?|fractions?|shares?|proportions?|percentages?|probability|probabilities|distances?|products?|ratios?|lengths?|widths?|heights?|depths?|strengths?|derivatives?|gradients?|variances?)$/;
const OF = /^(?:of|in|between)$/;
/** Words inside what is measured, before its noun. */
const BEFORE_NOUN = /^(?:the|a|an|its|their|our|all|each|every|any|those|these|this|that|of)$/;
const REACH = 5;

interface Measure {
  readonly measure: string;
  /** What it is of: the last word or term before something else begins. */
  readonly unit: string;
  readonly stems: readonly string[];
}

/**
 * Whether a stretch measures something else than the statement does: "the number of neurons" is not the number of weights. Not where
 * it names what the statement measures anywhere.
 */
export function measuresOther(statement: Reading, read: readonly Reading[]): boolean {
  const theirs = read.flatMap(measuresIn);
  const stems = read.flatMap((reading) => [...reading.stems]);
  const mine = measuresIn(statement);
  return mine.some(
    ({ measure, unit, stems: own }) =>
      !read.some(({ units }) => units.has(unit)) &&
      !areNamed(own, stems) &&
      theirs.some((each) => each.measure === measure && !mine.some((other) => other.unit === each.unit)),
  );
}

function measuresIn({ tokens, said }: Reading): readonly Measure[] {
  return tokens.flatMap(({ word, stem }, at): Measure[] => {
    if (!MEASURES.test(word) || !OF.test(tokens[at + 1]?.word ?? '')) return [];
    let found: Measure | undefined;
    for (let place = at + 2; place < Math.min(tokens.length, at + 2 + REACH); place++) {
      // "number of parameters" is a term of its own, of which only the parameters are measured.
      const here = said.find((each) => each.at <= place && place < each.to);
      if (here !== undefined) {
        const stems = tokens.slice(place, here.to).map((each) => each.stem);
        found = { measure: stem, unit: here.unit, stems };
        place = here.to - 1;
      } else if (found !== undefined || !BEFORE_NOUN.test(tokens[place]?.word ?? '')) break;
    }
    return found === undefined ? [] : [found];
  });
}

const ALIKE = 5;

/** "synaptic" names the synapse. */
function areNamed(wanted: readonly string[], stems: readonly string[]): boolean {
  return wanted.some((stem) =>
    stems.some(
      (other) => other === stem || (stem.length >= ALIKE && other.slice(0, ALIKE) === stem.slice(0, ALIKE)),
    ),
  );
}
