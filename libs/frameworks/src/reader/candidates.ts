import { PyClass, PyObject } from '@tensormark/python';
import type { PyModule, PyValue, tree } from '@tensormark/python';
import { layerClass } from '../keras/layer.js';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import type { Candidate } from './model-reading.js';

/** A definition at module level (or in an `if`, `try` or `with` there), with the names its body speaks of. */
interface Definition {
  readonly name: string;
  readonly line: number;
  readonly names: ReadonlySet<string>;
}

/** Classes derived from `nn.Module` or a layer of Keras and instances of it among a module's names, in the order they stand in the file. */
export function candidatesOf(module: PyModule, body: readonly tree.Statement[]): Candidate[] {
  const definitions = definitionsIn(body);
  const lines = assignedLines(body);
  const found: Candidate[] = [];
  for (const [name, value] of module.namespace) {
    if (value instanceof ModuleObject)
      found.push({
        kind: 'instance',
        name,
        type: value.cls.name,
        line: lines.get(name) ?? value.origin?.line ?? 1,
      });
    else if (isOwnModuleClass(value, module) && value.name === name) {
      const line = definitions.find((definition) => definition.name === name)?.line ?? 1;
      const usedBy = definitions.filter((other) => other.name !== name && other.names.has(name));
      const needs = missingArguments(value);
      found.push({
        kind: 'class',
        name,
        line,
        usedBy: usedBy.map((other) => other.name),
        needs,
      });
    }
  }
  return found.toSorted((a, b) => a.line - b.line);
}

function isOwnModuleClass(value: PyValue, module: PyModule): value is PyClass {
  return (
    value instanceof PyClass &&
    !value.native &&
    (value.isSubclassOf(moduleClass) || value.isSubclassOf(layerClass)) &&
    value.module === module.name
  );
}

/** Which arguments the constructor needs that have no default. */
function missingArguments(cls: PyClass): readonly string[] {
  const init = cls.lookup('__init__');
  if (!(init instanceof PyObject) || !('signature' in init)) return [];
  const { signature } = init;
  if (!isSignature(signature)) return [];
  return signature.parameters
    .slice(1)
    .filter(({ kind, fallback }) => fallback === undefined && kind !== 'rest' && kind !== 'keywords')
    .map(({ name }) => name);
}

interface SignatureLike {
  readonly parameters: readonly {
    readonly name: string;
    readonly kind: string;
    readonly fallback?: unknown;
  }[];
}

function isSignature(value: unknown): value is SignatureLike {
  return (
    typeof value === 'object' && value !== null && 'parameters' in value && Array.isArray(value.parameters)
  );
}

function definitionsIn(body: readonly tree.Statement[]): Definition[] {
  return flattened(body).flatMap((statement) =>
    statement.kind === 'ClassDef' || statement.kind === 'FunctionDef'
      ? [{ name: statement.name, line: statement.span.line, names: namesIn(statement) }]
      : [],
  );
}

function assignedLines(body: readonly tree.Statement[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const statement of flattened(body)) {
    if (statement.kind !== 'Assign') continue;
    for (const target of statement.targets)
      if (target.kind === 'Name') lines.set(target.id, statement.span.line);
  }
  return lines;
}

/** Module-level statements, those under conditions too. */
function flattened(body: readonly tree.Statement[]): tree.Statement[] {
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case 'If':
        return [statement, ...flattened(statement.body), ...flattened(statement.orElse)];
      case 'Try':
        return [
          statement,
          ...flattened(statement.body),
          ...statement.handlers.flatMap((handler) => flattened(handler.body)),
        ];
      case 'With':
      case 'For':
      case 'While':
        return [statement, ...flattened(statement.body)];
      default:
        return [statement];
    }
  });
}

/** Every name in a piece of the tree; the tree is plain data, so that any node can be walked the same way. */
function namesIn(node: object): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: unknown[] = [node];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    if ('kind' in next && next.kind === 'Name' && 'id' in next && typeof next.id === 'string')
      names.add(next.id);
    for (const [key, value] of Object.entries(next))
      if (key !== 'span' && key !== 'nameSpan') pending.push(value);
  }
  return names;
}
