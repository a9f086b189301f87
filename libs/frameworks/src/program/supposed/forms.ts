import { tensorType } from '@tensormark/network';
import type { Layer, TensorType } from '@tensormark/network';
import type { Plan, World } from './world.js';

type Config = Layer['config'];

/** What an argument is given: a tensor, or two of them as an LSTM's state. */
export type Form = TensorType | readonly [TensorType, TensorType];

/** The forms in which data come to a layer, likeliest first; none where its usual input is not known. */
export function formsFor(type: string, config: Config, { plan }: World): readonly TensorType[] {
  const forms = FORMS.find(([pattern]) => pattern.test(type))?.[1];
  if (forms === undefined) return [];
  const dtype = type.startsWith('Embedding') ? 'int64' : 'float32';
  const size = (name: string): number => Number(config[name] ?? 0);
  return forms(size, plan, config)
    .filter((shape) => shape.every((each) => each > 0))
    .map((shape) => tensorType(shape, dtype));
}

type Forms = (size: (name: string) => number, plan: Plan, config: Config) => readonly (readonly number[])[];

const features =
  (name: string): Forms =>
  (size, { batch, length }) => [
    [batch, size(name)],
    [batch, length, size(name)],
  ];

const map =
  (name: string, rank: number): Forms =>
  (size, { batch, side, length }) => [
    [batch, size(name), ...Array.from({ length: rank }, () => (rank === 1 ? 4 * length : side))],
  ];

const recurrent: Forms = (size, { batch, length }, config) =>
  config['batch_first'] === true
    ? [[batch, length, size('input_size')]]
    : [[length, batch, size('input_size')]];

const FORMS: readonly (readonly [RegExp, Forms])[] = [
  [/^Linear$/, features('in_features')],
  [/^Embedding$/, (_, { batch, length }) => [[batch, length], [length, batch], [batch]]],
  [/^(Conv|ConvTranspose)1d$/, map('in_channels', 1)],
  [/^Conv2d$/, map('in_channels', 2)],
  [/^ConvTranspose2d$/, (size, { batch }) => [[batch, size('in_channels'), 4, 4]]],
  [/^Conv3d$/, (size, { batch, side }) => [[batch, size('in_channels'), side, side, side]]],
  [/^(RNN|LSTM|GRU)$/, recurrent],
  [/^(RNN|LSTM|GRU)Cell$/, (size, { batch }) => [[batch, size('input_size')]]],
  [/^BatchNorm1d$/, (size, { batch }) => [[batch, size('num_features')]]],
  [/^(BatchNorm|InstanceNorm)2d$/, map('num_features', 2)],
  [/^GroupNorm$/, map('num_channels', 2)],
  [
    /^LayerNorm$/,
    (_, { batch, length }, config) => {
      const shape = config['normalized_shape'];
      const [last] = Array.isArray(shape) ? (shape as readonly unknown[]).slice(-1) : [shape];
      return typeof last === 'number'
        ? [
            [batch, length, last],
            [batch, last],
          ]
        : [];
    },
  ],
];

/** The state that a recurrent layer is given beside its input: two tensors for an LSTM. */
export function stateFor(type: string, config: Config, { plan }: World): readonly TensorType[] {
  const hidden = config['hidden_size'];
  if (typeof hidden !== 'number' || !/^(RNN|LSTM|GRU)(Cell)?$/.test(type)) return [];
  const layers = Number(config['num_layers'] ?? 1) * (config['bidirectional'] === true ? 2 : 1);
  const shape = type.endsWith('Cell') ? [plan.batch, hidden] : [layers, plan.batch, hidden];
  const state = tensorType(shape, 'float32');
  return type.startsWith('LSTM') ? [state, state] : [state];
}

/** Pictures of other sides, for networks that flatten maps of a size of their own. */
export function otherPictures({
  shape: [batch, channels, ...sides],
  dtype,
}: TensorType): readonly TensorType[] {
  if (batch === undefined || channels === undefined || sides.length !== 2) return [];
  return [28, 224, 84, 128, 96, 256].map((side) => tensorType([batch, channels, side, side], dtype));
}

/**
 * The forms of an argument that no layer is given as it is, by its name and the sizes that the network was made with: `hidden` is as wide
 * as `hidden_size`, and anything else as one of them.
 */
export function formsByName(name: string, { plan, sizes }: World): readonly Form[] {
  const { batch, length, heads, side } = plan;
  const plain = name
    .toLowerCase()
    .replace(/^(prev|last|curr|next)_?/, '')
    .replace(/_?(t|x|n|prev|0)$/, '');
  const own = [...sizes].find(([of]) => plain !== '' && of.startsWith(plain))?.[1];
  const width = Number(own ?? [...sizes.values()][0] ?? 0);
  if (width === 0) return [];
  const forms = [
    [batch, width],
    [batch, length, width],
    [length, batch, width],
    [batch, Number(heads), length, width],
    [batch, width, side, side],
  ].map((shape) => tensorType(shape, 'float32'));
  if (!/state|hidden|^hc?x?$|cell/i.test(name)) return forms;
  const pairs = forms.flatMap((form): Form[] =>
    form.shape.length === 2 || form.shape.length === 4 ? [[form, form]] : [],
  );
  return /state/i.test(name) ? [...pairs, ...forms] : [...forms, ...pairs];
}
