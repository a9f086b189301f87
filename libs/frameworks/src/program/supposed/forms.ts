import { tensorType } from '@tensormark/network';
import type { Layer, TensorType } from '@tensormark/network';
import type { Plan, World } from './world.js';

type Config = Layer['config'];

/** What an argument is given: a tensor, or several things together, as an LSTM's state or a batch by names. */
export type Form = TensorType | Together;

export interface Together {
  readonly by: 'index' | 'key' | 'attribute';
  /** What is left out is not known. */
  readonly parts: ReadonlyMap<number | string, Form>;
  /** How many there are, of those by index. */
  readonly count: number;
  /** Those by name of which nothing is known but that they are there. */
  readonly others?: readonly (number | string)[];
}

export function pairOf(one: Form, other: Form): Together {
  return {
    by: 'index',
    parts: new Map([
      [0, one],
      [1, other],
    ]),
    count: 2,
  };
}

/** The first tensor of a form. */
export function firstOf(form: Form | undefined): TensorType | undefined {
  if (form === undefined || 'shape' in form) return form;
  return [...form.parts.values()].map(firstOf).find((each) => each !== undefined);
}

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
  [/^EmbeddingBag$/, (_, { batch, length }) => [[batch, length]]],
  [
    /^(MultiheadAttention|Transformer\w*)$/,
    (size, { batch, length }, config) => {
      const width = size('embed_dim') || size('d_model');
      return config['batch_first'] === true ? [[batch, length, width]] : [[length, batch, width]];
    },
  ],
  [/^Bilinear$/, features('in1_features')],
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

/** The size that a network was made with and that a name speaks of: `hidden` is as wide as `hidden_size`. */
export function sizeNamed(name: string, { sizes }: World): number | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^(prev|last|curr|next)_?/, '')
    .replace(/_?(t|x|n|prev|0)$/, '');
  const own = [...sizes].find(([of]) => plain !== '' && of.startsWith(plain))?.[1];
  return own === undefined ? undefined : Number(own);
}

/**
 * The forms of an argument that no layer is given as it is, by its name and the sizes that the network was made with, or else as wide as
 * `usual`.
 */
export function formsByName(name: string, world: World, usual: number): readonly Form[] {
  const { batch, length, heads, side } = world.plan;
  const width = sizeNamed(name, world) ?? Number([...world.sizes.values()][0] ?? usual);
  const forms = [
    [batch, width],
    [batch, length, width],
    [length, batch, width],
    [batch, Number(heads), length, width],
    [batch, width, side, side],
  ].map((shape) => tensorType(shape, 'float32'));
  if (!/state|hidden|^hc?x?$|cell/i.test(name)) return forms;
  const pairs = forms.flatMap((form): Form[] =>
    form.shape.length === 2 || form.shape.length === 4 ? [pairOf(form, form)] : [],
  );
  return /state/i.test(name) ? [...pairs, ...forms] : [...forms, ...pairs];
}
