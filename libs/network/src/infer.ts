import type { CallContext, Tracer } from './call.js';
import type { Cost } from './costs.js';
import type { Layer } from './layer.js';
import { layerDefinition } from './layers/table.js';
import { operation } from './operations/table.js';
import { Raised, Undetermined, type TorchError, type TorchWarning } from './values/errors.js';
import { tensorsOf, type Result } from './values/result.js';
import type { CallArguments } from './values/signature.js';

/** A layer, or the error of PyTorch's constructor. */
export type Built =
  | { readonly layer: Layer; readonly error?: undefined }
  | { readonly layer?: undefined; readonly error: TorchError };

/** Builds a layer by PyTorch's class name. An unknown name is the caller's mistake: @throws RangeError */
export function buildLayer(type: string, args: CallArguments): Built {
  const definition = layerDefinition(type);
  if (!definition) throw new RangeError(`there is no layer '${type}'`);
  try {
    return { layer: definition.build(args) };
  } catch (raised) {
    return { error: errorOf(raised) };
  }
}

/** What a call would return and cost, without a graph. */
export type Inference =
  | {
      readonly error?: undefined;
      readonly undetermined?: undefined;
      readonly outputs: Result;
      readonly costs: readonly Cost[];
      readonly warnings: readonly TorchWarning[];
    }
  | {
      readonly error: TorchError;
      /** The likeliest outputs had the call been right; undefined where nothing can be said. */
      readonly outputs: Result | undefined;
      readonly undetermined?: undefined;
      readonly costs: readonly Cost[];
      readonly warnings: readonly TorchWarning[];
    }
  | {
      readonly error?: undefined;
      /** Why nothing can be said, though nothing is wrong: the result depends on values. */
      readonly undetermined: string;
      readonly outputs: undefined;
      readonly costs: readonly Cost[];
      readonly warnings: readonly TorchWarning[];
    };

export interface InferenceOptions {
  /** Training mode, as a module is when newly made. */
  readonly training?: boolean;
}

export function inferLayer(layer: Layer, args: CallArguments, options: InferenceOptions = {}): Inference {
  return inferring(options, (run) => run.layer(layer, args));
}

/** By the table's name of an operation. An unknown name is the caller's mistake: @throws RangeError */
export function inferOperation(name: string, args: CallArguments, options: InferenceOptions = {}): Inference {
  return inferring(options, (run) => run.operation(name, args));
}

function inferring(options: InferenceOptions, act: (run: Run) => Result): Inference {
  const run = new Run(options.training ?? true);
  const { costs, warnings } = run;
  try {
    return { outputs: act(run), costs, warnings };
  } catch (raised) {
    if (raised instanceof Undetermined)
      return { undetermined: raised.message, outputs: undefined, costs, warnings };
    const error = errorOf(raised);
    return { error, outputs: raised instanceof Raised ? raised.assume : undefined, costs, warnings };
  }
}

function errorOf(raised: unknown): TorchError {
  if (raised instanceof Raised) return raised.error;
  throw raised;
}

class Run {
  readonly costs: Cost[] = [];
  readonly warnings: TorchWarning[] = [];

  constructor(private readonly training: boolean) {}

  layer(layer: Layer, args: CallArguments): Result {
    const actual = layer.materialize(args) ?? layer;
    const call = actual.call(args);
    const result = call.infer(this.context(actual));
    if (!actual.composite) this.costs.push(...call.costs(tensorsOf(result)));
    return result;
  }

  operation(name: string, args: CallArguments): Result {
    const definition = operation(name);
    if (!definition) throw new RangeError(`there is no operation '${name}'`);
    const call = definition.call(args);
    const result = call.infer(this.context());
    this.costs.push(...call.costs(tensorsOf(result)));
    return result;
  }

  private context(layer?: Layer): CallContext {
    const tracer: Tracer = {
      child: (path, args) => {
        const child = layer && descendant(layer, path);
        if (!child) throw new RangeError(`there is no child '${path}'`);
        return this.layer(child, args);
      },
      apply: (name, args) => this.operation(name, args),
    };
    return {
      training: this.training,
      warn: (message) => this.warnings.push({ type: 'UserWarning', message }),
      tracer,
    };
  }
}

/** A layer below another by its dotted path: `self_attn.out_proj`. */
export function descendant(layer: Layer, path: string): Layer | undefined {
  let current: Layer | undefined = layer;
  for (const name of path.split('.')) current = current?.children.find((child) => child.name === name)?.layer;
  return current;
}
