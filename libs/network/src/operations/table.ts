import type { OperationDefinition } from '../operation.js';

/** Every operation, by family. Adding one is adding it to its family's file. */
export const OPERATIONS: readonly OperationDefinition[] = [];

const byName = new Map<string, OperationDefinition>();
for (const definition of OPERATIONS)
  for (const name of [definition.name, ...definition.aliases]) byName.set(name, definition);

/** The operation of a name or alias; undefined where there is none. */
export function operation(name: string): OperationDefinition | undefined {
  return byName.get(name);
}
