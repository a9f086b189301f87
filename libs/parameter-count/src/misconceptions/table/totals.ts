import {
  literal,
  product,
  quantity,
  replaceAt,
  sum,
  type Formula,
  type FormulaPath,
} from '@tensormark/network';
import { inWhole, type WholeMisconception, type WholeVariant } from '../misconception.js';
import type { WholeScope } from '../whole-scope.js';

/** One layer or block among those that a total adds up. */
interface Summand {
  readonly module: string;
  /** Of the sum that it stands in. */
  readonly path: FormulaPath;
  readonly terms: readonly Formula[];
  readonly at: number;
}

/** The named terms of a total, those within blocks among them, as long as sums alone lead there. */
function summands(formula: Formula, module: string, path: FormulaPath = []): readonly Summand[] {
  if (formula.kind === 'part') return summands(formula.of, module, [...path, 0]);
  if (formula.kind !== 'sum') return [];
  return formula.terms.flatMap((term, at) => {
    const own = term.kind === 'part' ? moduleOf(term.name) : undefined;
    const inner = summands(term, own ?? module, [...path, at]);
    return own === undefined || own === module || own === ''
      ? inner
      : [{ module: own, path, terms: formula.terms, at }, ...inner];
  });
}

function moduleOf(part: string): string | undefined {
  const slash = part.lastIndexOf('/');
  const name = slash === -1 ? part : part.slice(0, slash);
  return /(?:^|[._])(?:weight|bias)/.test(name) ? undefined : name;
}

function variants(whole: WholeScope, change: (summand: Summand) => Formula): readonly WholeVariant[] {
  return summands(whole.formula, whole.module).map((summand) => ({
    of: summand.module,
    make: () => replaceAt(whole.formula, summand.path, change(summand)),
  }));
}

function isCount({ measure }: WholeScope): boolean {
  return measure !== 'size' && measure !== 'receptive-field';
}

export const TOTALS: readonly WholeMisconception[] = [
  inWhole('layer-left-out', 'is left out', { about: 'layers', frequency: 'common' }, (whole) =>
    isCount(whole) ? variants(whole, ({ terms, at }) => sum(...terms.toSpliced(at, 1))) : [],
  ),
  inWhole('layer-counted-twice', 'is counted twice', { about: 'layers', frequency: 'known' }, (whole) =>
    isCount(whole) ? variants(whole, ({ terms, at }) => sum(...terms, ...terms.slice(at, at + 1))) : [],
  ),
  inWhole(
    'tied-weights-counted-again',
    'is counted though its weights are shared',
    { about: 'layers', frequency: 'common' },
    ({ formula, measure, surroundings }) =>
      measure === 'parameters'
        ? [...surroundings.tied].map(([name, size]) => ({
            of: name,
            make: () => sum(formula, quantity('elements', size)),
          }))
        : [],
  ),
  inWhole(
    'pooling-with-weights',
    'each pooling layer is given a weight for each place of its window',
    { about: 'pooling', frequency: 'common' },
    (whole) => pooling(whole, () => []),
  ),
  inWhole(
    'pooling-with-weights-by-channel',
    'each pooling layer is given a weight for each place of its window and each channel',
    { about: 'pooling', frequency: 'known' },
    (whole) => pooling(whole, (channels) => [channels]),
  ),
  inWhole(
    'pooling-as-convolution',
    'each pooling layer is counted like a convolution',
    { about: 'pooling', frequency: 'known' },
    (whole) => pooling(whole, (channels) => [channels, channels]),
  ),
];

function pooling(
  { formula, measure, module, surroundings }: WholeScope,
  factors: (channels: Formula) => readonly Formula[],
): readonly WholeVariant[] {
  const pools = surroundings.pools.filter(
    ({ module: path }) => module === '' || path === module || path.startsWith(`${module}.`),
  );
  if (measure !== 'parameters' || pools.length === 0) return [];
  const weights = pools.map(({ kernel, channels }) =>
    product(
      ...factors(quantity('channels', channels)),
      ...kernel.map((side) => (side === 1n ? literal(1) : quantity('kernel_length', side))),
    ),
  );
  return [{ make: () => sum(formula, ...weights) }];
}
