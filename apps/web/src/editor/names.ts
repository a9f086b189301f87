import { parseDocument } from 'yaml';
import { questionAround } from './around.js';
import type { Place } from './cursor.js';
import type { Offer } from './schema.js';

/** Names of the layers of the question's network where an ask says what it is of; null elsewhere. */
export function nameOffers(text: string, position: number, { kind, path }: Place): Offer[] | null {
  if (kind !== 'value' || path.at(-1) !== 'of') return null;
  const ask = path.indexOf('ask');
  if (ask < 0) return null;
  const document = parseDocument(questionAround(text, position).text, {
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const layers = document.getIn([...path.slice(0, ask), 'network', 'layers']);
  return namesIn(plain(layers), '').map((word) => ({
    word,
    kind: 'value',
    brief: '',
    says: '',
    required: false,
    opens: 'line',
  }));
}

/** As the network room calls them: by name, else by number, what is within a block behind a point. */
function namesIn(layers: unknown, before: string): string[] {
  if (!Array.isArray(layers)) return [];
  return layers.flatMap((layer: unknown, at) => {
    const { name, layers: within, residual } = fields(layer);
    const [only] = Object.values(fields(layer));
    const given = name ?? fields(only)['name'];
    const called = `${before}${typeof given === 'string' ? given : at}`;
    return [
      // A number alone would have to stand in quotes.
      ...(/^\d+$/.test(called) ? [] : [called]),
      ...namesIn(within, `${called}.`),
      ...namesIn(fields(residual)['layers'], `${called}.layers.`),
    ];
  });
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const plain = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function'
    ? node.toJSON()
    : null;
