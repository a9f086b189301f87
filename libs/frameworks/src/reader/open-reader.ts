import { ModuleCache } from '@tensormark/python';
import { readModel } from './read-model.js';
import type { ModelReading, ReadOptions } from './model-reading.js';

/** Reads model code: pure and synchronous once it is open. */
export interface CodeReader {
  read(source: string, options?: ReadOptions): ModelReading;
}

/** Opens a reader; what it has parsed is kept for the next file that imports the same. */
export function openReader(): Promise<CodeReader> {
  const cache = new ModuleCache();
  return Promise.resolve({
    read: (source, options = {}) => readModel(source, options, options.cache ?? cache),
  });
}
