import type { PyValue } from '../objects/object.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import type { Frame } from './frame.js';

/** Makes the names that a failed statement would have bound unknown. */
export function forgetTargets(c: Compiler, node: tree.Statement, frame: Frame, unknown: PyValue): void {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : [];
  const names = isImport(node) ? importedNames(node) : targets.flatMap(namesIn);
  for (const name of names) c.storeName(name)(frame, unknown);
}

export function isImport(node: tree.Statement): node is tree.Import | tree.ImportFrom {
  return node.kind === 'Import' || node.kind === 'ImportFrom';
}

/** The names that an import binds. */
function importedNames(node: tree.Import | tree.ImportFrom): readonly string[] {
  return (node.names ?? []).map(
    ({ name, as }) => as ?? (node.kind === 'Import' ? (name.split('.')[0] ?? name) : name),
  );
}

function namesIn(target: tree.Expression): string[] {
  switch (target.kind) {
    case 'Name':
      return [target.id];
    case 'Tuple':
    case 'List':
      return target.items.flatMap(namesIn);
    case 'Starred':
      return namesIn(target.value);
    default:
      return [];
  }
}

/** Names that are imported, and of which a handler defines a stub for want of the module: what they mean hangs on what is installed. */
export function stubbedNames({ body, handlers }: tree.Try): readonly string[] {
  const imported = new Set(body.flatMap((node) => (isImport(node) ? importedNames(node) : [])));
  return handlers
    .flatMap((handler) => handler.body)
    .flatMap((node) => (node.kind === 'ClassDef' || node.kind === 'FunctionDef' ? [node.name] : []))
    .filter((name) => imported.has(name));
}
