import type { Reading } from '../meaning/reading.js';
import { stemsOf } from '../terms/stems.js';

/**
 * How a quantity is reckoned or in what it is measured: a statement that says it is not met by a sentence that only names the
 * quantities. "Proportional to the error" is more than "depends on the error".
 */
export function leavesUnreckoned(
  statement: Reading,
  read: readonly Reading[],
  prose: readonly string[],
  asked: ReadonlySet<string>,
): boolean {
  const wanted = RELATIONS.filter(
    ({ named, words }) => named.test(textOf(statement)) && ![...words].some((stem) => asked.has(stem)),
  );
  const found = new Set(read.flatMap(({ tokens }) => tokens.map(({ stem }) => stem)));
  const isReckoned =
    wanted.length === 0 ||
    prose.some((each) => SIGNS.test(each)) ||
    wanted.every(({ words }) => [...words].some((stem) => found.has(stem)));
  const measured = measuresIn(statement).filter((stem) => !asked.has(stem));
  return !isReckoned || (measured.length > 0 && !measured.some((stem) => found.has(stem)));
}

/** Whether a word says how something is reckoned, for which others stand here. */
export function isRelation(word: string): boolean {
  return RELATIONS.some(({ words }) => stemsOf(word).some((stem) => words.has(stem)));
}

interface Relation {
  /** How a statement says it. */
  readonly named: RegExp;
  /** Stems by which a sentence says it. */
  readonly words: ReadonlySet<string>;
}

const stems = (text: string): ReadonlySet<string> => new Set(stemsOf(text));

const RELATIONS: readonly Relation[] = [
  {
    named: / (?:proportional|proportionally|proportion) to /,
    words: stems(
      'proportional proportion linear linearly times multiply multiplied product scale scaled scales',
    ),
  },
  { named: / product of /, words: stems('product times multiply multiplied multiplication') },
  {
    named: / sum of /,
    words: stems('sum summed summation add added adding adds addition total plus accumulate together'),
  },
  { named: / (?:ratio|quotient) of /, words: stems('ratio quotient divide divided over per share fraction') },
  {
    named: / (?:average|mean) of /,
    words: stems('average averaged averaging mean expectation expected'),
  },
  {
    named: / (?:squared|square of|squares of|quadratically|quadratic) /,
    words: stems('square squared squares quadratic quadratically power'),
  },
];

/** A sentence that reckons with signs says how. */
const SIGNS = /[*×·/+Σ∑^]|\s-\s/u;

const MEASURES = stems(
  'byte bytes bit bits second seconds millisecond minute hour day metre meter kilometre centimetre millimetre volt volts amp amps ampere ohm ohms watt watts joule joules newton newtons kelvin celsius fahrenheit gram grams kilogram litre liter hertz',
);

/** "the size in bytes", "the number of bytes", "5 volts". */
function measuresIn({ tokens }: Reading): readonly string[] {
  return tokens.flatMap(({ stem }, at) => {
    const before = tokens[at - 1];
    const isMeasure =
      MEASURES.has(stem) &&
      (before?.word === 'in' ||
        before?.value !== undefined ||
        (before?.word === 'of' && tokens[at - 2]?.word === 'number'));
    return isMeasure ? [stem] : [];
  });
}

function textOf({ tokens }: Reading): string {
  return ` ${tokens.map(({ word }) => word).join(' ')} `;
}
