import { Interpreter } from '@tensormark/python';
import type { ModuleCache, NativeModule, Resolver } from '@tensormark/python';
import { torchModules } from '../torch/modules/all.js';
import { lazyPackages, takesWholePackage } from '../torchvision/lazy-packages.js';
import { torchvisionModules, torchvisionPackage } from '../torchvision/modules.js';
import { summaryModules } from '../torch/modules/summaries.js';
import type { ReadOptions } from './model-reading.js';

/** Names that fragments of model code use without importing them, and what they stand for. */
export const USUAL_NAMES: Readonly<Record<string, string>> = {
  torch: 'torch',
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

/** An interpreter that knows PyTorch, for one program. */
export function interpreterFor(source: string, options: ReadOptions, cache: ModuleCache): Interpreter {
  const { resolver, budgets } = options;
  const python: Interpreter = new Interpreter({
    modules: [
      ...torchModules,
      ...summaryModules,
      ...torchvisionModules,
      ...torchvisionOf(source, resolver, cache, () => python),
    ],
    ...(resolver && { resolver }),
    ...(budgets && { budgets }),
    cache,
    continueAfterErrors: true,
  });
  return python;
}

/** torchvision's own source is read where there is some; else its models are unknowns. */
function torchvisionOf(
  source: string,
  resolver: Resolver | undefined,
  cache: ModuleCache,
  interpreter: () => Interpreter,
): readonly NativeModule[] {
  if (resolver?.('torchvision.models') === undefined) return torchvisionPackage;
  return takesWholePackage(source) ? [] : lazyPackages(resolver, cache, interpreter);
}
