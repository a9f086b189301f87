import type { ModuleCalled, Program, ProgramModule } from '@tensormark/frameworks';
import { eventsOf, joined } from './events.js';
import { oncePerProgram } from './once.js';

interface ModuleCalls {
  readonly byClass: ReadonlyMap<string, readonly ModuleCalled[]>;
  readonly byLayer: ReadonlyMap<string, readonly ModuleCalled[]>;
  readonly byModule: ReadonlyMap<ProgramModule, readonly ModuleCalled[]>;
  readonly outermost: readonly ModuleCalled[];
}

const sorted = oncePerProgram((program): ModuleCalls => {
  const byClass = new Map<string, ModuleCalled[]>();
  const byLayer = new Map<string, ModuleCalled[]>();
  const byModule = new Map<ProgramModule, ModuleCalled[]>();
  const outermost: ModuleCalled[] = [];
  for (const call of eventsOf(program, 'module-call')) {
    const { module, depth } = call;
    if (depth === 0) outermost.push(call);
    add(byModule, module, call);
    if (module.isNative) add(byClass, module.type, call);
    if (module.layer !== undefined) add(byLayer, module.layer.type, call);
  }
  return { byClass, byLayer, byModule, outermost };
});

function add<K>(index: Map<K, ModuleCalled[]>, key: K, call: ModuleCalled): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [call]);
  else list.push(call);
}

/** Calls of layers of the given types ('Linear', 'Conv2d') whose settings are known, in order of the types, then in order. */
export function layerCalls(program: Program, ...types: readonly string[]): readonly ModuleCalled[] {
  return joined(sorted(program).byLayer, types);
}

/** Calls of PyTorch's own modules of the given classes, also where their settings are not known. */
export function nativeCalls(program: Program, ...classes: readonly string[]): readonly ModuleCalled[] {
  return joined(sorted(program).byClass, classes);
}

/** Calls of RNN, LSTM and GRU layers, in order. */
export const recurrentCalls = oncePerProgram((program) =>
  layerCalls(program, 'RNN', 'LSTM', 'GRU').toSorted((one, other) => one.moment.at - other.moment.at),
);

/** Calls of modules from outside any module, in order: those of whole networks. */
export function outermostCalls(program: Program): readonly ModuleCalled[] {
  return sorted(program).outermost;
}

/** Modules that are called, in order of their first calls. */
export function modulesCalled(program: Program): Iterable<ProgramModule> {
  return sorted(program).byModule.keys();
}

/** Calls of one module, in order. */
export function callsOfModule(program: Program, module: ProgramModule): readonly ModuleCalled[] {
  return sorted(program).byModule.get(module) ?? [];
}
