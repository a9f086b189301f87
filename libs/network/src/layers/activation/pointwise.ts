import { eachElement } from '../../costs.js';
import { defineLayer, type LayerDefinition } from '../../layer.js';
import { defineOperation, type Home, type OperationDefinition } from '../../operation.js';
import { sameAs } from '../../shapes.js';
import { DTYPES, isIntegral, tensorType, type TensorType } from '../../tensor.js';
import { pythonRepr } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, tensor } from '../../values/kinds.js';
import { required, type Bound, type ConfigOf, type Signature } from '../../values/signature.js';

/** What an activation does with integers: gives floats, keeps them, or refuses in its kernel's name. */
export type OnIntegers = 'promotes' | 'keeps' | { readonly refusedBy: string };

/** An activation that works element by element: a layer and a function of one name and one set of arguments. */
export interface Pointwise<S extends Signature> {
  readonly type: string;
  /** The function's name; undefined where there is none. */
  readonly name: string;
  readonly homes: readonly Home[];
  readonly aliases?: readonly string[];
  readonly inPlace?: boolean;
  readonly signature: S;
  readonly onIntegers: OnIntegers;
  /** Words for boolean inputs where they are refused apart from integers. */
  readonly refusesBool?: string;
  /** What the constructor refuses. */
  validate?(config: ConfigOf<S>): void;
  /** What a call refuses. */
  check?(config: ConfigOf<S>, input: TensorType): void;
  /** Arguments that `repr` shows, `inplace` apart, which it shows where it is true. */
  readonly shown: readonly string[];
  /** True where `repr` shows values without their names. */
  readonly unnamed?: boolean;
  /** True where `repr` does not tell that it works in place. */
  readonly hidesInplace?: boolean;
  readonly random?: boolean;
}

/** The layer and the function of an activation. */
export function pointwise<S extends Signature>(
  entry: Pointwise<S>,
): { readonly layer: LayerDefinition<S>; readonly operation: OperationDefinition } {
  const infer = (config: ConfigOf<S>, input: TensorType): TensorType => {
    const type = elementwiseType(entry, input);
    entry.check?.(config, input);
    return type;
  };
  const layer = defineLayer({
    type: entry.type,
    signature: entry.signature,
    forward: { input: required(tensor) },
    ...(entry.random && { training: 'random' as const }),
    validate: (config: ConfigOf<S>) => entry.validate?.(config),
    infer: (config: ConfigOf<S>, { input }) => infer(config, input),
    costs: (_, __, [output]) => eachElement('activation', output),
    extraRepr: (_, written) => shownArguments(entry, written),
  });
  const operation = defineOperation({
    name: entry.name,
    homes: entry.homes,
    ...(entry.aliases && { aliases: entry.aliases }),
    inPlace: entry.inPlace ?? true,
    signature: { input: required(tensor), ...entry.signature },
    infer: ({ input, ...config }) => infer(config as unknown as ConfigOf<S>, input as TensorType),
    costs: (_, [output]) => eachElement('activation', output),
  });
  return { layer, operation };
}

function elementwiseType({ onIntegers, refusesBool }: Pointwise<Signature>, input: TensorType): TensorType {
  if (input.dtype === 'bool' && refusesBool !== undefined) raise('RuntimeError', refusesBool, sameAs(input));
  if (!isIntegral(input.dtype) || onIntegers === 'keeps') return sameAs(input);
  const floating = tensorType(input.shape, 'float32');
  if (onIntegers === 'promotes') return floating;
  return raise(
    'RuntimeError',
    `"${onIntegers.refusedBy}" not implemented for '${DTYPES[input.dtype].scalarName}'`,
    floating,
  );
}

function shownArguments({ shown, unnamed, hidesInplace }: Pointwise<Signature>, written: Bound): string {
  const parts = shown.map((name) => {
    const value = pythonRepr(written[name] ?? null);
    return unnamed ? value : `${name}=${value}`;
  });
  const { inplace } = written;
  if (!hidesInplace) bool.read(inplace ?? null, 'inplace');
  if (!hidesInplace && inplace !== undefined && inplace !== null && inplace !== false && inplace !== 0n)
    parts.push('inplace=True');
  return parts.join(', ');
}
