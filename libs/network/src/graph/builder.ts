import { tensorArguments, type Call, type CallContext, type Tracer } from '../call.js';
import { descendant } from '../infer.js';
import type { Layer } from '../layer.js';
import { operation } from '../operations/table.js';
import type { TensorType } from '../tensor.js';
import { Raised, Undetermined, type TorchError, type TorchWarning } from '../values/errors.js';
import { mapResult, type Result } from '../values/result.js';
import type { CallArguments } from '../values/signature.js';
import { GRAPH_BUDGET, GraphBudgetError, type GraphBudget } from './budget.js';
import { joinPath, ModuleTree } from './module-tree.js';
import {
  type ConstantNode,
  isGraphTensor,
  type CallNode,
  type Network,
  type NetworkNode,
  type SourcePlace,
  type Tensor,
} from './network.js';

/** Where a call stands. */
export interface CallSite {
  /** The module that is called, or in whose forward the operation stands; the root where absent. */
  readonly modulePath?: string;
  readonly place?: SourcePlace;
  /** Training mode, as a module is when newly made; false after `eval()`. */
  readonly training?: boolean;
}

/** What a call came to. */
export type Applied =
  | {
      readonly error?: undefined;
      readonly undetermined?: undefined;
      readonly outputs: Result<Tensor>;
      readonly warnings: readonly TorchWarning[];
    }
  | {
      readonly error: TorchError;
      /** The likeliest outputs had the call been right; undefined where nothing can be said. */
      readonly outputs: Result<Tensor> | undefined;
      readonly undetermined?: undefined;
      readonly warnings: readonly TorchWarning[];
    }
  | {
      readonly error?: undefined;
      /** Why nothing can be said, though nothing is wrong: the result depends on values. No node is recorded. */
      readonly undetermined: string;
      readonly outputs: undefined;
      readonly warnings: readonly TorchWarning[];
    };

/** Builds a network while its forward is traced. Modules may be declared before, or as they are called. */
export class NetworkBuilder {
  readonly tree: ModuleTree;
  private readonly nodes: NetworkNode[] = [];
  private readonly inputTensors: Tensor[] = [];
  private readonly stateTensors = new Map<string, Tensor>();
  private result: Result<Tensor> = null;

  constructor(private readonly budget: GraphBudget = GRAPH_BUDGET) {
    this.tree = new ModuleTree(budget);
  }

  input(type: TensorType, name = 'input', place?: SourcePlace): Tensor {
    const { id, outputs, tensor } = this.single(type);
    this.nodes.push({ kind: 'input', id, name, outputs, ...(place && { place }) });
    this.inputTensors.push(tensor);
    return tensor;
  }

  /** A tensor made from none: `torch.zeros(2, 3)`. */
  constant(
    type: TensorType,
    name: string,
    place?: SourcePlace,
    elements: Pick<ConstantNode, 'values' | 'drawn' | 'once'> = {},
  ): Tensor {
    const { values, drawn, once } = elements;
    const { id, outputs, tensor } = this.single(type);
    this.nodes.push({
      kind: 'constant',
      id,
      name,
      outputs,
      ...(values && { values }),
      ...(drawn && { drawn }),
      ...(once && { once }),
      ...(place && { place }),
    });
    return tensor;
  }

  /** A parameter's or buffer's tensor, for a forward that uses it directly; the same node each time. */
  state(of: { readonly parameter: number } | { readonly buffer: number }): Tensor {
    const key = 'parameter' in of ? `parameter ${of.parameter}` : `buffer ${of.buffer}`;
    const known = this.stateTensors.get(key);
    if (known) return known;
    const owner = 'parameter' in of ? this.tree.parameters[of.parameter] : this.tree.buffers[of.buffer];
    if (!owner) throw new RangeError(`there is no ${key}`);
    const { id, outputs, tensor } = this.single(owner);
    this.nodes.push({ kind: 'state', id, of, outputs });
    this.stateTensors.set(key, tensor);
    return tensor;
  }

  /** Calls an operation of the table by name. An unknown name is the caller's mistake: @throws RangeError */
  apply(name: string, args: CallArguments, site: CallSite = {}): Applied {
    const definition = operation(name);
    if (!definition) throw new RangeError(`there is no operation '${name}'`);
    return this.run(() => definition.call(args), undefined, site);
  }

  /** Calls a layer; its module is declared at the site's path if it is not there yet. */
  applyLayer(layer: Layer, args: CallArguments, site: CallSite = {}): Applied {
    const path = site.modulePath ?? '';
    const { place } = site;
    const module = this.tree.addModule({ path, type: layer.type, layer, ...(place && { place }) });
    let actual = module.layer ?? layer;
    try {
      const materialized = actual.materialize(args);
      if (materialized) {
        this.tree.materialize(path, materialized);
        actual = materialized;
      }
    } catch (raised) {
      return refused(raised, []);
    }
    if (actual.composite) return this.runComposite(actual, args, site);
    return this.run(() => actual.call(args), actual, site);
  }

  /** Says what the forward returned. */
  output(result: Result<Tensor>): void {
    this.result = result;
  }

  build(): Network {
    return {
      nodes: this.nodes,
      inputs: this.inputTensors,
      output: this.result,
      modules: this.tree.modules,
      parameters: this.tree.parameters,
      buffers: this.tree.buffers,
    };
  }

  private run(prepare: () => Call, layer: Layer | undefined, site: CallSite): Applied {
    const warnings: TorchWarning[] = [];
    let call: Call;
    try {
      call = prepare();
    } catch (raised) {
      return refused(raised, warnings);
    }
    try {
      return {
        outputs: this.record(call, call.infer(this.context(site, warnings)), layer, site, warnings),
        warnings,
      };
    } catch (raised) {
      if (!(raised instanceof Raised)) return refused(raised, warnings);
      const { error, assume } = raised;
      if (assume === undefined) return { error, outputs: undefined, warnings };
      return { error, outputs: this.record(call, assume, layer, site, warnings, error), warnings };
    }
  }

  private runComposite(layer: Layer, args: CallArguments, site: CallSite): Applied {
    const warnings: TorchWarning[] = [];
    try {
      const result = layer.call(args).infer(this.context(site, warnings, layer));
      return { outputs: asGraphResult(result), warnings };
    } catch (raised) {
      if (!(raised instanceof Raised)) return refused(raised, warnings);
      const { error, assume } = raised;
      return { error, outputs: assume === undefined ? undefined : this.adopt(assume, layer, site), warnings };
    }
  }

  private record(
    call: Call,
    result: Result,
    layer: Layer | undefined,
    site: CallSite,
    warnings: readonly TorchWarning[],
    error?: TorchError,
  ): Result<Tensor> {
    const id = this.nextId();
    const outputs: Tensor[] = [];
    const structured = mapResult(result, ({ shape, dtype }): Tensor => {
      const tensor = { shape, dtype, node: id, output: outputs.length };
      outputs.push(tensor);
      return tensor;
    });
    const node: CallNode = {
      kind: 'call',
      id,
      operation: call.name,
      call,
      inputs: tensorArguments(call.arguments, isGraphTensor),
      outputs,
      result: structured,
      modulePath: site.modulePath ?? '',
      warnings,
      ...(layer && { layer }),
      ...(site.place && { place: site.place }),
      ...(error && { error }),
    };
    this.nodes.push(node);
    return structured;
  }

  /** Types assumed after an error inside a composite layer become constants, so that the graph stays whole. */
  private adopt(result: Result, layer: Layer, site: CallSite): Result<Tensor> {
    return mapResult(result, (type) =>
      isGraphTensor(type) ? type : this.constant(type, `${layer.type}, assumed`, site.place),
    );
  }

  private context(site: CallSite, warnings: TorchWarning[], composite?: Layer): CallContext {
    return {
      training: site.training ?? true,
      warn: (message) => warnings.push({ type: 'UserWarning', message }),
      tracer: this.tracer(site, composite, warnings),
    };
  }

  private tracer(site: CallSite, composite: Layer | undefined, warnings: TorchWarning[]): Tracer {
    const base = site.modulePath ?? '';
    const settle = (applied: Applied): Result => {
      warnings.push(...applied.warnings);
      if (applied.error) throw new Raised(applied.error, applied.outputs);
      if (applied.undetermined !== undefined) throw new Undetermined(applied.undetermined);
      return applied.outputs;
    };
    return {
      child: (path, args) => {
        const child = composite && descendant(composite, path);
        if (!child) throw new RangeError(`'${base}' has no child '${path}'`);
        return settle(this.applyLayer(child, args, { ...site, modulePath: joinPath(base, path) }));
      },
      apply: (name, args) => settle(this.apply(name, args, site)),
    };
  }

  private single(type: TensorType): { id: number; outputs: readonly Tensor[]; tensor: Tensor } {
    const id = this.nextId();
    const tensor: Tensor = { shape: type.shape, dtype: type.dtype, node: id, output: 0 };
    return { id, outputs: [tensor], tensor };
  }

  private nextId(): number {
    if (this.nodes.length >= this.budget.nodes) throw new GraphBudgetError('nodes', this.budget.nodes);
    return this.nodes.length;
  }
}

function asGraphResult(result: Result): Result<Tensor> {
  return mapResult(result, (type) => {
    if (!isGraphTensor(type)) throw new TypeError('a composite layer gave a tensor that no call of it made');
    return type;
  });
}

function refused(raised: unknown, warnings: readonly TorchWarning[]): Applied {
  if (raised instanceof Undetermined) return { undetermined: raised.message, outputs: undefined, warnings };
  if (!(raised instanceof Raised)) throw raised;
  return { error: raised.error, outputs: undefined, warnings };
}
