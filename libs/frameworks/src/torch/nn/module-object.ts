import { PyDict, PyObject } from '@tensormark/python';
import type { PyValue, Runtime, Span } from '@tensormark/python';
import { GRAPH_BUDGET, GraphBudgetError } from '@tensormark/network';
import type { Layer } from '@tensormark/network';
import { TensorObject } from '../tensor/tensor.js';

/** So many modules of the program are remembered, to find the network among them where no name holds it. */
const MOST_REMEMBERED = 10_000;

/** Modules that hold their children as a list does. */
const ROWS = new Set(['ModuleList', 'Sequential']);

/** What `Module.__init__` sets up; a module has none before that call. */
export interface Registries {
  readonly parameters: PyDict;
  readonly buffers: PyDict;
  readonly modules: PyDict;
}

/** An instance of `nn.Module` or of any class derived from it. */
export class ModuleObject extends PyObject {
  registries: Registries | undefined = undefined;
  training = true;
  readonly nonPersistent = new Set<string>();
  readonly forwardHooks: PyValue[] = [];
  readonly forwardPreHooks: PyValue[] = [];
  /** What a layer of the table is, for modules that are or derive from one. */
  layer: Layer | undefined = undefined;
  /** What its calls give where the layer could not be made. */
  unreadable: PyValue | undefined = undefined;
  /** The sizes that are known of a layer that could not be made for want of others. */
  knownSizes: Readonly<Record<string, number>> | undefined = undefined;
  /** A layer that could not be made only for want of a size that no shape it gives hangs on: makes it for an input. */
  sizedFor: ((input: TensorObject) => Layer | undefined) | undefined = undefined;
  /** Where the program made it, or put it into another. */
  origin: Span | undefined = undefined;
  /** Where a class of the program called `Module.__init__`: what is known of one that is in no other. */
  initialised: Span | undefined = undefined;

  override get keepsState(): boolean {
    return true;
  }

  /** The children of those that hold them under '0', '1', ... */
  override heldInARow(): readonly PyValue[] | undefined {
    const { modules } = this.registries ?? {};
    if (modules === undefined || !this.cls.mro.some(({ name, native }) => native && ROWS.has(name)))
      return undefined;
    const entries = [...modules.entries()];
    return entries.every(({ key }, at) => key === `${at}`) ? entries.map(({ value }) => value) : undefined;
  }

  override holdInARow(rt: Runtime, items: readonly PyValue[]): void {
    const { modules } = this.registries ?? {};
    const keys = [...(modules?.entries() ?? [])].map(({ key }) => key);
    for (const key of keys) modules?.delete(rt, key);
    for (const [at, item] of items.entries()) modules?.set(rt, `${at}`, item);
  }

  override *attributesAndParts(): Generator<PyValue> {
    yield* super.attributesAndParts();
    for (const { value } of this.registries?.modules.entries() ?? []) yield value;
  }

  /** A shallow copy shares the registries with its source, as copying `__dict__` does. */
  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (!(source instanceof ModuleObject)) return;
    const { parameters, buffers, modules } = source.registries ?? {};
    const copied = [parameters, buffers, modules].map((dict) => (dict === undefined ? dict : copy(dict)));
    const [own, held, children] = copied;
    if (own instanceof PyDict && held instanceof PyDict && children instanceof PyDict)
      this.registries = { parameters: own, buffers: held, modules: children };
    this.training = source.training;
    for (const name of source.nonPersistent) this.nonPersistent.add(name);
    this.forwardHooks.push(...source.forwardHooks.map(copy));
    this.forwardPreHooks.push(...source.forwardPreHooks.map(copy));
    this.layer = source.layer;
    this.unreadable = source.unreadable;
    this.sizedFor = source.sizedFor;
    this.knownSizes = source.knownSizes;
    this.origin = source.origin;
    this.initialised = source.initialised;
  }

  /** Idempotent, as calling `Module.__init__` twice empties the registries. */
  initialise(rt: Runtime): Registries {
    rt.allocate(400);
    this.registries = { parameters: new PyDict(), buffers: new PyDict(), modules: new PyDict() };
    if (this.cls.native) this.origin ??= rt.span;
    else {
      this.initialised ??= rt.span;
      const modules = modulesMade(rt);
      if (modules.length < MOST_REMEMBERED) modules.push(this);
    }
    return this.registries;
  }
}

class Made {
  readonly modules: ModuleObject[] = [];
}

function makeMade(): Made {
  return new Made();
}

/** Modules of the program's own classes that it made, in order; the first many. */
export function modulesMade(rt: Runtime): ModuleObject[] {
  return rt.state(makeMade).modules;
}

/** A module with its dotted path from the root, whose own path is empty. */
export interface NamedModule {
  readonly path: string;
  readonly module: ModuleObject;
}

export interface NamedTensor {
  readonly path: string;
  readonly tensor: TensorObject;
}

export function joinPath(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

/** Registered names are strings; a program that writes into the registries itself may use others. */
export function nameOf(key: PyValue): string {
  return typeof key === 'object' ? '?' : String(key);
}

/** What modules mostly have none of, parts or tensors of their own. */
const NONE: readonly never[] = [];

/** Submodules directly inside, in order of registration; a name may hold None. */
export function childrenOf(module: ModuleObject): readonly (readonly [string, ModuleObject])[] {
  return heldIn(module.registries?.modules, isModule);
}

/** All that is registered as a submodule with its name, known or not: what is not known is a layer all the same. */
export function entriesOf(module: ModuleObject): readonly (readonly [string, PyValue])[] {
  return Array.from(module.registries?.modules.entries() ?? [], ({ key, value }) => [nameOf(key), value]);
}

function isModule(value: PyValue): value is ModuleObject {
  return value instanceof ModuleObject;
}

/** Parameters or buffers held directly. */
export function tensorsOf(
  module: ModuleObject,
  kind: 'parameters' | 'buffers',
): readonly (readonly [string, TensorObject])[] {
  return heldIn(module.registries?.[kind], isTensor);
}

function isTensor(value: PyValue): value is TensorObject {
  return value instanceof TensorObject;
}

function heldIn<T extends PyValue>(
  registry: PyDict | undefined,
  isOfKind: (value: PyValue) => value is T,
): readonly (readonly [string, T])[] {
  if (registry === undefined || registry.size === 0) return NONE;
  const held: (readonly [string, T])[] = [];
  for (const { key, value } of registry.entries()) if (isOfKind(value)) held.push([nameOf(key), value]);
  return held;
}

/**
 * A module and everything below it, depth first; one that is registered twice comes once, as in PyTorch.
 * On behalf of a program, given its runtime, each visit is a step.
 *
 * @throws GraphBudgetError for modules nested deeper than is read
 */
export function namedModules(
  root: ModuleObject,
  prefix = '',
  removeDuplicates = true,
  rt?: Runtime,
): NamedModule[] {
  const result: NamedModule[] = [];
  const seen = new Set<ModuleObject>();
  // Where the walk stands, outermost first: modules may be nested deeper than calls can be.
  const way: { readonly at: NamedModule; readonly children: ReturnType<typeof childrenOf>; next: number }[] =
    [];
  const active = new Set<ModuleObject>();
  const enter = (at: NamedModule): void => {
    if (way.length > GRAPH_BUDGET.levels) {
      rt?.raise('RecursionError', 'maximum recursion depth exceeded');
      throw new GraphBudgetError('levels', GRAPH_BUDGET.levels);
    }
    // A module that contains itself would go round for ever.
    if ((removeDuplicates && seen.has(at.module)) || active.has(at.module)) return;
    seen.add(at.module);
    rt?.step(2);
    result.push(at);
    const children = childrenOf(at.module);
    // Most modules are leaves.
    if (children.length === 0) return;
    active.add(at.module);
    way.push({ at, children, next: 0 });
  };
  enter({ path: prefix, module: root });
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const next = last.children[last.next++];
    if (next !== undefined) {
      const [name, module] = next;
      enter({ path: joinPath(last.at.path, name), module });
    } else {
      active.delete(last.at.module);
      way.pop();
    }
  }
  return result;
}

/** Parameters or buffers of a module and what is below it, each shared one once. */
export function namedTensors(
  root: ModuleObject,
  kind: 'parameters' | 'buffers',
  prefix = '',
  recurse = true,
  rt?: Runtime,
): NamedTensor[] {
  const result: NamedTensor[] = [];
  const seen = new Set<TensorObject>();
  for (const { path, module } of recurse
    ? namedModules(root, prefix, true, rt)
    : [{ path: prefix, module: root }]) {
    for (const [name, tensor] of tensorsOf(module, kind)) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      result.push({ path: joinPath(path, name), tensor });
    }
  }
  return result;
}
