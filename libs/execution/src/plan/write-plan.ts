import {
  isCall,
  isGraphTensor,
  isLayer,
  isSlice,
  isTensor,
  operation,
  type CallNode,
  type ConstantNode,
  type Module,
  type Network,
  type NetworkNode,
  type Parameter,
  type Result,
  type Signature,
  type Start,
  type Tensor,
} from '@tensormark/network';
import { initialInTransformer, initialOf, initialOfBuffer } from '../initialisation/initial.js';
import type { Unsupported } from '../jobs/report.js';
import { indexBound } from './index-bound.js';
import { plainNumber } from './numbers.js';
import type {
  CallStep,
  ExecutionPlan,
  Initial,
  PlanArgument,
  PlanArguments,
  PlanBuffer,
  PlanParameter,
  PlanResult,
  PlanStep,
} from './plan.js';

export type Written =
  | { readonly kind: 'plan'; readonly plan: ExecutionPlan }
  | { readonly kind: 'unsupported'; readonly operations: readonly Unsupported[] };

/** A network as a plan, or what in it cannot be run as it stands. */
export function writePlan(network: Network): Written {
  return new PlanWriter(network).write();
}

class PlanWriter {
  readonly #problems: Unsupported[] = [];
  readonly #parameters: PlanParameter[];
  readonly #drawn: PlanBuffer[] = [];

  constructor(private readonly network: Network) {
    this.#parameters = network.parameters.map((parameter) => this.#parameter(parameter));
  }

  write(): Written {
    const { network } = this;
    const steps = network.nodes.map((node) => this.#step(node));
    const output = this.#result(network.output);
    if (output === null || (Array.isArray(output) && output.length === 0))
      this.#refuse('forward', 'it returned no tensor');
    if (this.#problems.length > 0) return { kind: 'unsupported', operations: this.#problems };
    const inputs = network.nodes.flatMap((node) => {
      const type = node.outputs[0];
      if (node.kind !== 'input' || !type) return [];
      const below = indexBound(network, node.id);
      return [
        {
          name: node.name,
          step: node.id,
          shape: type.shape,
          dtype: type.dtype,
          ...(below !== undefined && { below }),
        },
      ];
    });
    return {
      kind: 'plan',
      plan: { inputs, steps, output, parameters: this.#parameters, buffers: this.#buffers() },
    };
  }

  #refuse(name: string, why: string, node?: NetworkNode): void {
    const path = node && isCall(node) ? node.modulePath : '';
    this.#problems.push({ operation: name, why, path, ...(node?.place && { place: node.place }) });
  }

  #step(node: NetworkNode): PlanStep {
    const facts = {
      id: node.id,
      outputs: node.outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      ...(node.place && { place: node.place }),
    };
    switch (node.kind) {
      case 'input':
        return { ...facts, kind: 'input' };
      case 'state':
        return { ...facts, kind: 'state', of: node.of };
      case 'constant':
        if (node.once && node.drawn)
          return { ...facts, kind: 'state', of: { buffer: this.#drawnOnce(node) } };
        return {
          ...facts,
          kind: 'constant',
          name: node.name,
          ...(node.values && { values: Array.from(node.values, plainNumber) }),
          ...(node.drawn && { drawn: node.drawn }),
        };
      case 'call':
        return { ...facts, ...this.#call(node) };
    }
  }

  /** What a program draws once is state that nothing changes: beside its own buffers, under the place where it is used. */
  #drawnOnce({ outputs: [type], drawn, place }: ConstantNode): number {
    const at = this.network.buffers.length + this.#drawn.length;
    const name = `drawn once ${this.#drawn.length} ${place?.line ?? 0}:${place?.column ?? 0}`;
    const { shape = [], dtype = 'float32' } = type ?? {};
    this.#drawn.push({ names: [name], shape, dtype, initial: drawn ?? { kind: 'unknown' } });
    return at;
  }

  #call(node: CallNode): Omit<CallStep, 'id' | 'outputs' | 'place'> {
    const { layer, error } = node;
    if (error) this.#refuse(node.operation, `it raises ${error.type}: ${error.message}`, node);
    const signature = layer ? layer.definition.forward : operation(node.operation)?.signature;
    if (!signature) this.#refuse(node.operation, 'it is in no table of operations', node);
    return {
      kind: 'call',
      operation: node.operation,
      layer: layer !== undefined,
      config: layer ? this.#encodeAll(layer.config, node) : {},
      arguments: signature ? this.#arguments(signature, node) : {},
      ...this.#state(node),
      result: this.#result(node.result),
      path: node.modulePath,
    };
  }

  #arguments(signature: Signature, node: CallNode): PlanArguments {
    const read: Record<string, unknown> = {};
    for (const [name, { kind }] of Object.entries(signature))
      read[name] = kind.read(node.call.arguments[name] ?? null, name);
    return this.#encodeAll(read, node);
  }

  #encodeAll(values: Readonly<Record<string, unknown>>, node: CallNode): PlanArguments {
    const encoded: Record<string, PlanArgument> = {};
    for (const [name, value] of Object.entries(values)) encoded[name] = this.#encode(value, node);
    return encoded;
  }

  #encode(value: unknown, node: CallNode): PlanArgument {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'bigint' || typeof value === 'number') {
      const plain = plainNumber(Number(value));
      return typeof plain === 'number' ? plain : { number: plain };
    }
    if (Array.isArray(value)) return value.map((item) => this.#encode(item, node));
    if (isGraphTensor(value)) return { tensor: this.#tensor(value, node.operation, node) };
    if (isTensor(value)) return { unknown: { shape: value.shape, dtype: value.dtype } };
    if (isSlice(value)) {
      const [start, stop, step] = value.slice;
      const plain = (bound: bigint | null): number | null => (bound === null ? null : Number(bound));
      return { slice: [plain(start), plain(stop), plain(step)] };
    }
    if (isLayer(value)) return { opaque: value.type };
    if (typeof value === 'object' && 'opaque' in value) return { opaque: String(value.opaque) };
    return { opaque: typeof value };
  }

  /** Where a program does more than is recorded, a tensor stands for another that it was made from. */
  #tensor(
    tensor: Tensor,
    name: string,
    node?: NetworkNode,
  ): { readonly step: number; readonly output: number } {
    const actual = this.network.nodes[tensor.node]?.outputs[tensor.output];
    if (!actual || actual.dtype !== tensor.dtype || actual.shape.join() !== tensor.shape.join())
      this.#refuse(name, 'it uses a tensor whose making is not recorded step by step', node);
    return { step: tensor.node, output: tensor.output };
  }

  #result(result: Result<Tensor>): PlanResult {
    if (result === null) return null;
    if (isGraphTensor(result)) return this.#tensor(result, 'forward');
    return result.map((item) => this.#result(item));
  }

  /** Parameters and buffers of the layer called and of all below it, by their names there. */
  #state(node: CallNode): Pick<CallStep, 'parameters' | 'buffers'> {
    const { layer, modulePath } = node;
    const parameters: Record<string, number> = {};
    const buffers: Record<string, number> = {};
    if (!layer) return { parameters, buffers };
    const module = this.network.modules.get(modulePath);
    if (module?.layer) this.#collect(module, '', parameters, buffers);
    for (const spec of layer.parameters) {
      if (spec.name in parameters) continue;
      if (module?.layer)
        this.#refuse(node.operation, `its ${spec.name} is computed from others before each call`, node);
      else parameters[spec.name] = this.#passing(layer, spec.name, spec.shape);
    }
    return { parameters, buffers };
  }

  #collect(
    module: Module,
    prefix: string,
    parameters: Record<string, number>,
    buffers: Record<string, number>,
  ): void {
    for (const [name, id] of module.parameters) parameters[`${prefix}${name}`] = id;
    for (const [name, id] of module.buffers) buffers[`${prefix}${name}`] = id;
    for (const path of module.children) {
      const child = this.network.modules.get(path);
      if (child)
        this.#collect(child, `${prefix}${path.slice(path.lastIndexOf('.') + 1)}.`, parameters, buffers);
    }
  }

  /** A layer made during the forward has parameters that nothing holds: new ones at each call, never trained. */
  #passing(layer: NonNullable<CallNode['layer']>, name: string, shape: readonly number[]): number {
    this.#parameters.push({
      names: [],
      shape,
      dtype: 'float32',
      role: 'weight',
      trainable: false,
      initial: initialOf(layer, name, shape),
    });
    return this.#parameters.length - 1;
  }

  #parameter({ names, shape, dtype, role, trainable, start, place }: Parameter): PlanParameter {
    return {
      names,
      shape,
      dtype,
      role,
      trainable,
      initial: start ? initialAsSet(start) : this.#initial(names[0] ?? '', shape),
      ...(place && { place }),
    };
  }

  #initial(name: string, shape: readonly number[]): Initial {
    const dot = name.lastIndexOf('.');
    const path = dot < 0 ? '' : name.slice(0, dot);
    const layer = this.network.modules.get(path)?.layer;
    if (!layer) return { kind: 'unknown' };
    const initial = initialOf(layer, name.slice(dot + 1), shape);
    return this.#isInTransformer(path) ? initialInTransformer(initial, shape) : initial;
  }

  #isInTransformer(path: string): boolean {
    const parts = path.split('.');
    return parts.some((_, count) => {
      const above = parts.slice(0, count).join('.');
      return this.network.modules.get(above)?.layer?.type === 'Transformer';
    });
  }

  #buffers(): readonly PlanBuffer[] {
    const own = this.network.buffers.map(({ names, shape, dtype, role, values, start }) => ({
      names,
      shape,
      dtype,
      initial: initialOfBuffer(role, names[0] ?? ''),
      ...(start && { initial: initialAsSet(start) }),
      ...(values && { initial: initialAsSet({ kind: 'values', values }) }),
    }));
    return [...own, ...this.#drawn];
  }
}

/** As the program has it. */
function initialAsSet(start: Start): Initial {
  return start.kind === 'values' ? { kind: 'values', values: Array.from(start.values, plainNumber) } : start;
}
