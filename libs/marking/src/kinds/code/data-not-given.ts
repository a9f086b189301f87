import type { ModelReading } from '@tensormark/frameworks';

type Found = ModelReading['errors'][number];

/** Names that data goes by: `train_loader`, `trainset`, `images`, `X_train`, `val_ds`. */
const DATA = [
  /(?:loader|data|dataset|batch|batches|image|label|input|target)s?$/i,
  /^(?:train|training|valid?|validation|test)(?:_?(?:set|iter|ds|dl))?$/i,
  /^[xy](?:_?(?:train|valid?|validation|test|batch|b))?$/i,
];

/**
 * The reading of an answer whose training loop goes over data that the answer does not define, such as `train_loader`: a
 * paper gives none, and the network is the same whatever it is. The missing name becomes an unknown of the surroundings, as
 * it is where a file that nobody has is read. What builds the network, and whatever any other name misses, stays an error.
 */
export function withDataGiven(reading: ModelReading, source: string): ModelReading {
  const { network, outputs, errors } = reading;
  if (network === undefined || outputs === undefined) return reading;
  const lines = source.split('\n');
  const missing = errors.filter((error) => isMissingData(error, lines, reading));
  if (missing.length === 0) return reading;
  return {
    ...reading,
    errors: errors.filter((error) => !missing.includes(error)),
    unknowns: [
      ...reading.unknowns,
      ...missing.map(({ message, place }) => ({
        line: place.line,
        what: message,
        place,
        bears: 'surroundings' as const,
      })),
    ],
  };
}

function isMissingData(
  { type, message, during, place }: Found,
  lines: readonly string[],
  { candidates }: ModelReading,
): boolean {
  const name = /^name '(\w+)' is not defined$/.exec(message)?.[1];
  if (
    type !== 'NameError' ||
    during !== 'module' ||
    name === undefined ||
    !DATA.some((names) => names.test(name))
  )
    return false;
  const line = lines[place.line - 1] ?? '';
  const words = new Set(line.match(/\w+/g));
  return words.has(name) && !words.has('nn') && !candidates.some((each) => words.has(each.name));
}
