import { argument, isPartlyKnownObject, Value } from '@tensormark/frameworks';
import type { Datum, ProgramModule } from '@tensormark/frameworks';

/** Operations and layers that leave what a value means as it is: shape, type, device, order, and dropping out. */
const PASSING = new Set([
  'view',
  'reshape',
  'flatten',
  'squeeze',
  'unsqueeze',
  'permute',
  'transpose',
  'swapaxes',
  'movedim',
  't',
  'T',
  'mT',
  'contiguous',
  'to',
  'float',
  'double',
  'half',
  'bfloat16',
  'type',
  'type_as',
  'cuda',
  'cpu',
  'clone',
  'requires_grad',
  'getitem',
  'narrow',
  'chunk',
  'split',
  'dropout',
  'Dropout',
  'Dropout1d',
  'Dropout2d',
  'Dropout3d',
  'AlphaDropout',
  'Flatten',
  'Unflatten',
  'Identity',
  'rearrange',
]);

/** The same, and putting several together, of which the first is followed. */
const PASSING_OR_JOINING = new Set([...PASSING, 'stack', 'cat']);

/** The name of the operation or layer that made a value; '' where nothing known did. */
export function makerOf(value: Value): string {
  return value.made.kind === 'operation' || value.made.kind === 'layer' ? value.made.name : '';
}

/** The value behind shape changes, moves and dropout. */
export function behind(value: Value): Value {
  return followed(value, PASSING);
}

/** What a value is behind the operations of such names, as many as `most` of them: the first of what each was given. */
export function behindNamed(value: Value, names: RegExp, most: number): Value {
  let current = value;
  for (let depth = 0; depth < most; depth++) {
    const [first] = current.inputs;
    if (first === undefined || !names.test(makerOf(current))) return current;
    current = first;
  }
  return current;
}

/** The value behind shape changes, moves and dropout; where several are put together, the first stands for all. */
export function behindJoins(value: Value): Value {
  return followed(value, PASSING_OR_JOINING);
}

function followed(value: Value, passing: ReadonlySet<string>): Value {
  let current = value;
  for (let depth = 0; depth < 200; depth++) {
    // Of a tensor that was written into, what was written last.
    const isWritten = makerOf(current) === 'setitem';
    const input = isWritten ? current.inputs.at(-1) : current.inputs[0];
    if (input === undefined || !(isWritten || passing.has(makerOf(current)))) return current;
    current = input;
  }
  return current;
}

export type Activation =
  'softmax' | 'log_softmax' | 'sigmoid' | 'logsigmoid' | 'relu' | 'tanh' | 'gelu' | 'other';

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map(
  Object.entries<Activation>({
    softmax: 'softmax',
    Softmax: 'softmax',
    Softmax2d: 'softmax',
    log_softmax: 'log_softmax',
    LogSoftmax: 'log_softmax',
    sigmoid: 'sigmoid',
    Sigmoid: 'sigmoid',
    logsigmoid: 'logsigmoid',
    LogSigmoid: 'logsigmoid',
    relu: 'relu',
    ReLU: 'relu',
    relu6: 'relu',
    ReLU6: 'relu',
    tanh: 'tanh',
    Tanh: 'tanh',
    gelu: 'gelu',
    GELU: 'gelu',
    ...Object.fromEntries(
      [
        'leaky_relu',
        'LeakyReLU',
        'elu',
        'ELU',
        'selu',
        'SELU',
        'silu',
        'SiLU',
        'mish',
        'Mish',
        'prelu',
        'PReLU',
        'hardtanh',
        'Hardtanh',
        'hardswish',
        'Hardswish',
        'hardsigmoid',
        'Hardsigmoid',
        'softplus',
        'Softplus',
        'celu',
        'CELU',
        'glu',
        'GLU',
        'softsign',
        'Softsign',
        'rrelu',
        'RReLU',
        'tanhshrink',
        'Tanhshrink',
        'threshold',
        'Threshold',
      ].map((name) => [name, 'other'] as const),
    ),
  }),
);

/** The activation that a value is straight the output of. */
export function activationOf(value: Value): Activation | undefined {
  const activation = ACTIVATIONS.get(makerOf(value));
  const { made } = value;
  // What an object calls its own `softmax` may be the logarithm of one.
  const isOwn =
    activation !== undefined && made.kind === 'operation' && isPartlyKnownObject(made.args.positional[0]);
  return isOwn ? undefined : activation;
}

/** The `dim` an activation such as softmax goes over; null where none was given, undefined where it is unknown. */
export function dimOf(value: Value): number | null | undefined {
  const { made } = value;
  if (made.kind === 'layer') {
    const dim = made.module.layer?.config['dim'];
    return typeof dim === 'number' ? dim : dim === null || dim === undefined ? null : undefined;
  }
  if (made.kind !== 'operation') return undefined;
  const dim: Datum | undefined = argument(made.args, 'dim', 1);
  if (dim === undefined || dim === null) return null;
  return typeof dim === 'bigint' ? Number(dim) : undefined;
}

const LINEAR = /^(Lazy)?(Linear|Conv[123]d|ConvTranspose[123]d|Bilinear)$/;

/** The linear layer or convolution that a value is straight the output of. */
export function linearMaker(value: Value): ProgramModule | undefined {
  return value.made.kind === 'layer' && LINEAR.test(value.made.name) ? value.made.module : undefined;
}

/** Walks a value's ancestors, it included, each once; `enter` says whether to go on above one. */
export function eachAncestor(root: Value, enter: (value: Value) => boolean): void {
  const seen = new Set<number>();
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (value === undefined || seen.has(value.id)) continue;
    seen.add(value.id);
    if (enter(value)) pending.push(...value.inputs);
  }
}

/** Whether a value comes, by whatever way, of one that satisfies a test. */
export function comesOf(root: Value, test: (value: Value) => boolean): boolean {
  let found = false;
  eachAncestor(root, (value) => {
    found ||= test(value);
    return !found;
  });
  return found;
}
