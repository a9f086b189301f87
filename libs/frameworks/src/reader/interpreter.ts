import { findAttribute, Interpreter } from '@tensormark/python';
import type {
  ModuleCache,
  NativeModule,
  PyModule,
  PyValue,
  Resolver,
  Runtime,
  Watcher,
} from '@tensormark/python';
import { einops } from '../companions/einops.js';
import { huggingface } from '../companions/huggingface.js';
import { lightning } from '../companions/lightning.js';
import { timm } from '../companions/timm.js';
import { kerasModules } from '../keras/modules.js';
import { usualKerasNames } from '../keras/usual-names.js';
import { torchModules } from '../torch/modules/all.js';
import { lazyPackages, takesWholePackage, waits } from '../torchvision/lazy-packages.js';
import { withoutSource } from '../torchvision/models/packages.js';
import { torchvisionModules } from '../torchvision/modules.js';
import { summaryModules } from '../torch/modules/summaries.js';
import type { ReadOptions } from './model-reading.js';

/** Names that fragments of model code use without importing them, and what they stand for. */
export const USUAL_NAMES: Readonly<Record<string, string>> = {
  torch: 'torch',
  th: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  optim: 'torch.optim',
  torchvision: 'torchvision',
  np: 'numpy',
  numpy: 'numpy',
  math: 'math',
  plt: 'matplotlib.pyplot',
  DataLoader: 'torch.utils.data.DataLoader',
  Dataset: 'torch.utils.data.Dataset',
};

/** Who follows a run, and what a name stands for that nothing binds. */
export interface Watching {
  readonly watcher: Watcher;
  unbound(rt: Runtime, name: string, module: PyModule): PyValue | undefined;
}

/** Training loops over data that is known may go on for long; what they come to is of no matter to the network. */
const PATIENCE = 1_000_000;
/**
 * Nested calls, far fewer than the host's own stack has room for: near its end Node.js ends the whole process where a regular
 * expression has to be compiled.
 */
const DEEPEST = 200;

/** How a program is gone through. */
export interface Manner {
  readonly watching?: Watching;
  /** What is done after a decision that hangs on an unknown; see the interpreter's option. */
  readonly undecided?: 'guess' | 'forget';
}

/**
 * An interpreter that knows PyTorch and Keras, for one program. Where a run is followed (`watching`), Keras has to stay uninterpreted:
 * what a program does with it is found by the names of what was called, with every argument (`keras/program`).
 */
export function interpreterFor(
  source: string,
  options: ReadOptions,
  cache: ModuleCache,
  { watching, undecided = 'guess' }: Manner = {},
): Interpreter {
  const { resolver, budgets, ownModule } = options;
  const isAskedFor = options.call !== undefined || options.className !== undefined;
  const usual = isOfJax(source) ? {} : { ...usualKerasNames(source), ...USUAL_NAMES };
  const python: Interpreter = new Interpreter({
    modules: [
      ...torchModules,
      ...(watching === undefined ? kerasModules : []),
      ...summaryModules,
      ...einops,
      ...lightning,
      ...(resolver?.('huggingface_hub') === undefined ? huggingface : []),
      ...(resolver?.('timm') === undefined ? timm : []),
      ...torchvisionModules,
      ...torchvisionOf(source, resolver, cache, () => python),
    ],
    ...(resolver && { resolver }),
    budgets: { recursionLimit: DEEPEST, ...budgets },
    // As `import` would have it where something of the module is asked for; else run as `python -m` does.
    ...(ownModule !== undefined && isAskedFor && { runName: ownModule.name }),
    cache,
    ...(watching === undefined && !takesWholePackage(source) && { waits }),
    undecided,
    patience: PATIENCE,
    continueAfterErrors: true,
    unboundNames: (rt, name, module) =>
      usualMeaning(rt, name, usual, python) ?? watching?.unbound(rt, name, module),
    ...(watching && { watcher: watching.watcher }),
  });
  return python;
}

/** A fragment of a program in JAX, where `nn` is not PyTorch's. */
function isOfJax(source: string): boolean {
  return /\bjnp\.|\bjax\.|@nn\.compact\b/.test(source) && !/\b(torch|tensorflow|tf|keras)\b/.test(source);
}

function makeTold(): { readonly told: Set<string> } {
  return { told: new Set() };
}

/** A fragment without imports means what such names usually mean; a note says what was taken for what. */
function usualMeaning(
  rt: Runtime,
  name: string,
  usual: Readonly<Record<string, string>>,
  python: Interpreter,
): PyValue | undefined {
  const meaning = Object.hasOwn(usual, name) ? usual[name] : undefined;
  if (meaning === undefined) return undefined;
  const { told } = rt.state(makeTold);
  if (!told.has(name)) rt.note('other', `${name} is not imported; it is taken for ${meaning}`);
  told.add(name);
  const outcome = python.importModule(meaning);
  if (outcome.kind === 'finished') return outcome.value;
  const dot = meaning.lastIndexOf('.');
  const parent = dot < 0 ? undefined : python.importModule(meaning.slice(0, dot));
  return parent?.kind === 'finished'
    ? findAttribute(rt, parent.value, meaning.slice(dot + 1))
    : rt.unknown(`the module ${meaning} is not known here`);
}

/** torchvision's own source is read where there is some; else the networks that are known without it. */
function torchvisionOf(
  source: string,
  resolver: Resolver | undefined,
  cache: ModuleCache,
  interpreter: () => Interpreter,
): readonly NativeModule[] {
  if (resolver?.('torchvision.models') === undefined) return withoutSource(interpreter);
  return takesWholePackage(source) ? [] : lazyPackages(resolver, cache, interpreter);
}
