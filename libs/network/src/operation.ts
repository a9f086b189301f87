import type { Call, CallContext } from './call.js';
import type { Cost } from './costs.js';
import type { Formula } from './formula/formula.js';
import { POINTWISE, type Reach } from './reach.js';
import { sound } from './shapes.js';
import type { TensorType } from './tensor.js';
import type { Result } from './values/result.js';
import { bind, read, type CallArguments, type ConfigOf, type Signature } from './values/signature.js';

/** Where PyTorch offers an operation: `torch.cat`, `Tensor.view`, `torch.nn.functional.pad`. */
export type Home = 'torch' | 'Tensor' | 'functional';

/** An operation as it is written in its family's file: complete in one place. */
export interface OperationSpec<S extends Signature> {
  /** PyTorch's name, without a module: `cat`. */
  readonly name: string;
  readonly homes: readonly Home[];
  /** True where `name_` changes its first argument in place. */
  readonly inPlace?: boolean;
  /** Other names of the same thing (`concat` and `concatenate` for `cat`). */
  readonly aliases?: readonly string[];
  readonly signature: S;
  /** @throws Raised */
  infer(config: ConfigOf<S>, context: CallContext): Result;
  costs?(config: ConfigOf<S>, outputs: readonly TensorType[]): readonly Cost[];
  reach?(config: ConfigOf<S>): Reach;
  outputShape?(config: ConfigOf<S>): readonly Formula[] | undefined;
}

export interface OperationDefinition<S extends Signature = Signature> {
  readonly name: string;
  readonly homes: readonly Home[];
  readonly inPlace: boolean;
  readonly aliases: readonly string[];
  readonly signature: S;
  /** @throws Raised where the arguments don't bind. */
  call(args: CallArguments): Call;
}

export function defineOperation<S extends Signature>(spec: OperationSpec<S>): OperationDefinition<S> {
  const callee = { name: spec.name, bound: false };
  return {
    name: spec.name,
    homes: spec.homes,
    inPlace: spec.inPlace ?? false,
    aliases: spec.aliases ?? [],
    signature: spec.signature,
    call(args) {
      const bound = bind(spec.signature, callee, args);
      const config = read(spec.signature, bound);
      return {
        name: spec.name,
        arguments: bound,
        infer: (context) => sound(spec.infer(config, context)),
        costs: (outputs) => spec.costs?.(config, outputs) ?? [],
        reach: () => spec.reach?.(config) ?? POINTWISE,
        outputShape: () => spec.outputShape?.(config),
      };
    },
  };
}
