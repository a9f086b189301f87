import { ModuleCache } from '@tensormark/python';
import type { ReadOptions } from '../reader/model-reading.js';
import type { Program } from './program.js';
import { readProgram } from './read-program.js';

/** Reads whole programs: pure and synchronous. */
export interface ProgramReader {
  read(source: string, options?: ReadOptions): Program;
}

/** Opens a reader of programs; what it has parsed is kept for the next file that imports the same. */
export function openProgramReader(cache: ModuleCache = new ModuleCache()): ProgramReader {
  return { read: (source, options = {}) => readProgram(source, options, cache) };
}
