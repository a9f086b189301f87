import { NetworkBuilder } from '@tensormark/network';
import type {
  ConstantNode,
  Network,
  ParameterRole,
  Result,
  SourcePlace,
  Start,
  Tensor,
  TensorType,
} from '@tensormark/network';
import type { Span } from '@tensormark/python';
import { namedModules, tensorsOf as registeredTensors } from '../torch/nn/module-object.js';
import type { ModuleObject } from '../torch/nn/module-object.js';
import type { TensorObject } from '../torch/tensor/tensor.js';

/** What a module gave at its last call. */
export interface ModuleCall {
  readonly outputs: readonly TensorType[];
  readonly calls: number;
}

/** Where the recording is not what the program computes, element by element: shapes and counts hold all the same. */
export interface Departure {
  readonly what: string;
  readonly place?: SourcePlace;
}

/** The recording of one forward pass: which tensors of the program stand for which of the network. */
export class Trace {
  readonly builder = new NetworkBuilder();
  readonly moduleCalls = new Map<string, ModuleCall>();
  readonly #paths = new Map<ModuleObject, string>();
  readonly #parameters = new Map<TensorObject, number>();
  readonly #buffers = new Map<TensorObject, number>();
  readonly #values = new Map<TensorObject, Tensor>();
  readonly #stack: string[] = [''];
  readonly #departures: Departure[] = [];

  /** Declares a module with all below it: modules in order, parameters and buffers once under each of their names. */
  constructor(root: ModuleObject) {
    const { tree } = this.builder;
    for (const { path, module } of namedModules(root)) {
      this.#paths.set(module, path);
      const type = module.cls.name;
      tree.addModule({ path, type, ...placeOf(module.origin ?? module.initialised) });
      this.#declare(module, path);
    }
  }

  #declare(module: ModuleObject, path: string): void {
    const roles = new Map(module.layer?.parameters.map(({ name, role }) => [name, role]));
    for (const [name, tensor] of registeredTensors(module, 'parameters'))
      this.#declareParameter(module, path, name, tensor, roles.get(name));
    for (const [name, tensor] of registeredTensors(module, 'buffers'))
      this.#declareBuffer(module, path, name, tensor);
    if (module.layer !== undefined) this.builder.tree.moduleAt(path).layer = module.layer;
  }

  #declareParameter(
    module: ModuleObject,
    path: string,
    name: string,
    tensor: TensorObject,
    told: ParameterRole | undefined,
  ): void {
    const known = this.#parameters.get(tensor);
    const { tree } = this.builder;
    if (known !== undefined) {
      tree.shareParameter(path, name, known);
      return;
    }
    const role = told ?? (/(^|_)bias(_|$)/.test(name) ? 'bias' : 'weight');
    const { shape, dtype, requiresGrad: trainable } = tensor;
    const place = placeOf(module.origin ?? module.initialised);
    const start = startOf(tensor, module);
    this.#parameters.set(
      tensor,
      tree.addParameter(path, name, { shape, dtype, role, trainable, ...(start && { start }), ...place }),
    );
  }

  #declareBuffer(module: ModuleObject, path: string, name: string, tensor: TensorObject): void {
    const known = this.#buffers.get(tensor);
    const { tree } = this.builder;
    if (known !== undefined) {
      tree.shareBuffer(path, name, known);
      return;
    }
    const role = module.layer?.buffers.find((spec) => spec.name === name)?.role ?? 'constant';
    const { shape, dtype } = tensor;
    const persistent = !module.nonPersistent.has(name);
    const values = role === 'constant' ? tensor.known?.toArray().slice() : undefined;
    const start = role === 'constant' && values === undefined ? tensor.startStill : undefined;
    this.#buffers.set(
      tensor,
      tree.addBuffer(path, name, {
        role,
        shape,
        dtype,
        persistent,
        ...(values && { values }),
        ...(start && { start }),
      }),
    );
  }

  /** The path of a module of the network, undefined for one made on the way. */
  pathOf(module: ModuleObject): string | undefined {
    return this.#paths.get(module);
  }

  /** The path of the module whose forward is running. */
  get path(): string {
    return this.#stack.at(-1) ?? '';
  }

  /** Where a layer made during the forward is recorded: it is part of what uses it, and adds no parameters. */
  pathForPassing(): string {
    const { tree } = this.builder;
    const holder = this.#stack.findLast((path) => tree.modules.get(path)?.layer === undefined);
    return holder ?? tree.addModule({ path: '(made in forward)', type: 'Module' }).path;
  }

  /** A lazy layer got its parameters at its first call. */
  redeclare(module: ModuleObject): void {
    const path = this.#paths.get(module);
    if (path !== undefined) this.#declare(module, path);
  }

  /** Runs a module's forward: what is recorded meanwhile belongs to it. */
  inside<T>(module: ModuleObject, run: () => T): T {
    this.#stack.push(this.#paths.get(module) ?? this.path);
    try {
      return run();
    } finally {
      this.#stack.pop();
    }
  }

  /** Keeps what a module's call came to, for the table of layers. */
  returned(module: ModuleObject, outputs: readonly TensorType[]): void {
    const path = this.#paths.get(module);
    if (path === undefined) return;
    const calls = (this.moduleCalls.get(path)?.calls ?? 0) + 1;
    this.moduleCalls.set(path, { outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })), calls });
  }

  /** Whether the tensor depends on the network's inputs or state, so that what is done to it is part of the network. */
  contains(tensor: TensorObject): boolean {
    return this.#values.has(tensor) || this.#parameters.has(tensor) || this.#buffers.has(tensor);
  }

  /** What stands for a tensor in the network; one that comes from nowhere in it becomes a constant. */
  valueOf(tensor: TensorObject, place?: SourcePlace): Tensor {
    const known = this.#values.get(tensor);
    if (known !== undefined) return known;
    const parameter = this.#parameters.get(tensor);
    const buffer = this.#buffers.get(tensor);
    const value =
      parameter !== undefined
        ? this.builder.state({ parameter })
        : buffer !== undefined
          ? this.builder.state({ buffer })
          : this.builder.constant(
              { shape: tensor.shape, dtype: tensor.dtype },
              'constant',
              place,
              elementsOf(tensor, this),
            );
    this.#values.set(tensor, value);
    return value;
  }

  /** From now on the tensor stands for this value: a result, or what an operation in place made of it. */
  bind(tensor: TensorObject, value: Tensor): void {
    this.#values.set(tensor, value);
  }

  /** The program does something here that is not recorded as it is. */
  depart(what: string, span: Span | undefined): void {
    this.#departures.push({ what, ...placeOf(span) });
  }

  get departures(): readonly Departure[] {
    return this.#departures;
  }

  finish(output: Result<Tensor>): Network {
    this.builder.output(output);
    return this.builder.build();
  }
}

/** How a parameter starts, where that is not for its layer to say. */
function startOf(tensor: TensorObject, module: ModuleObject): Start | undefined {
  if (tensor.known !== undefined) return { kind: 'values', values: tensor.known.toArray().slice() };
  if (tensor.start !== undefined) return tensor.start;
  return module.layer === undefined ? { kind: 'unknown' } : undefined;
}

function placeOf(span: Span | undefined): { readonly place?: SourcePlace } {
  return span === undefined ? {} : { place: sourcePlace(span) };
}

export function sourcePlace(span: Span): SourcePlace {
  return { file: span.source.file, line: span.line, column: span.column };
}

/** What is known of a constant's elements: themselves, or how they are drawn. */
function elementsOf(tensor: TensorObject, trace: object): Pick<ConstantNode, 'values' | 'drawn' | 'once'> {
  const values = tensor.known?.toArray().slice();
  if (values !== undefined) return { values };
  const { startStill: start, drawnIn } = tensor;
  if (start?.kind !== 'uniform' && start?.kind !== 'normal') return {};
  // What was drawn before the forward is drawn once.
  return drawnIn === trace ? { drawn: start } : { drawn: start, once: true };
}
