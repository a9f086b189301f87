import type { ProgramModule } from '@tensormark/frameworks';

/** Whether a module has parameters that are to be learned. */
export function hasLearned(module: ProgramModule): boolean {
  return module.parameters.some(({ trainable }) => trainable);
}
