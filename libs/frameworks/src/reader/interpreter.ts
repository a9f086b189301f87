import { Interpreter, ModuleCache } from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';
import { torchModules } from '../torch/modules/all.js';
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

/** An interpreter that knows PyTorch. */
export function interpreterFor(options: ReadOptions, cache: ModuleCache): Interpreter {
  const { resolver, budgets } = options;
  const modules: NativeModule[] = [...torchModules, ...summaryModules, ...torchvisionModules];
  // torchvision's own source is read where there is some; else its models are unknowns.
  if (resolver?.('torchvision.models') === undefined) modules.push(...torchvisionPackage);
  return new Interpreter({
    modules,
    ...(resolver && { resolver }),
    ...(budgets && { budgets }),
    cache,
    continueAfterErrors: true,
  });
}
