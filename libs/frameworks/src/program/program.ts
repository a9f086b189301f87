import type { Note, tree } from '@tensormark/python';
import type { RecordedWarning } from '../trace/reading.js';
import type { ProgramEvent } from './events.js';
import type { ProgramModule } from './objects.js';
import type { Supposed } from './probe.js';
import type { ProgramLoader, ProgramOptimizer } from './value.js';

/** A name that nothing in the file binds. */
export interface UnboundName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** What happens in a whole program, as far as reading can tell. */
export interface Program {
  readonly source: string;
  readonly file: string;
  /** How many classes the labels have, where the caller says so. */
  readonly classes?: number;
  readonly body: readonly tree.Statement[];
  /** In the order they happen; a loop that trains is run for two turns. */
  readonly events: readonly ProgramEvent[];
  /** Of each network of which no input is known, what would happen with several. */
  readonly supposed: readonly (readonly Supposed[])[];
  readonly modules: readonly ProgramModule[];
  readonly optimizers: readonly ProgramOptimizer[];
  readonly loaders: readonly ProgramLoader[];
  readonly syntaxErrors: readonly tree.SyntaxProblem[];
  readonly warnings: readonly RecordedWarning[];
  readonly unbound: readonly UnboundName[];
  readonly unknowns: readonly { readonly line: number; readonly what: string }[];
  readonly notes: readonly Note[];
  /** True where the budgets ended the run: what was not seen may still be there. */
  readonly cutShort: boolean;
}
