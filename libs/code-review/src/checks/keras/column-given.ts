import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { splitPartOf } from '../../ask/split-parts.js';

/** What a single column of labels is called in a table. */
const LABELS = /^(target|label|class|category|sentiment|species|diagnosis|outcome)s?$/i;

/** What makes columns of one: whoever does not show how a table came about may have done so. */
const TO_COLUMNS = /to_categorical|get_dummies|one_?hot|LabelBinarizer|\beye\s*\(|h5py|np\.load|loadmat/i;

/** The name of a column that is handed on as labels, where a fragment does not say what table it is of: `train['target']`. */
export function columnGiven(labels: Datum | undefined): string | undefined {
  if (!isValue(labels)) return undefined;
  const column = ofSplit(labels);
  if (column?.made.kind !== 'operation' || column.made.name !== 'getitem') return undefined;
  const [of, name] = column.made.args.positional;
  const isUnbound = isValue(of) && of.made.kind === 'unknown' && of.made.reason === 'unbound';
  return isUnbound &&
    typeof name === 'string' &&
    LABELS.test(name) &&
    !TO_COLUMNS.test(of.span?.source.text ?? 'to_categorical')
    ? name
    : undefined;
}

/** What was split, turned into an array or cut to get it. */
function ofSplit(value: Value): Value | undefined {
  let current = value;
  for (let depth = 0; depth < 8; depth++) {
    const next = before(current);
    if (next === undefined) return current;
    current = next;
  }
  return undefined;
}

function before(value: Value): Value | undefined {
  const { made, inputs } = value;
  if (made.kind === 'attribute') return made.name === 'values' ? inputs[0] : undefined;
  if (made.kind !== 'operation') return undefined;
  const [self] = made.args.positional;
  const from =
    splitPartOf(value)?.of ?? (/^(array|asarray|astype|to_numpy)$/.test(made.name) ? self : undefined);
  return isValue(from) ? from : undefined;
}
