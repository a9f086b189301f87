import type { Layer, ParameterRole, BufferSpec } from '../layer.js';
import type { DType } from '../tensor.js';
import { GRAPH_BUDGET, GraphBudgetError, type GraphBudget } from './budget.js';
import type { Buffer, Module, Parameter, SourcePlace, Start } from './network.js';

export interface ModuleDeclaration {
  readonly path: string;
  readonly type: string;
  readonly layer?: Layer;
  readonly place?: SourcePlace;
}

export interface ParameterDeclaration {
  readonly shape: readonly number[];
  readonly dtype?: DType;
  readonly role?: ParameterRole;
  readonly trainable?: boolean;
  readonly start?: Start;
  readonly place?: SourcePlace;
}

interface GrowingModule extends Module {
  layer?: Layer;
  readonly parameters: Map<string, number>;
  readonly buffers: Map<string, number>;
  readonly children: string[];
}

type GrowingParameter = Omit<Parameter, 'names'> & { readonly names: string[] };
type GrowingBuffer = Omit<Buffer, 'names'> & { readonly names: string[] };

/** The tree of modules with their parameters and buffers, as `named_modules` and `state_dict` would list them. */
export class ModuleTree {
  private readonly modulesByPath = new Map<string, GrowingModule>();
  private readonly allParameters: GrowingParameter[] = [];
  private readonly allBuffers: GrowingBuffer[] = [];

  constructor(private readonly budget: GraphBudget = GRAPH_BUDGET) {}

  get modules(): ReadonlyMap<string, Module> {
    return this.modulesByPath;
  }

  get parameters(): readonly Parameter[] {
    return this.allParameters;
  }

  get buffers(): readonly Buffer[] {
    return this.allBuffers;
  }

  /**
   * Adds a module with the parameters, buffers and children of its layer, and the modules above it that are not there
   * yet. A module already there is left as it is.
   */
  addModule({ path, type, layer, place }: ModuleDeclaration): Module {
    const existing = this.modulesByPath.get(path);
    if (existing) return existing;
    if (this.modulesByPath.size >= this.budget.modules)
      throw new GraphBudgetError('modules', this.budget.modules);
    const module: GrowingModule = {
      path,
      type,
      ...(layer && { layer }),
      ...(place && { place }),
      parameters: new Map(),
      buffers: new Map(),
      children: [],
    };
    if (path !== '') this.parentOf(path).children.push(path);
    this.modulesByPath.set(path, module);
    if (layer) this.register(module, layer);
    return module;
  }

  /** Replaces what a lazy layer was by what its first call made it. */
  materialize(path: string, layer: Layer): void {
    const module = this.moduleAt(path);
    module.layer = layer;
    this.register(module, layer);
  }

  /** Registers a new parameter and gives its id. */
  addParameter(path: string, name: string, declaration: ParameterDeclaration): number {
    const id = this.allParameters.length;
    this.allParameters.push({
      id,
      names: [],
      shape: declaration.shape,
      dtype: declaration.dtype ?? 'float32',
      role: declaration.role ?? 'weight',
      trainable: declaration.trainable ?? true,
      ...(declaration.start && { start: declaration.start }),
      ...(declaration.place && { place: declaration.place }),
    });
    this.shareParameter(path, name, id);
    return id;
  }

  /** Registers a parameter under a further name: tied weights. The name's former parameter, if any, loses it. */
  shareParameter(path: string, name: string, id: number): void {
    const module = this.moduleAt(path);
    const full = joinPath(path, name);
    const former = module.parameters.get(name);
    if (former === id) return;
    if (former !== undefined) forget(this.allParameters[former]?.names, full);
    module.parameters.set(name, id);
    const parameter = this.allParameters[id];
    if (!parameter) throw new RangeError(`there is no parameter ${id}`);
    parameter.names.push(full);
  }

  /** Freezes or thaws: `requires_grad`. */
  setTrainable(id: number, trainable: boolean): void {
    const parameter = this.allParameters[id];
    if (!parameter) throw new RangeError(`there is no parameter ${id}`);
    this.allParameters[id] = { ...parameter, trainable };
  }

  addBuffer(
    path: string,
    name: string,
    spec: Omit<BufferSpec, 'name'> & Pick<Buffer, 'values' | 'start'>,
  ): number {
    const id = this.allBuffers.length;
    const { role, shape, dtype, persistent, values, start } = spec;
    this.allBuffers.push({
      id,
      names: [],
      role,
      shape,
      dtype,
      persistent,
      ...(values && { values }),
      ...(start && { start }),
    });
    this.shareBuffer(path, name, id);
    return id;
  }

  shareBuffer(path: string, name: string, id: number): void {
    this.moduleAt(path).buffers.set(name, id);
    this.allBuffers[id]?.names.push(joinPath(path, name));
  }

  moduleAt(path: string): GrowingModule {
    const module = this.modulesByPath.get(path);
    if (!module) throw new RangeError(`there is no module at '${path}'`);
    return module;
  }

  private register(module: GrowingModule, layer: Layer): void {
    const { path, place } = module;
    for (const { name, shape, dtype, role, trainable = true } of layer.parameters)
      this.addParameter(path, name, { shape, dtype, role, trainable, ...(place && { place }) });
    for (const spec of layer.buffers) this.addBuffer(path, spec.name, spec);
    for (const child of layer.children)
      this.addModule({
        path: joinPath(path, child.name),
        type: child.layer.type,
        layer: child.layer,
        ...(place && { place }),
      });
  }

  private parentOf(path: string): GrowingModule {
    const parent = parentPath(path);
    const known = this.modulesByPath.get(parent);
    if (known) return known;
    this.addModule({ path: parent, type: parent === '' ? 'Network' : 'Module' });
    return this.moduleAt(parent);
  }
}

export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

export function parentPath(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? '' : path.slice(0, dot);
}

function forget(names: string[] | undefined, name: string): void {
  const at = names?.indexOf(name) ?? -1;
  if (at >= 0) names?.splice(at, 1);
}
