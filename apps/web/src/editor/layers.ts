import type { LayerWord } from '../api/types.js';
import type { Place } from './cursor.js';
import type { Offer } from './schema.js';

/** What may stand among layers besides layers, as the network room reads them. */
const STRUCTURES: readonly Offer[] = (
  [
    ['layers', 'list', 'a block', 'Layers of a block, one after the other; give it a name beside.'],
    [
      'residual',
      'map',
      'a block with a shortcut',
      'Layers whose output is added to their input, or to a shortcut of layers.',
    ],
    [
      'branches',
      'list',
      'layers side by side',
      'Lists of layers that all take the input; join says how their outputs come together.',
    ],
  ] as const
).map(([word, opens, brief, says]) => ({ word, kind: 'key', brief, says, required: false, opens }));

const NAME: Offer = {
  word: 'name',
  kind: 'key',
  brief: 'text',
  says: 'What asks, and the tables of a working, call it by; its number among its layers where left out.',
  required: false,
  opens: 'line',
};
const JOIN: Offer = {
  word: 'join',
  kind: 'key',
  brief: 'one of cat, add',
  says: 'How the outputs of branches come together: cat lines up their channels, add sums them.',
  required: false,
  opens: 'line',
};

/** Layers, their arguments and structures, where a place is among the layers of a network; null elsewhere. */
export function layerOffers(vocabulary: readonly LayerWord[], place: Place): Offer[] | null {
  const { path, containers, kind } = place;
  const within = path.lastIndexOf('network');
  if (within < 0) return isListOfLayers(path) && kind === 'value' ? vocabulary.map(asName) : null;
  const inner = path.slice(within + 1);
  if (!inner.includes('layers')) return null;
  const last = inner.at(-1);
  const beside = containers.at(-1)?.keys ?? [];
  if (typeof last === 'number') {
    // Alone where all that it takes may be left out; with what it takes otherwise.
    if (kind === 'value') return vocabulary.filter(standsAlone).map(asName);
    if (beside.includes('branches')) return without(beside, [NAME, JOIN]);
    if (beside.some((key) => STRUCTURES.some(({ word }) => word === key))) return without(beside, [NAME]);
    if (beside.some((key) => vocabulary.some(({ name }) => name === key))) return [];
    return [
      ...vocabulary.filter(({ arguments: all }) => all.length > 0).map(asLayer),
      ...without(beside, STRUCTURES),
      ...without(beside, [NAME]),
    ];
  }
  if (last === 'join' && kind === 'value')
    return ['cat', 'add'].map((word) => ({ ...JOIN, word, kind: 'value', brief: '' }));
  if (last === 'residual' && kind === 'key') return without(beside, SIDES);
  const layer = vocabulary.find(({ name }) => name === last);
  if (layer !== undefined && kind === 'key')
    return without(beside, [...layer.arguments.map(asArgument), NAME]);
  const owner = vocabulary.find(({ name }) => name === inner.at(-2));
  const argument = owner?.arguments.find(({ name }) => name === last);
  if (argument !== undefined && kind === 'value') return valuesOf(argument);
  return [];
}

const SIDES: readonly Offer[] = ['layers', 'shortcut'].map((word) => ({
  word,
  kind: 'key',
  brief: 'list of layers',
  says:
    word === 'layers'
      ? 'What the input goes through.'
      : 'What the input goes through on the other way; left out, it stays as it is.',
  required: word === 'layers',
  opens: 'list',
}));

/** `layers` of a requirement such as `uses`. */
const isListOfLayers = (path: Place['path']): boolean =>
  typeof path.at(-1) === 'number' && path.at(-2) === 'layers' && path.includes('requirements');

const without = (there: readonly string[], offers: readonly Offer[]): Offer[] =>
  offers.filter(({ word }) => !there.includes(word));

/** The call as PyTorch writes it: `Linear(in_features, out_features, bias=True)`. */
export function callOf({ name, arguments: all }: LayerWord): string {
  const written = all.map((each) => (each.default === null ? each.name : `${each.name}=${each.default}`));
  return `${name}(${written.join(', ')})`;
}

const asLayer = (layer: LayerWord): Offer => ({
  word: layer.name,
  kind: 'key',
  brief: 'layer',
  says: callOf(layer),
  required: false,
  opens: 'braces',
});

const asName = (layer: LayerWord): Offer => ({
  ...asLayer(layer),
  kind: 'value',
  brief: layer.arguments.length === 0 ? 'layer' : 'layer, as it comes',
  opens: 'line',
});

/** What the incoming tensor tells need not be said. */
const TOLD = /^(in_|num_features$)/;
const standsAlone = ({ arguments: all }: LayerWord): boolean =>
  all.every((each) => each.default !== null || TOLD.test(each.name));

const asArgument = ({ name, expects, default: standard }: LayerWord['arguments'][number]): Offer => ({
  word: name,
  kind: 'key',
  brief: standard === null ? expects : `${expects} = ${standard}`,
  says:
    standard === null
      ? `${expects}. May be left out where the incoming tensor tells it.`
      : `${expects}; ${standard} where left out.`,
  required: false,
  opens: 'line',
});

function valuesOf({ expects, default: standard }: LayerWord['arguments'][number]): Offer[] {
  const words = /\bbool\b/.test(expects)
    ? ['true', 'false']
    : standard === null || standard === 'None'
      ? []
      : [yamlOf(standard)];
  return words.map((word) => ({
    word,
    kind: 'value',
    brief: yamlOf(standard ?? '') === word ? 'PyTorch’s default' : '',
    says: '',
    required: false,
    opens: 'line',
  }));
}

const yamlOf = (python: string): string =>
  ({ True: 'true', False: 'false', None: 'null' })[python] ??
  python.replace(/^'(.*)'$/, '$1').replace(/^\((.*?),?\)$/, '[$1]');
