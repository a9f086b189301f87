import { ModuleCache } from '@tensormark/python';
import type { Program } from './program.js';
import { readProgram } from './read-program.js';
import type { ProgramOptions } from './read-program.js';

/** Reads whole programs: pure and synchronous. */
export interface ProgramReader {
  read(source: string, options?: ProgramOptions): Program;
}

/** Opens a reader of programs; what it has parsed is kept for the next file that imports the same. */
export function openProgramReader(cache: ModuleCache = new ModuleCache()): ProgramReader {
  return { read: (source, options = {}) => readProgram(source, options, cache) };
}
