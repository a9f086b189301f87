import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasLayer, KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

/** What says in any words which order a program means, or that it is of the time when both were usual. */
const SAYS_ORDER =
  /channels?_?(first|last)|dim_ordering|data_format|IMAGE_ORDERING|theano|border_mode|nb_filter|nb_epoch|NCHW/i;
const CHANNELS = /(^|_)(n_?|num_?|img_?)?(channels?|chan|ch|colou?rs?|depth)($|_)/i;
const SIDES = /row|col|height|width|size|dim|^(img_?)?[hwxy]$/i;

/** Pictures whose channels are put first, for a convolution of Keras that takes them last as nothing says otherwise. */
export function* givenFirst(program: Program): Generator<Found> {
  if (SAYS_ORDER.test(program.source)) return;
  for (const model of kerasOf(program).models) {
    const layer = model.network && layersOf(model.network)[0]?.layer;
    if (layer?.type !== 'Conv2D' && layer?.type !== 'SeparableConv2D') continue;
    const at = layer.span;
    const turned = model.fits.map(({ x }) => channelsPutFirst(x)).find((one) => one !== undefined);
    if (at === undefined || (turned === undefined && !saysFirst(model, layer))) continue;
    yield {
      at,
      message:
        turned === undefined
          ? 'The input shape has its channels first, and this convolution takes them last: it goes over channels and rows as over a picture.'
          : 'The pictures get their channels first, and this convolution takes them last: it goes over channels and rows as over a picture.',
      severity: 'warning',
      evidence: [places(['put first here', turned?.span])],
    };
  }
}

/** Whether an input shape has one or three channels before two sides alike, or by its names. */
function saysFirst({ network }: KerasModel, { span }: KerasLayer): boolean {
  const [first, second, third, ...more] = network?.input ?? [];
  if (more.length > 0) return false;
  if ((first === 1 || first === 3) && second === third && (second ?? 0) >= 16) return true;
  const written = /input_shape\s*=\s*[([]([^()[\]]*)[)\]]/.exec(span?.text ?? '')?.[1];
  const [names, rows, columns, ...rest] = (written ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^self\./, ''));
  if (names === undefined || rows === undefined || columns === undefined || rest.some((one) => one !== ''))
    return false;
  return CHANNELS.test(names) && SIDES.test(rows) && SIDES.test(columns) && !CHANNELS.test(columns);
}

/** Where pictures that have their channels last get them first: `transpose(x, (0, 3, 1, 2))`, or a reshape to the sizes in that order. */
function channelsPutFirst(x: Datum | undefined): Value | undefined {
  let current = x;
  for (let depth = 0; depth < 10; depth++) {
    if (Array.isArray(current)) {
      const [first]: readonly Datum[] = current;
      current = first;
      continue;
    }
    if (!isValue(current) || current.made.kind !== 'operation') return undefined;
    const { name, args }: Extract<Value['made'], { readonly kind: 'operation' }> = current.made;
    const [of, ...given] = args.positional;
    if (name === 'transpose') return isOrder(given) ? current : undefined;
    if (name === 'reshape' || name === 'moveaxis' || name === 'rollaxis')
      return isTurned(name, of, given) ? current : undefined;
    if (!/^(div|sub|mul|astype|array|asarray|getitem|float32)$/.test(name)) return undefined;
    current = of;
  }
  return undefined;
}

function listed(given: readonly Datum[]): readonly Datum[] {
  const [only] = given;
  return Array.isArray(only) && given.length === 1 ? only : given;
}

function isOrder(given: readonly Datum[]): boolean {
  const order = listed(given).map((axis) => (typeof axis === 'bigint' ? Number(axis) : undefined));
  return ['0,3,1,2', '2,0,1'].includes(order.join());
}

function isTurned(name: string, of: Datum | undefined, given: readonly Datum[]): boolean {
  if (name !== 'reshape') {
    const [from, to] = given;
    return (from === -1n || from === 3n) && to === 1n;
  }
  const sizes = listed(given);
  return sizes.length === 4 && [0n, 3n, 1n, 2n].every((axis, at) => sizeOf(sizes[at], of) === axis);
}

/** Which axis of an array a size is that of. */
function sizeOf(size: Datum | undefined, of: Datum | undefined): Datum | undefined {
  if (!isValue(size) || size.made.kind !== 'operation' || size.made.name !== 'getitem') return undefined;
  const [shape, axis] = size.made.args.positional;
  return isValue(shape) &&
    shape.made.kind === 'attribute' &&
    shape.made.name === 'shape' &&
    shape.inputs[0] === of
    ? axis
    : undefined;
}
