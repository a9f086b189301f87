import { foreignCall, ownClass } from '../../program/called-name.js';
import { argument, NOTHING_NAMED, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { ACTIVATIONS } from './layers.js';
import type { KerasLayer } from './layers.js';
import { application } from './names.js';

/** One step from what a network gives back to its input. */
export interface StepBack {
  /** A layer, a network, or something that is not followed. */
  readonly datum: Datum;
  /** The layer that it comes to, where a function or the program's own code does what one would. */
  readonly layer: KerasLayer | undefined;
  readonly next: Datum | undefined;
}

const FUNCTIONS = /^(tensorflow(\.(nn|math))?|(tensorflow\.)?keras\.(activations|backend|ops))\.(\w+)$/;

/** The step that gave a value: a layer on what came before it; undefined where it is none. */
export function stepBack(value: Value): StepBack | undefined {
  const applied = application(value);
  if (applied !== undefined) {
    const [given] = applied.args.positional;
    return { datum: applied.callee, layer: undefined, next: given };
  }
  return activated(value) ?? reshaped(value) ?? weighed(value) ?? asLambda(value);
}

/**
 * What the `call` of an object of the program's own class gives, where step by step it leads back to what the object was called on: then
 * its steps are the network's.
 */
export function inlined(value: Value): Value | undefined {
  const { made } = value;
  const applied = application(value);
  if (applied === undefined || made.kind !== 'operation' || !(made.gives instanceof Value)) return undefined;
  if (ownClass(applied.callee) === undefined) return undefined;
  const [given] = applied.args.positional;
  let current: Datum | undefined = made.gives;
  for (let depth = 0; depth < 200 && current instanceof Value; depth++) {
    if (current === given) return made.gives;
    const within = inlined(current);
    current = within ?? stepBack(current)?.next;
  }
  return undefined;
}

/** `tf.nn.relu(x)`: what an activation layer does. */
function activated(value: Value): StepBack | undefined {
  const call = foreignCall(value);
  const name = call && FUNCTIONS.exec(call.name)?.at(-1);
  if (call === undefined || name === undefined || !ACTIVATIONS.has(name)) return undefined;
  const others = [...call.args.named].filter(([key, given]) => key !== 'name' && !(given instanceof Value));
  if (call.args.positional.length > 1 || others.length > 0) return undefined;
  const next =
    call.args.positional[0] ?? [...call.args.named.values()].find((given) => given instanceof Value);
  return { datum: value, layer: layer('Activation', [name], value), next };
}

/** `tf.reshape(x, [-1, 64])`, in which the batch is what is left. */
function reshaped(value: Value): StepBack | undefined {
  const call = foreignCall(value);
  if (call === undefined || !/^(tensorflow|(tensorflow\.)?keras\.ops)\.reshape$/.test(call.name))
    return undefined;
  const shape = argument(call.args, 'shape', 1);
  if (!Array.isArray(shape) || (shape[0] !== -1n && !(shape[0] instanceof Value))) return undefined;
  return {
    datum: value,
    layer: layer('Reshape', [shape.slice(1)], value),
    next: call.args.positional[0] ?? call.args.named.get('tensor'),
  };
}

const ONE_BY_ONE =
  /^(tensorflow(\.math)?|(tensorflow\.)?keras\.(ops|backend))\.(cast|identity|argmax|argmin|round|sign|floor|ceil)$|^tensorflow\.dtypes\.cast$/;

/** `tf.argmax(x, axis=1)`: what a Lambda with that function would do. */
function asLambda(value: Value): StepBack | undefined {
  const call = foreignCall(value);
  if (call === undefined || !ONE_BY_ONE.test(call.name)) return undefined;
  const next = call.args.positional[0] ?? call.args.named.get('input') ?? call.args.named.get('x');
  return next instanceof Value
    ? { datum: value, layer: layer('Lambda', [call.name], value), next }
    : undefined;
}

/** `tf.matmul(x, self.w) + self.b`, of weights that the program has a layer of its own add. */
function weighed(value: Value): StepBack | undefined {
  const product = value.made.kind === 'operation' && value.made.name === 'add' ? ofSum(value) : value;
  const call = foreignCall(product);
  if (
    call === undefined ||
    !/^(tensorflow(\.linalg)?|(tensorflow\.)?keras\.(ops|backend))\.(matmul|dot)$/.test(call.name)
  )
    return undefined;
  const [given, matrix, ...more] = call.args.positional;
  const shape = shapeOfWeight(matrix);
  if (!(given instanceof Value) || shape?.length !== 2 || more.length > 0 || call.args.named.size > 0)
    return undefined;
  const start = startOfWeight(matrix);
  const named = new Map<string, Datum>([
    ['kernel', matrix ?? null],
    ['kernel_initializer', start ?? 'glorot_uniform'],
  ]);
  return { datum: value, layer: layer('Dense', [shape[1] ?? null], value, named), next: given };
}

function ofSum(value: Value): Datum | undefined {
  if (value.made.kind !== 'operation') return undefined;
  const [one, other] = value.made.args.positional;
  const isBias = (datum: Datum | undefined): boolean => (shapeOfWeight(datum)?.length ?? 2) < 2;
  return isBias(other) ? one : isBias(one) ? other : undefined;
}

/** The shape that a layer's own weight was asked for. */
export function shapeOfWeight(datum: Datum | undefined): readonly Datum[] | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation' || datum.made.name !== 'add_weight')
    return undefined;
  const { args } = datum.made;
  const given = args.named.get('shape') ?? args.positional.slice(1).find(Array.isArray);
  return Array.isArray(given) ? given : undefined;
}

/** What such a weight starts as. */
function startOfWeight(datum: Datum | undefined): Datum | undefined {
  return datum instanceof Value && datum.made.kind === 'operation'
    ? datum.made.args.named.get('initializer')
    : undefined;
}

function layer(
  type: string,
  positional: readonly Datum[],
  value: Value,
  named: ReadonlyMap<string, Datum> = NOTHING_NAMED,
): KerasLayer {
  const args = { positional, named };
  return { type, name: type, args, value, span: value.span, inner: undefined };
}
