import { eachNode, isOffered, offeringOf, plainPath } from '@tensormark/frameworks';
import type { Offer, Offering, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { leavesOf, namesGivenAt } from './targets.js';
import { holds } from './tree.js';

/** A name of a library's as a program writes it: `nn.Linear`, where nn is torch.nn. */
export interface LibraryName {
  readonly node: tree.Expression;
  /** The path by which the program takes it: `tensorflow.keras.layers.Dense`. */
  readonly path: string;
}

/** A name that is imported from a module of a library's. */
interface ImportedName {
  readonly path: string;
  readonly span: Span;
}

interface Binding {
  /** What a name stands for; undefined where it is no import. */
  readonly path: string | undefined;
  /** The function, class or comprehension that it is bound in; undefined for the file itself. */
  readonly scope: Span | undefined;
}

/** Whether a place only runs where something may be missing: in a `try` for that, or after a question about versions. */
export const isGuarded = oncePerProgram((program) => {
  const guarded: Span[] = [];
  eachNode(program.body, (node) => {
    const isTry =
      node.kind === 'Try' &&
      node.handlers.some(
        ({ type }) =>
          type === undefined ||
          /\b(Import|ModuleNotFound|Attribute|Type|Name|Value|Runtime)Error\b|\bException\b/.test(
            type.span.text,
          ),
      );
    const isAsked =
      (node.kind === 'If' || node.kind === 'IfExp') &&
      /version|hasattr|getattr|VERSION|\bIS_|available|\bPY[23]\b|_V\d|backend/.test(node.test.span.text);
    if (isTry || isAsked) guarded.push(node.span);
    if (node.kind === 'With' && /raises|suppress|skip/.test(node.span.text.split('\n')[0] ?? ''))
      guarded.push(node.span);
  });
  return (span: Span): boolean => guarded.some((one) => holds(one, span));
});

/** Every name that the program takes of a library, and every one that it imports from a module of one. */
export const libraryNames = oncePerProgram(
  (
    program,
  ): {
    readonly used: readonly LibraryName[];
    readonly imported: readonly ImportedName[];
  } => {
    const imported: ImportedName[] = [];
    const bindings = bindingsOf(program, imported);
    const used: LibraryName[] = [];
    if (bindings.size === 0) return { used, imported };
    // Annotations that are left as they are written are never looked up.
    const hints = /from __future__ import .*annotations/.test(program.source) ? hintsIn(program) : [];
    const inner = new Set<tree.Expression>();
    eachNode(program.body, (node) => {
      if (node.kind === 'Attribute') inner.add(node.value);
      if ((node.kind !== 'Name' && node.kind !== 'Attribute') || inner.has(node)) return;
      const path = pathOf(node, bindings);
      if (path !== undefined && !hints.some((one) => holds(one, node.span))) used.push({ node, path });
    });
    return { used, imported };
  },
);

function hintsIn(program: Program): Span[] {
  const hints: Span[] = [];
  eachNode(program.body, (node) => {
    if (node.kind === 'AnnAssign') hints.push(node.annotation.span);
    if (node.kind !== 'FunctionDef') return;
    for (const hint of [node.returns, ...node.parameters.map(({ annotation }) => annotation)])
      if (hint !== undefined) hints.push(hint.span);
  });
  return hints;
}

/** What of a library an expression is by its names alone. */
function pathOf(
  node: tree.Expression,
  bindings: ReadonlyMap<string, readonly Binding[]>,
): string | undefined {
  const names: string[] = [];
  let at = node;
  for (; at.kind === 'Attribute'; at = at.value) names.unshift(at.attribute);
  if (at.kind !== 'Name') return undefined;
  const all = bindings.get(at.id);
  if (all === undefined) return undefined;
  const { span } = at;
  let scope: Span | undefined;
  for (const { scope: one } of all)
    if (one !== undefined && holds(one, span) && (scope === undefined || holds(scope, one))) scope = one;
  const here = all.filter((one) => one.scope === scope);
  const [first] = here;
  if (first?.path === undefined || here.some(({ path }) => path !== first.path)) return undefined;
  return [first.path, ...names].join('.');
}

/** What each name that is an import of a library's somewhere is bound to, and where. */
function bindingsOf(program: Program, imported: ImportedName[]): ReadonlyMap<string, readonly Binding[]> {
  const bound: { name: string; path: string | undefined; span: Span; inside: boolean }[] = [];
  const scopes: Span[] = [];
  const outer = new Map<string, Span[]>();
  const add = (name: string, span: Span, path?: string, inside = false): void => {
    bound.push({ name, path, span, inside });
  };
  eachNode(program.body, (node) => {
    for (const { id, span } of namesGivenAt(node)) add(id, span);
    switch (node.kind) {
      case 'Import':
        for (const { name, as } of node.names)
          add(as ?? name.split('.')[0] ?? name, node.span, as === undefined ? name.split('.')[0] : name);
        break;
      case 'ImportFrom':
        for (const { name, as, span } of node.names ?? []) {
          const path = node.level > 0 ? undefined : `${node.module}.${name}`;
          add(as ?? name, node.span, path);
          if (path !== undefined && isOffered(node.module)) imported.push({ path, span });
        }
        break;
      case 'FunctionDef':
        scopes.push(node.span);
        add(node.name, node.span, undefined);
        for (const { name } of node.parameters) add(name, node.span, undefined, true);
        break;
      case 'Lambda':
        scopes.push(node.span);
        for (const { name } of node.parameters) add(name, node.span, undefined, true);
        break;
      case 'ClassDef':
        scopes.push(node.span);
        add(node.name, node.span);
        break;
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        scopes.push(node.span);
        break;
      case 'Try':
        for (const { name, span } of node.handlers) if (name !== undefined) add(name, span);
        break;
      case 'Global':
      case 'Nonlocal':
        // What a function gives a name of the file is not followed.
        for (const name of node.names) outer.set(name, [...(outer.get(name) ?? []), node.span]);
        break;
      case 'Delete':
        for (const leaf of node.targets.flatMap((one) => leavesOf(one)))
          if (leaf.kind === 'Name') add(leaf.id, leaf.span);
        break;
      default:
    }
  });
  const taken = new Set(
    bound.flatMap(({ name, path }) => (path !== undefined && isOffered(path) ? [name] : [])),
  );
  const bindings = new Map<string, Binding[]>();
  for (const { name, path, span, inside } of bound) {
    if (!taken.has(name)) continue;
    const around = scopes.filter((one) => holds(one, span) && (inside || one !== span));
    const scope = around.toSorted((a, b) => b.start - a.start || a.end - b.end)[0];
    const list = bindings.get(name) ?? [];
    list.push({ path: path !== undefined && isOffered(path) ? path : undefined, scope });
    if (outer.has(name)) list.push({ path: undefined, scope: undefined });
    bindings.set(name, list);
  }
  return bindings;
}

/** What a library has under a path: the module that it would be in, its last name, and what is offered by it. */
export interface Looked {
  readonly module: Offering;
  readonly name: string;
  readonly offer: Offer | undefined;
}

/** Looks a path up in the tables; where a module on the way lacks a name, what is said is of that one. Undefined where nobody knows. */
export function lookedUp(path: string): Looked | undefined {
  const parts = plainPath(path).split('.');
  for (const [index, name] of parts.entries()) {
    if (index === 0) continue;
    if (name.startsWith('_')) return undefined;
    const module = offeringOf(parts.slice(0, index).join('.'));
    const offer = module?.names.get(name);
    const isLast = index === parts.length - 1;
    if (module !== undefined && (offer === undefined || isLast)) return { module, name, offer };
    // What is within a class, or a function has, is not known.
    if (offer !== undefined && !offer.isModule) return undefined;
  }
  return undefined;
}
