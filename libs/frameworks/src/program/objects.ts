import type { Layer } from '@tensormark/network';
import type { Span } from '@tensormark/python';
import { childrenOf, namedModules, namedTensors, tensorsOf } from '../torch/nn/module-object.js';
import type { ModuleObject } from '../torch/nn/module-object.js';
import type { TensorObject } from '../torch/tensor/tensor.js';
import type { Moment } from './moment.js';

/** A parameter of a module as it stands when the program has run. */
export interface ProgramParameter {
  readonly path: string;
  readonly id: number;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

/** Gives things of the program their identity for checks. */
export interface Identities {
  moduleOf(module: ModuleObject): ProgramModule;
  parameterId(tensor: TensorObject): number;
  madeWhen(module: ModuleObject): Moment | undefined;
  /** The modules it is registered on. */
  parentsOf(module: ModuleObject): readonly ProgramModule[];
  /** Whether the program has run: nothing is registered any more, and what was asked once holds. */
  readonly isSettled: boolean;
}

/** A module of the program: what it is, and what stands in it when the program has run. */
export class ProgramModule {
  readonly kind = 'module';
  #children: readonly (readonly [name: string, module: ProgramModule])[] | undefined;
  #modules: readonly { readonly path: string; readonly module: ProgramModule }[] | undefined;
  #parameters: readonly ProgramParameter[] | undefined;
  #ownParameters: readonly ProgramParameter[] | undefined;
  #hasParameters: boolean | undefined;

  constructor(
    readonly id: number,
    readonly object: ModuleObject,
    private readonly identities: Identities,
  ) {}

  /** When its making began, where that was met: it may have been given to functions before. */
  get made(): Moment | undefined {
    return this.identities.madeWhen(this.object);
  }

  /** The name of its class. */
  get type(): string {
    return this.object.cls.name;
  }

  /** Names of its class and all bases, most derived first. */
  get types(): readonly string[] {
    return this.object.cls.mro.map(({ name }) => name);
  }

  /** Whether the class is PyTorch's own. */
  get isNative(): boolean {
    return this.object.cls.native;
  }

  /** The layer of the table that it is or derives from. */
  get layer(): Layer | undefined {
    return this.object.layer;
  }

  /** The arguments that are known of a layer of PyTorch's, all of them or those that the file says. */
  get sizes(): Readonly<Record<string, unknown>> {
    return this.object.layer?.config ?? this.object.knownSizes ?? {};
  }

  /** Whether what it is made of could be read. */
  get isReadable(): boolean {
    return this.object.unreadable === undefined;
  }

  get training(): boolean {
    return this.object.training;
  }

  /** Where the program made it. */
  get span(): Span | undefined {
    return this.object.origin ?? this.object.initialised;
  }

  /** Modules registered directly on it. */
  get children(): readonly (readonly [name: string, module: ProgramModule])[] {
    const found =
      this.#children ??
      childrenOf(this.object).map(([name, child]) => [name, this.identities.moduleOf(child)] as const);
    if (this.identities.isSettled) this.#children = found;
    return found;
  }

  /** It and everything below it, by path; '' is itself. */
  get modules(): readonly { readonly path: string; readonly module: ProgramModule }[] {
    const found =
      this.#modules ??
      namedModules(this.object).map(({ path, module }) => ({
        path,
        module: this.identities.moduleOf(module),
      }));
    if (this.identities.isSettled) this.#modules = found;
    return found;
  }

  /** The modules it is registered on. */
  get parents(): readonly ProgramModule[] {
    return this.identities.parentsOf(this.object);
  }

  /** Its parameters and those of all below it, each once. */
  get parameters(): readonly ProgramParameter[] {
    const found =
      this.#parameters ??
      namedTensors(this.object, 'parameters').map(({ path, tensor }) => this.#parameter(path, tensor));
    if (this.identities.isSettled) this.#parameters = found;
    return found;
  }

  /** Whether it or anything below it has parameters; found without listing them. */
  get hasParameters(): boolean {
    const found =
      (this.#hasParameters ??
        (this.object.registries?.parameters.size !== 0 && this.ownParameters.length > 0)) ||
      this.children.some(([, child]) => child.hasParameters);
    if (this.identities.isSettled) this.#hasParameters = found;
    return found;
  }

  /** Parameters registered directly on it. */
  get ownParameters(): readonly ProgramParameter[] {
    const found =
      this.#ownParameters ??
      tensorsOf(this.object, 'parameters').map(([path, tensor]) => this.#parameter(path, tensor));
    if (this.identities.isSettled) this.#ownParameters = found;
    return found;
  }

  #parameter(path: string, tensor: TensorObject): ProgramParameter {
    const { shape, requiresGrad: trainable } = tensor;
    return { path, id: this.identities.parameterId(tensor), shape, trainable };
  }
}
