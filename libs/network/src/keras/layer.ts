import type { Call, CallContext } from '../call.js';
import { tensorArguments } from '../call.js';
import type { Cost } from '../costs.js';
import { evaluateInteger } from '../formula/evaluate.js';
import { product, sum, type Formula } from '../formula/formula.js';
import type {
  ChildLayer,
  Layer,
  LayerDefinition,
  ParameterRole,
  ParameterSpec,
  TrainingBehaviour,
} from '../layer.js';
import { POINTWISE, type Reach } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { isTensor, pythonRepr, type Argument } from '../values/argument.js';
import { Raised, raise, raiseAlike } from '../values/errors.js';
import { anything, bool, nullable, string } from '../values/kinds.js';
import type { Result } from '../values/result.js';
import {
  bind,
  keywordOnly,
  optional,
  read,
  required,
  type Bound,
  type CallArguments,
  type ConfigOf,
  type Signature,
} from '../values/signature.js';

/** What every layer of Keras takes besides its own arguments. */
const COMMON = {
  name: keywordOnly(nullable(string), null),
  trainable: keywordOnly(bool, true),
  dtype: keywordOnly(anything, null),
  autocast: keywordOnly(anything, true),
  dynamic: keywordOnly(anything, false),
  activity_regularizer: keywordOnly(anything, null),
  weights: keywordOnly(anything, null),
  batch_size: keywordOnly(anything, null),
  input_shape: keywordOnly(anything, null),
  batch_input_shape: keywordOnly(anything, null),
  batch_shape: keywordOnly(anything, null),
  input_dim: keywordOnly(anything, null),
  input_length: keywordOnly(anything, null),
} as const satisfies Signature;

/** What the call of a layer takes where its definition says nothing else. */
const CALL = {
  inputs: required(anything),
  mask: optional(anything, null),
  training: optional(anything, null),
} as const satisfies Signature;

/** What a layer of Keras demands of its first input before anything else, as its `input_spec`. */
export interface InputDemands {
  readonly ndim?: number;
  readonly minNdim?: number;
  /** The sizes of axes, counted from the end where negative, once the layer has been built. */
  readonly axes?: ReadonlyMap<number, number>;
}

/** A call as the rules of a layer see it. */
export interface KerasCall {
  /** The tensors it is given, from left to right. */
  readonly inputs: readonly TensorType[];
  readonly first: TensorType;
  /** The arguments by name. */
  readonly given: Bound;
  /** The name of the layer, which Keras's errors speak of. */
  readonly name: string;
  readonly training: boolean;
}

/** A layer of Keras as it is written in its family's file: complete in one place. */
export interface KerasSpec<S extends Signature> {
  /** Keras's class name. */
  readonly type: string;
  /** The constructor's, without what every layer takes. */
  readonly signature: S;
  /** The call's, where it takes other than `inputs`. */
  readonly call?: Signature;
  readonly behaviour?: TrainingBehaviour;
  /** Arguments by the names they had in Keras 1, and what they are called now. */
  readonly formerly?: Readonly<Record<string, string>>;
  /** Raises what Keras's constructor raises. */
  validate?(config: ConfigOf<S>): void;
  /** What it demands of its input; `built` is the input it was built for. */
  demands?(config: ConfigOf<S>, built: TensorType | undefined): InputDemands;
  /** The input that was most likely meant where its rank is wrong. */
  meant?(config: ConfigOf<S>, input: TensorType): TensorType;
  /** Its weights, for the input that it is first called on. @throws Raised */
  parameters?(
    config: ConfigOf<S>,
    call: Pick<KerasCall, 'inputs' | 'first' | 'name' | 'given'>,
  ): readonly ParameterSpec[];
  /** The total of its weights as one would write it; their sum where absent. */
  parameterFormula?(config: ConfigOf<S>, built: TensorType): Formula;
  /** The shape rule. @throws Raised */
  infer(config: ConfigOf<S>, call: KerasCall): Result;
  costs?(config: ConfigOf<S>, call: KerasCall, outputs: readonly TensorType[]): readonly Cost[];
  /** Pointwise where absent. */
  reach?(config: ConfigOf<S>, call: KerasCall): Reach;
}

/** A definition of the table of Keras: an ordinary one, whose layers get their weights at their first call. */
export interface KerasDefinition<S extends Signature = Signature> extends LayerDefinition {
  readonly framework: 'keras';
  /** Keras's class name, without the prefix that tells the layer from PyTorch's. */
  readonly className: string;
  readonly own: S;
  /** Arguments by the names they had in Keras 1. */
  readonly formerly: Readonly<Record<string, string>>;
}

export function defineKerasLayer<S extends Signature>(spec: KerasSpec<S>): KerasDefinition<S> {
  const signature: Signature = { ...COMMON, ...spec.signature };
  const ordered: Signature = { ...spec.signature, ...without(COMMON, spec.signature) };
  const definition: KerasDefinition<S> = {
    framework: 'keras',
    type: `keras.${spec.type}`,
    className: spec.type,
    own: spec.signature,
    formerly: spec.formerly ?? {},
    signature: ordered,
    forward: spec.call ?? CALL,
    training: spec.behaviour,
    build(args) {
      const written = bind(ordered, { name: `${spec.type}.__init__`, bound: true }, args);
      const config = read(spec.signature, written);
      spec.validate?.(config);
      const { name } = read({ name: signature['name'] ?? COMMON.name }, written);
      return new KerasLayer(
        definition,
        spec,
        written,
        config,
        typeof name === 'string' ? name : snakeCase(spec.type),
      );
    },
  };
  return definition;
}

function without(all: Signature, left: Signature): Signature {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(left, name)));
}

/** The name that Keras gives a layer of a class: `conv2d`, `max_pooling2d`, `batch_normalization`. */
export function snakeCase(className: string): string {
  return className
    .replaceAll(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

class KerasLayer<S extends Signature> implements Layer {
  readonly parameters: readonly ParameterSpec[];
  readonly buffers = [];
  readonly children: readonly ChildLayer[] = [];
  readonly composite = false;

  constructor(
    readonly definition: KerasDefinition<S>,
    private readonly spec: KerasSpec<S>,
    readonly written: Bound,
    readonly config: ConfigOf<S>,
    private readonly name: string,
    /** What it was first called on. */
    private readonly built?: Pick<KerasCall, 'inputs' | 'first' | 'given'>,
  ) {
    this.parameters = (built && spec.parameters?.(config, { ...built, name })) ?? [];
  }

  get type(): string {
    return this.definition.type;
  }

  get uninitialized(): boolean {
    return this.built === undefined;
  }

  parameterFormula(): Formula {
    if (this.built && this.spec.parameterFormula)
      return this.spec.parameterFormula(this.config, this.built.first);
    return sum(...this.parameters.map(({ formula }) => formula));
  }

  extraRepr(): string {
    return Object.keys(this.spec.signature)
      .filter(
        (name) =>
          pythonRepr(this.written[name] ?? null) !== pythonRepr(this.spec.signature[name]?.default ?? null),
      )
      .map((name) => `${name}=${pythonRepr(this.written[name] ?? null)}`)
      .join(', ');
  }

  attributes(): Readonly<Record<string, Argument>> {
    const attributes: Record<string, Argument> = {};
    for (const [name, { kind }] of Object.entries(this.spec.signature))
      attributes[name] = kind.attribute?.(this.config[name]) ?? this.written[name] ?? null;
    return attributes;
  }

  materialize(args: CallArguments): Layer | undefined {
    if (this.built !== undefined) return undefined;
    const { inputs, first, given } = this.read(args, true);
    const { definition, spec, written, config, name } = this;
    return new KerasLayer(definition, spec, written, config, name, {
      inputs,
      first: this.meant(first),
      given,
    });
  }

  call(args: CallArguments): Call {
    const { spec, config } = this;
    const call = this.read(args, true);
    const meant: KerasCall = { ...call, first: this.meant(call.first) };
    return {
      name: this.definition.type,
      arguments: call.given,
      infer: (context) => this.infer(call, context),
      costs: (outputs) => spec.costs?.(config, meant, outputs) ?? [],
      reach: () => spec.reach?.(config, meant) ?? POINTWISE,
      outputShape: () => undefined,
    };
  }

  private infer(call: KerasCall, { training }: CallContext): Result {
    const trouble = this.trouble(call.first);
    const first = this.meant(call.first);
    const settled = { ...call, first, inputs: [first, ...call.inputs.slice(1)], training };
    if (trouble === undefined) return checked(this.spec.infer(this.config, settled), this.name);
    let assume: Result | undefined;
    try {
      assume = checked(this.spec.infer(this.config, settled), this.name);
    } catch (raised) {
      if (!(raised instanceof Raised)) throw raised;
      ({ assume } = raised);
    }
    return raise(
      'ValueError',
      `Input 0 of layer "${this.name}" is incompatible with the layer: ${trouble}`,
      assume,
    );
  }

  get demands(): InputDemands {
    return this.spec.demands?.(this.config, this.built?.first) ?? {};
  }

  /** What its input lacks, in Keras's words; undefined where nothing is wrong. */
  private trouble({ shape }: TensorType): string | undefined {
    const { ndim, minNdim, axes } = this.demands;
    const rank = shape.length;
    const full = `Full shape received: ${shapeText(shape)}`;
    if (ndim !== undefined && rank !== ndim) return `expected ndim=${ndim}, found ndim=${rank}. ${full}`;
    if (minNdim !== undefined && rank < minNdim)
      return `expected min_ndim=${minNdim}, found ndim=${rank}. ${full}`;
    for (const [axis, size] of axes ?? [])
      if (shape.at(axis) !== size)
        return `expected axis ${axis} of input shape to have value ${size}, but received input with shape ${shapeText(shape)}`;
    return undefined;
  }

  private meant(input: TensorType): TensorType {
    const { ndim, minNdim } = this.spec.demands?.(this.config, undefined) ?? {};
    const rank = input.shape.length;
    const isWrong = (ndim !== undefined && rank !== ndim) || (minNdim !== undefined && rank < minNdim);
    return isWrong ? (this.spec.meant?.(this.config, input) ?? input) : input;
  }

  private read(args: CallArguments, training: boolean): KerasCall {
    const given = bind(this.definition.forward, { name: `${this.spec.type}.call`, bound: true }, args);
    const inputs = tensorArguments(given, isTensor);
    const [first] = inputs;
    if (first === undefined)
      return raiseAlike('ValueError', `Layer "${this.name}" expects a tensor, and was given none`);
    return { inputs, first, given, name: this.name, training };
  }
}

/** What a layer of Keras demands of its first input; of the sizes of axes once it has been built. */
export function inputDemands(layer: Layer): InputDemands {
  return layer instanceof KerasLayer ? layer.demands : {};
}

/** No size is below zero: what a rule has to say of it is said there, this is the last word. */
function checked(result: Result, name: string): Result {
  if (result === null) return result;
  if (!isTensor(result)) {
    for (const item of result) checked(item, name);
    return result;
  }
  for (const size of result.shape)
    if (size < 0 || !Number.isSafeInteger(size))
      raiseAlike(
        'ValueError',
        `The output of layer "${name}" would have a dimension that is no size: ${shapeText(result.shape)}`,
      );
  return result;
}

/** A shape as Python prints a tuple: `(1, 28, 28)`, `(5,)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** A weight from its shape in named quantities, in Keras's order; one that is never learnt says so. */
export function weight(
  name: string,
  role: ParameterRole,
  dims: readonly Formula[],
  trainable = true,
): ParameterSpec {
  return {
    name,
    role,
    dims,
    shape: dims.map((dim) => Number(evaluateInteger(dim))),
    dtype: 'float32',
    formula: product(...dims),
    ...(!trainable && { trainable }),
  };
}
