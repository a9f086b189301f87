import {
  isOpen,
  NdArray,
  PyDict,
  PyFunction,
  PyMethod,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  PyUnknown,
  typeOf,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { DatasetObject, LoaderObject } from '../torch/modules/data.js';
import { OptimizerObject } from '../torch/modules/optim.js';
import { childrenOf, ModuleObject } from '../torch/nn/module-object.js';
import { DeviceObject } from '../torch/objects/device.js';
import { DTypeObject } from '../torch/objects/dtype.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { ProgramModule } from './objects.js';
import type { Identities } from './objects.js';
import type { ProgramLoader, ProgramOptimizer } from './value.js';
import type { Moment } from './moment.js';
import { isValue, leftOpen, NOTHING_NAMED, Value } from './value.js';
import type { CallArguments, Datum, Making } from './value.js';

/** Longer lists are not looked into to their end: one of as many items may have more. */
export const MOST_ITEMS = 64;
const MOST_NESTED = 3;

/** Which `Value` a tensor or unknown stands for at present, and which object of the program is which for checks. */
export class Values implements Identities {
  readonly #modules = new Map<ModuleObject, ProgramModule>();
  readonly #aside = new Set<ModuleObject>();
  readonly #made = new WeakMap<ModuleObject, Moment>();
  readonly #optimizers = new Map<OptimizerObject, ProgramOptimizer>();
  readonly #loaders = new Map<LoaderObject, ProgramLoader>();
  readonly #ids = new WeakMap<PyObject, number>();
  #next = 1;
  #isSettled = false;
  /** Who a module is registered on, as it was when so many values were there. */
  #parents: { readonly at: number; readonly index: ReadonlyMap<ModuleObject, readonly ProgramModule[]> } = {
    at: 0,
    index: new Map(),
  };

  id(object: PyObject): number {
    let id = this.#ids.get(object);
    if (id === undefined) {
      id = this.#next++;
      this.#ids.set(object, id);
    }
    return id;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The program has run. */
  settle(): void {
    this.#isSettled = true;
  }

  parameterId(tensor: TensorObject): number {
    return this.id(tensor);
  }

  madeAt(module: ModuleObject, moment: Moment): void {
    if (!this.#made.has(module)) this.#made.set(module, moment);
    this.moduleOf(module);
  }

  madeWhen(module: ModuleObject): Moment | undefined {
    return this.#made.get(module);
  }

  moduleOf(module: ModuleObject): ProgramModule {
    let known = this.#modules.get(module);
    if (known === undefined) {
      known = new ProgramModule(this.id(module), module, this);
      this.#modules.set(module, known);
    }
    return known;
  }

  parentsOf(module: ModuleObject): readonly ProgramModule[] {
    if (this.#parents.at !== this.#next) {
      const index = new Map<ModuleObject, ProgramModule[]>();
      for (const parent of this.#modules.values())
        for (const child of new Set(childrenOf(parent.object).map(([, one]) => one))) {
          const known = index.get(child);
          if (known === undefined) index.set(child, [parent]);
          else known.push(parent);
        }
      this.#parents = { at: this.#next, index };
    }
    return this.#parents.index.get(module) ?? [];
  }

  /** The modules of the program. */
  get modules(): readonly ProgramModule[] {
    const all = [...this.#modules.values()];
    return this.#aside.size === 0 ? all : all.filter(({ object }) => !this.#aside.has(object));
  }

  /** Runs what is no part of the program: modules that it makes are none of the program's. */
  setAside<T>(run: () => T): T {
    const before = this.#modules.size;
    try {
      return run();
    } finally {
      for (const object of [...this.#modules.keys()].slice(before)) this.#aside.add(object);
    }
  }

  keepOptimizer(object: OptimizerObject, optimizer: ProgramOptimizer): void {
    this.#optimizers.set(object, optimizer);
  }

  optimizerOf(object: OptimizerObject): ProgramOptimizer | undefined {
    return this.#optimizers.get(object);
  }

  get optimizers(): readonly ProgramOptimizer[] {
    return [...this.#optimizers.values()];
  }

  keepLoader(object: LoaderObject, loader: ProgramLoader): void {
    this.#loaders.set(object, loader);
  }

  loaderOf(object: LoaderObject): ProgramLoader | undefined {
    return this.#loaders.get(object);
  }

  get loaders(): readonly ProgramLoader[] {
    return [...this.#loaders.values()];
  }

  /** Whether something is known of where the object comes from. */
  has(object: TensorObject | PyUnknown): boolean {
    return object.provenance instanceof Value;
  }

  /** The value that a tensor or unknown stands for; one that was never seen comes from nowhere. */
  valueOf(rt: Runtime, object: TensorObject | PyUnknown): Value {
    const { provenance } = object;
    if (provenance instanceof Value) return provenance;
    const made: Making =
      object instanceof PyUnknown
        ? { kind: 'unknown', reason: object.reason }
        : object.isParameter || (object.requiresGrad && !object.computed)
          ? { kind: 'parameter', id: this.id(object) }
          : { kind: 'fresh' };
    return this.set(rt, object, made, []);
  }

  /** From now on the object stands for a new value. */
  set(rt: Runtime, object: TensorObject | PyUnknown, made: Making, inputs: readonly Value[]): Value {
    const tensor = object instanceof TensorObject ? object : undefined;
    const value = new Value(
      this.#next++,
      made,
      inputs,
      tensor?.shape,
      tensor?.dtype,
      rt.span,
      readingOf(rt).gradients,
      // What something unknown was written into may need gradients.
      tensor?.mayNeedGradients === true && !tensor.requiresGrad ? undefined : tensor?.requiresGrad,
    );
    object.provenance = value;
    return value;
  }

  /** A tensor that is said to need gradients after it was made: what was made of nothing that learns learns itself from now on. */
  nowLearns(rt: Runtime, tensor: TensorObject): void {
    const { provenance } = tensor;
    if (tensor.computed || !(provenance instanceof Value)) return;
    const { made, inputs } = provenance;
    tensor.requiresGrad = true;
    if (made.kind === 'fresh') this.set(rt, tensor, { kind: 'parameter', id: this.id(tensor) }, []);
    else if (made.kind === 'operation') this.set(rt, tensor, made, inputs);
  }

  /** An unknown of its own that stands for a value. */
  unknown(rt: Runtime, reason: string, made: Making, inputs: readonly Value[]): PyUnknown {
    const unknown = new PyUnknown(reason, rt.span ?? { place: rt.place });
    this.set(rt, unknown, made, inputs);
    return unknown;
  }

  datum(rt: Runtime, value: PyValue, depth = 0): Datum {
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof TensorObject || value instanceof PyUnknown) return this.valueOf(rt, value);
    if (value instanceof ModuleObject) return this.moduleOf(value);
    if (value instanceof OptimizerObject)
      return this.#optimizers.get(value) ?? { kind: 'other', type: value.cls.name };
    if (value instanceof LoaderObject)
      return this.#loaders.get(value) ?? { kind: 'other', type: value.cls.name };
    if ((value instanceof PyTuple || value instanceof PyList) && depth < MOST_NESTED) {
      const items = value.items.slice(0, MOST_ITEMS).map((item) => this.datum(rt, item, depth + 1));
      return isOpen(value) ? leftOpen(items) : items;
    }
    if (value instanceof DTypeObject) return `torch.${value.dtype}`;
    if (value instanceof DeviceObject) return value.text;
    if (value instanceof PyFunction) return { kind: 'function', name: value.name };
    if (value instanceof PyMethod && value.callee instanceof PyFunction)
      return { kind: 'function', name: value.callee.name };
    return this.#opaque(rt, value, depth);
  }

  #opaque(rt: Runtime, value: PyValue, depth: number): Datum {
    const { name: type } = typeOf(value);
    if (value instanceof DatasetObject) return { kind: 'other', type, id: this.id(value) };
    if (value instanceof NdArray)
      return {
        kind: 'other',
        type,
        holds: {
          kind: 'array',
          id: this.id(value),
          shape: value.shape,
          elements: () => (value.isKnown ? value.values() : undefined),
        },
      };
    if (value instanceof PySlice && depth < MOST_NESTED) {
      const [start, stop, step] = [value.start, value.stop, value.step].map((part) =>
        this.datum(rt, part, depth + 1),
      );
      return {
        kind: 'other',
        type,
        holds: { kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null },
      };
    }
    if (value instanceof PyDict && depth < MOST_NESTED) {
      const entries = this.#entries(rt, value, depth);
      if (entries !== undefined)
        return {
          kind: 'other',
          type,
          holds: { kind: 'dict', entries, isKeyedByValues: value.unknownEntries !== undefined },
        };
    }
    return { kind: 'other', type };
  }

  #entries(rt: Runtime, dict: PyDict, depth: number): (readonly [Datum, Datum])[] | undefined {
    const { unknownEntries: unknown } = dict;
    const items = [...dict.table.entries()];
    // Keys that are tensors of a graph are not known either, and all of them are listed; what stands for many is its own value.
    const isListed =
      unknown === undefined || items.some(({ key, value }) => key === unknown && value !== unknown);
    if (!isListed || items.length > MOST_ITEMS) return undefined;
    return items.map(
      ({ key, value }) => [this.datum(rt, key, depth + 1), this.datum(rt, value, depth + 1)] as const,
    );
  }

  #named(rt: Runtime, keywords: ReadonlyMap<string, PyValue>): ReadonlyMap<string, Datum> {
    if (keywords.size === 0) return NOTHING_NAMED;
    const named = new Map<string, Datum>();
    for (const [name, value] of keywords) named.set(name, this.datum(rt, value));
    return named;
  }

  arguments(
    rt: Runtime,
    args: readonly PyValue[],
    keywords: ReadonlyMap<string, PyValue> | undefined,
  ): CallArguments {
    const named = keywords === undefined ? NOTHING_NAMED : this.#named(rt, keywords);
    return { positional: args.map((value) => this.datum(rt, value)), named };
  }
}

/** The values among data, lists looked into; data that are all values are what they are. */
export function valuesAmong(data: readonly Datum[]): readonly Value[] {
  if (data.every(isValue)) return data;
  const found: Value[] = [];
  for (const datum of data)
    if (datum instanceof Value) found.push(datum);
    else if (Array.isArray(datum)) found.push(...valuesAmong(datum));
  const [only] = found;
  // Mostly there is one: a list of its own has no room for more, and lists of inputs are kept as long as the program.
  return only !== undefined && found.length === 1 ? [only] : found;
}

/** The values that a call was given, by place and by name. */
export function valuesGiven({ positional, named }: CallArguments): readonly Value[] {
  return valuesAmong(named.size === 0 ? positional : [...positional, ...named.values()]);
}
