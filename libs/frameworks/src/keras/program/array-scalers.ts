import { foreignCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Scale } from './array-facts.js';
import { numberOf } from './names.js';

const SCALERS: Readonly<Record<string, Scale>> = {
  StandardScaler: 'standard',
  RobustScaler: 'standard',
  PowerTransformer: 'standard',
  MinMaxScaler: 'unit',
  MaxAbsScaler: 'unit',
  Normalizer: 'unit',
};

/** What is left of targets whose numbers became others. */
export function realOf({ targets }: ArrayFacts): ArrayFacts['targets'] {
  return targets?.kind === 'real' ? { kind: 'real', hasNegative: targets.hasNegative } : undefined;
}

/** What one of scikit-learn's preprocessors makes of an array. */
export function transformedBy(by: Datum | undefined, facts: ArrayFacts): ArrayFacts {
  const made = foreignCall(fittedOf(by));
  const name = made?.name.split('.').at(-1) ?? '';
  const range = made && argument(made.args, 'feature_range', 0);
  const isSigned = name === 'MinMaxScaler' && Array.isArray(range) && numberOf(range[0]) === -1;
  const scale = isSigned ? 'signed' : SCALERS[name];
  const { elements: _, ...rest } = facts;
  // They take tables, and give tables.
  if (scale !== undefined)
    return { ...rest, scale, shape: facts.shape ?? [undefined, undefined], targets: realOf(facts) };
  const count = facts.targets?.kind === 'classes' ? facts.targets.count : undefined;
  if (name === 'LabelEncoder') return { shape: [facts.shape?.[0]], targets: { kind: 'classes', count } };
  if (name === 'OneHotEncoder' && (facts.targets?.kind === 'classes' || facts.isColumn === true))
    return { shape: [facts.shape?.[0], count], targets: { kind: 'one-hot', count } };
  if (name === 'LabelBinarizer')
    return {
      shape: [facts.shape?.[0], count === 2 ? 1 : count],
      targets: { kind: 'one-hot', count, isOneColumnOfTwo: true },
    };
  if (name === 'MultiLabelBinarizer') return { targets: { kind: 'several', count: undefined } };
  return NOTHING;
}

/** `StandardScaler().fit(x)` is the scaler itself. */
function fittedOf(by: Datum | undefined): Datum | undefined {
  return by instanceof Value && by.made.kind === 'operation' && by.made.name === 'fit'
    ? by.made.args.positional[0]
    : by;
}
