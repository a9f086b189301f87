import type { Call, CallContext } from './call.js';
import type { Cost } from './costs.js';
import { evaluateInteger } from './formula/evaluate.js';
import { product, sum, type Formula } from './formula/formula.js';
import { POINTWISE, type Reach } from './reach.js';
import { sound } from './shapes.js';
import type { DType, TensorType } from './tensor.js';
import { pythonRepr, type Argument } from './values/argument.js';
import type { Result } from './values/result.js';
import {
  bind,
  read,
  type Bound,
  type CallArguments,
  type ConfigOf,
  type Signature,
} from './values/signature.js';

/** Whether an argument is a layer of this room, and not a module of another's. */
export function isLayer(value: unknown): value is Layer {
  return value instanceof BuiltLayer;
}

/** What a parameter does: totals without bias leave out exactly those of role `bias`. */
export type ParameterRole = 'weight' | 'bias';

/** A parameter that a layer registers itself, its shape in named quantities; they come in PyTorch's order. */
export interface ParameterSpec {
  readonly name: string;
  readonly role: ParameterRole;
  readonly dims: readonly Formula[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The number of its elements. */
  readonly formula: Formula;
  /** False for one that no training changes, as the moving averages that Keras counts among the parameters. */
  readonly trainable?: boolean;
}

/** A tensor that belongs to the state and is not learnt. */
export interface BufferSpec {
  readonly name: string;
  /** `statistic` is what a normalisation keeps of the data it has seen, `counter` its count of batches. */
  readonly role: 'statistic' | 'counter' | 'constant';
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** False where `state_dict` leaves it out. */
  readonly persistent: boolean;
}

export interface ChildLayer {
  readonly name: string;
  readonly layer: Layer;
}

/** How a layer behaves otherwise in training: it draws at random, or uses (and keeps) the batch's statistics. */
export type TrainingBehaviour = 'random' | 'batch-statistics';

/** A layer with its arguments given: `nn.Conv2d(3, 64, 3)`. */
export interface Layer {
  /** PyTorch's class name. */
  readonly type: string;
  readonly definition: LayerDefinition;
  /** The arguments as written, defaults filled in. */
  readonly written: Bound;
  /** As the rules read them; {@link configOf} gives them typed. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its own, not its children's, in the order of PyTorch's `state_dict`. */
  readonly parameters: readonly ParameterSpec[];
  readonly buffers: readonly BufferSpec[];
  readonly children: readonly ChildLayer[];
  /** True for a lazy layer, whose parameters have no shape before its first call. */
  readonly uninitialized: boolean;
  /** The number of its parameters, children included, factored as one would write it: `64 · (3·3·3 + 1)`. */
  parameterFormula(): Formula;
  /** The inside of PyTorch's `repr`: `3, 64, kernel_size=(3, 3), stride=(1, 1)`. */
  extraRepr(): string;
  /** What the module's attributes hold (`conv.kernel_size` is `(3, 3)`). */
  attributes(): Readonly<Record<string, Argument>>;
  /** True where a call is traced through its children rather than being one node. */
  readonly composite: boolean;
  /** @throws Raised where the arguments don't bind to its `forward`. */
  call(args: CallArguments): Call;
  /** What a lazy layer becomes at a call; undefined for others. @throws Raised */
  materialize(args: CallArguments): Layer | undefined;
}

/** A layer as it is written in its family's file: complete in one place. */
export interface LayerSpec<S extends Signature, F extends Signature> {
  readonly type: string;
  /** The constructor's, exactly as PyTorch's. */
  readonly signature: S;
  /** The forward's. */
  readonly forward: F;
  readonly training?: TrainingBehaviour;
  /** The class whose `__init__` Python names in a TypeError, where it is a base class. */
  readonly initializer?: string;
  /** True where a call is traced through the children ({@link CallContext.tracer}). */
  readonly composite?: boolean;
  /** Raises what PyTorch's constructor raises. */
  validate?(config: ConfigOf<S>): void;
  parameters?(config: ConfigOf<S>): readonly ParameterSpec[];
  buffers?(config: ConfigOf<S>): readonly BufferSpec[];
  children?(config: ConfigOf<S>): readonly ChildLayer[];
  /** Its own parameters' total as one would write it; their sum where absent. */
  parameterFormula?(config: ConfigOf<S>): Formula;
  /** The shape rule. @throws Raised */
  infer(config: ConfigOf<S>, inputs: ConfigOf<F>, context: CallContext): Result;
  outputShape?(config: ConfigOf<S>, inputs: ConfigOf<F>): readonly Formula[] | undefined;
  costs?(config: ConfigOf<S>, inputs: ConfigOf<F>, outputs: readonly TensorType[]): readonly Cost[];
  /** Pointwise where absent. */
  reach?(config: ConfigOf<S>, inputs: ConfigOf<F>): Reach;
  /** `name=value` for every argument but device and dtype where absent. */
  extraRepr?(config: ConfigOf<S>, written: Bound): string;
  /** Attributes besides those that hold the arguments. */
  attributes?(config: ConfigOf<S>): Readonly<Record<string, Argument>>;
  /** For a lazy layer: what it becomes. @throws Raised */
  materialize?(config: ConfigOf<S>, inputs: ConfigOf<F>, written: Bound): Layer;
}

export interface LayerDefinition<S extends Signature = Signature, F extends Signature = Signature> {
  readonly type: string;
  readonly signature: S;
  readonly forward: F;
  readonly training: TrainingBehaviour | undefined;
  /** @throws Raised with the error of PyTorch's constructor. */
  build(args: CallArguments): Layer;
}

export function defineLayer<S extends Signature, F extends Signature>(
  spec: LayerSpec<S, F>,
): LayerDefinition<S, F> {
  const initializer = { name: `${spec.initializer ?? spec.type}.__init__`, bound: true };
  const definition: LayerDefinition<S, F> = {
    type: spec.type,
    signature: spec.signature,
    forward: spec.forward,
    training: spec.training,
    build(args) {
      const written = bind(spec.signature, initializer, args);
      const config = read(spec.signature, written);
      spec.validate?.(config);
      return new BuiltLayer(definition, spec, written, config);
    },
  };
  return definition;
}

class BuiltLayer<S extends Signature, F extends Signature> implements Layer {
  readonly parameters: readonly ParameterSpec[];
  readonly buffers: readonly BufferSpec[];
  readonly children: readonly ChildLayer[];

  constructor(
    readonly definition: LayerDefinition<S, F>,
    private readonly spec: LayerSpec<S, F>,
    readonly written: Bound,
    readonly config: ConfigOf<S>,
  ) {
    this.parameters = spec.parameters?.(config) ?? [];
    this.buffers = spec.buffers?.(config) ?? [];
    this.children = spec.children?.(config) ?? [];
  }

  get type(): string {
    return this.spec.type;
  }

  get composite(): boolean {
    return this.spec.composite ?? false;
  }

  get uninitialized(): boolean {
    return this.spec.materialize !== undefined;
  }

  parameterFormula(): Formula {
    const own = this.spec.parameterFormula
      ? [this.spec.parameterFormula(this.config)]
      : this.parameters.map((parameter) => parameter.formula);
    return sum(...own, ...this.children.map(({ layer }) => layer.parameterFormula()));
  }

  extraRepr(): string {
    if (this.spec.extraRepr) return this.spec.extraRepr(this.config, this.written);
    return Object.keys(this.spec.signature)
      .filter((name) => name !== 'device' && name !== 'dtype')
      .map((name) => `${name}=${pythonRepr(this.written[name] ?? null)}`)
      .join(', ');
  }

  attributes(): Readonly<Record<string, Argument>> {
    const attributes: Record<string, Argument> = {};
    for (const [name, { kind }] of Object.entries(this.spec.signature)) {
      if (name === 'device' || name === 'dtype') continue;
      attributes[name] = kind.attribute?.(this.config[name]) ?? this.written[name] ?? null;
    }
    return { ...attributes, ...this.spec.attributes?.(this.config) };
  }

  call(args: CallArguments): Call {
    const { spec, config } = this;
    const bound = bind(spec.forward, { name: `${spec.type}.forward`, bound: true }, args);
    const inputs = read(spec.forward, bound);
    return {
      name: spec.type,
      arguments: bound,
      infer: (context) => sound(spec.infer(config, inputs, context)),
      costs: (outputs) => spec.costs?.(config, inputs, outputs) ?? [],
      reach: () => spec.reach?.(config, inputs) ?? POINTWISE,
      outputShape: () => spec.outputShape?.(config, inputs),
    };
  }

  materialize(args: CallArguments): Layer | undefined {
    const { spec } = this;
    if (!spec.materialize) return undefined;
    const bound = bind(spec.forward, { name: `${spec.type}.initialize_parameters`, bound: true }, args);
    return spec.materialize(this.config, read(spec.forward, bound), this.written);
  }
}

/** A parameter from its shape in named quantities. */
export function parameter(
  name: string,
  role: ParameterRole,
  dims: readonly Formula[],
  dtype: DType | null = null,
): ParameterSpec {
  return {
    name,
    role,
    dims,
    shape: dims.map((dim) => Number(evaluateInteger(dim))),
    dtype: dtype ?? 'float32',
    formula: product(...dims),
  };
}

export function buffer(
  name: string,
  role: BufferSpec['role'],
  shape: readonly number[],
  dtype: DType | null = null,
): BufferSpec {
  return { name, role, shape, dtype: dtype ?? 'float32', persistent: true };
}
