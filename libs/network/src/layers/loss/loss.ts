import type { CallContext } from '../../call.js';
import { eachElement } from '../../costs.js';
import { buffer, defineLayer, type BufferSpec, type LayerDefinition } from '../../layer.js';
import { defineOperation, type OperationDefinition } from '../../operation.js';
import { EVERYTHING } from '../../reach.js';
import { formatSize, tensorType, type TensorType } from '../../tensor.js';
import { isTensor } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, nullable, string } from '../../values/kinds.js';
import type { Result } from '../../values/result.js';
import { optional, type ConfigOf, type Signature } from '../../values/signature.js';

/** The arguments all losses share; the first two are deprecated and still taken. */
export const reduced = {
  size_average: optional(nullable(bool), null),
  reduce: optional(nullable(bool), null),
  reduction: optional(string, 'mean'),
};

interface Reduced {
  readonly size_average?: boolean | null;
  readonly reduce?: boolean | null;
  readonly reduction: string;
}

/** How the elements' losses become one; the deprecated arguments win where they are given. */
export function reductionOf({ size_average = null, reduce = null, reduction }: Reduced): string {
  if (size_average === null && reduce === null) return reduction;
  if (reduce === false) return 'none';
  return size_average === false ? 'sum' : 'mean';
}

/** One number, or what each element has. @throws Raised for a word that is no reduction */
export function reduceLoss(config: Reduced, each: TensorType): TensorType {
  const reduction = reductionOf(config);
  if (reduction === 'none') return each;
  if (reduction === 'mean' || reduction === 'sum') return tensorType([], each.dtype);
  return raise('ValueError', `${reduction} is not a valid value for reduction`, tensorType([], each.dtype));
}

function checkReduction(config: Readonly<Record<string, unknown>>, type: string): void {
  const { reduction, size_average: average, reduce } = config;
  const isAsked = (average ?? null) === null && (reduce ?? null) === null;
  if (typeof reduction !== 'string' || !isAsked || ['none', 'mean', 'sum'].includes(reduction)) return;
  if (type === 'KLDivLoss' && reduction === 'batchmean') return;
  raise('ValueError', `${reduction} is not a valid value for reduction`, tensorType([]));
}

/** Warns where a target broadcasts against its input: rarely what was meant. */
export function warnOfBroadcast(
  input: TensorType,
  target: TensorType,
  { warn }: Pick<CallContext, 'warn'>,
): void {
  if (input.shape.join() === target.shape.join()) return;
  warn(
    `Using a target size (${formatSize(target.shape)}) that is different to the input size (${formatSize(input.shape)}). ` +
      `This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.`,
  );
}

/** A loss: a layer and a function with the same arguments, the function's after the tensors it compares. */
export interface Loss<T extends Signature, S extends Signature> {
  readonly type: string;
  /** The function's name; undefined where there is none. */
  readonly name?: string;
  readonly tensors: T;
  readonly signature: S;
  /** True where the tensors are compared before the word for the reduction is looked at. */
  readonly reducesLast?: boolean;
  validate?(config: ConfigOf<S>): void;
  /** @throws Raised */
  infer(tensors: ConfigOf<T>, config: ConfigOf<S>, context: Pick<CallContext, 'warn'>): Result;
}

export interface DefinedLoss<T extends Signature, S extends Signature> {
  readonly layer: LayerDefinition<S, T>;
  readonly operation: OperationDefinition | undefined;
}

export function loss<T extends Signature, S extends Signature>(entry: Loss<T, S>): DefinedLoss<T, S> {
  const infer = (tensors: ConfigOf<T>, config: ConfigOf<S>, context: Pick<CallContext, 'warn'>): Result => {
    if (!entry.reducesLast) checkReduction(config, entry.type);
    return entry.infer(tensors, config, context);
  };
  const layer = defineLayer<S, T>({
    type: entry.type,
    signature: entry.signature,
    forward: entry.tensors,
    validate: (config) => entry.validate?.(config),
    buffers: (config) => classWeights(config),
    infer: (config, tensors, context) => infer(tensors, config, context),
    costs: (_, tensors) => eachElement('elementwise', firstTensor(tensors)),
    reach: () => EVERYTHING,
    extraRepr: () => '',
  });
  const { name } = entry;
  if (name === undefined) return { layer, operation: undefined };
  const operation = defineOperation<T & S>({
    name,
    homes: ['functional'],
    signature: { ...entry.tensors, ...entry.signature },
    infer(all, context) {
      // The one signature is the two put together, so what it was read into is both.
      const both = all as ConfigOf<T> & ConfigOf<S>;
      entry.validate?.(both);
      return infer(both, both, context);
    },
    costs: (all) => eachElement('elementwise', firstTensor(all)),
    reach: () => EVERYTHING,
  });
  return { layer, operation };
}

function firstTensor(tensors: Readonly<Record<string, unknown>>): TensorType | undefined {
  return Object.values(tensors).find(isTensor);
}

/** Weights of classes are buffers, kept with the state. */
function classWeights(config: Readonly<Record<string, unknown>>): readonly BufferSpec[] {
  return ['weight', 'pos_weight'].flatMap((name) => {
    const value = config[name];
    return isTensor(value) ? [buffer(name, 'constant', value.shape, value.dtype)] : [];
  });
}
