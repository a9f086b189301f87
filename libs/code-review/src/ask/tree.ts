import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { oncePerText } from './once.js';
import { leavesOf, targetsAt } from './targets.js';

function isStatement(node: tree.Expression | tree.Statement): node is tree.Statement {
  return STATEMENTS.has(node.kind);
}

const STATEMENTS: ReadonlySet<string> = new Set([
  'FunctionDef',
  'ClassDef',
  'Expr',
  'Assign',
  'AugAssign',
  'AnnAssign',
  'Return',
  'Delete',
  'Raise',
  'Assert',
  'Global',
  'Nonlocal',
  'Import',
  'ImportFrom',
  'If',
  'While',
  'For',
  'With',
  'Try',
  'Match',
]);

/** Every statement of the program, those inside others too. */
export const statementsOf = oncePerText((body): readonly tree.Statement[] => {
  const found: tree.Statement[] = [];
  eachNode(body, (node) => {
    if (isStatement(node)) found.push(node);
  });
  return found;
});

type Node = tree.Expression | tree.Statement;
type Of<K extends Node['kind'], N = Node> = N extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? N
    : never
  : never;

const nodesByKind = oncePerText((body): ReadonlyMap<string, readonly Node[]> => {
  const index = new Map<string, Node[]>();
  eachNode(body, (node) => {
    const list = index.get(node.kind);
    if (list === undefined) index.set(node.kind, [node]);
    else list.push(node);
  });
  return index;
});

/** Whether a list that holds nodes of one kind holds those of this one. */
function areOf<K extends Node['kind']>(nodes: readonly Node[], kind: K): nodes is readonly Of<K>[] {
  return nodes.length === 0 || nodes[0]?.kind === kind;
}

/** The nodes of one kind in the whole program, in the order in which they stand; sorted by kind for the first check that asks. */
export function nodesOf<K extends Node['kind']>(program: Program, kind: K): readonly Of<K>[] {
  const nodes = nodesByKind(program).get(kind) ?? [];
  return areOf(nodes, kind) ? nodes : [];
}

/** Every call that is written in the program, whether it is made or not. */
export function callsOf(program: Program): readonly tree.Call[] {
  return nodesOf(program, 'Call');
}

/** The innermost statement around a place. */
export function statementAt(program: Program, span: Span): tree.Statement | undefined {
  let best: tree.Statement | undefined;
  for (const statement of statementsOf(program)) {
    const { start, end, source } = statement.span;
    if (start > span.start || end < span.end || source.file !== span.source.file) continue;
    if (best === undefined || start >= best.span.start) best = statement;
  }
  return best;
}

/** The class definitions of the program. */
export const classesOf = (program: Program): readonly tree.ClassDefinition[] => nodesOf(program, 'ClassDef');

/** A method of a class as it is written there. */
export function methodOf(
  definition: tree.ClassDefinition,
  name: string,
): tree.FunctionDefinition | undefined {
  return definition.body.find(
    (node): node is tree.FunctionDefinition => node.kind === 'FunctionDef' && node.name === name,
  );
}

/** Whether a class derives from something whose attributes are not known: neither of this file nor PyTorch's. */
export function hasUnknownBases(program: Program, definition: tree.ClassDefinition, depth = 0): boolean {
  if (depth > 20) return true;
  const classes = classesOf(program);
  return definition.bases.some((base) => {
    const { text } = base.span;
    if (/^(object|(torch\.)?(nn\.)?Module|(torch\.utils\.data\.)?(data\.)?Dataset)$/.test(text)) return false;
    const own = classes.find(({ name }) => name === text);
    return (
      own === undefined ||
      own === definition ||
      isStandIn(program, own) ||
      hasUnknownBases(program, own, depth + 1)
    );
  });
}

/** Whether a place lies within another of the same file. */
export function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

/** Whether a class only takes the place of one that could not be imported. */
function isStandIn(program: Program, { span }: tree.ClassDefinition): boolean {
  return statementsOf(program).some(
    (node) => (node.kind === 'If' || node.kind === 'Try') && holds(node.span, span),
  );
}

/** Statements whose bodies run where they stand. */
const COMPOUND: ReadonlySet<string> = new Set(['For', 'While', 'With', 'If', 'Try']);

/** Names and attributes (`.fc1`) that a statement binds, with all that is in it. */
export function boundBy(statement: tree.Statement): string[] {
  if (!COMPOUND.has(statement.kind)) return boundAtOnce(statement);
  const names: string[] = [];
  // Each statement within comes by itself, however deep.
  eachNode(statement, (node) => {
    if (isStatement(node)) names.push(...boundAtOnce(node));
  });
  return names;
}

/** Statements that give values to what stands in them; what a context is called is left to whoever asks for it. */
const GIVES: ReadonlySet<string> = new Set(['Assign', 'AugAssign', 'AnnAssign', 'For']);

/** What a statement binds by itself, without those within it. */
function boundAtOnce(statement: tree.Statement): string[] {
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return [statement.name];
  if (!GIVES.has(statement.kind)) return [];
  return targetsAt(statement)
    .flatMap(leavesOf)
    .flatMap((leaf) =>
      leaf.kind === 'Name' ? [leaf.id] : leaf.kind === 'Attribute' ? [`.${leaf.attribute}`] : [],
    );
}

/** The functions and classes of a class or the program that are written around a place, outermost first. */
export function functionsAround(program: Program, span: Span): tree.FunctionDefinition[] {
  return statementsOf(program)
    .filter((node): node is tree.FunctionDefinition => node.kind === 'FunctionDef' && holds(node.span, span))
    .toSorted((a, b) => a.span.start - b.span.start);
}

/** The statements of the innermost function around a place, or of the whole program where there is none. */
export function bodyAround(program: Program, span: Span): readonly tree.Statement[] {
  const home = functionsAround(program, span).at(-1);
  return home === undefined ? statementsOf(program) : statementsIn(home.body);
}

/** The statements of a body, at any depth below it but not inside functions. */
export function statementsIn(body: readonly tree.Statement[]): tree.Statement[] {
  const found: tree.Statement[] = [];
  const visit = (statements: readonly tree.Statement[]): void => {
    for (const statement of statements) {
      found.push(statement);
      if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
      if (statement.kind === 'If' || statement.kind === 'For' || statement.kind === 'While') {
        visit(statement.body);
        visit(statement.orElse);
      }
      if (statement.kind === 'With') visit(statement.body);
      if (statement.kind === 'Try') {
        visit(statement.body);
        for (const handler of statement.handlers) visit(handler.body);
        visit(statement.orElse);
        visit(statement.finalBody);
      }
    }
  };
  visit(body);
  return found;
}

const written = new WeakMap<tree.Statement, readonly string[]>();
const NOTHING: readonly never[] = [];

/** What a statement gives values to, as it is written: `best`, `self.best`, `state['best']`. Read off once: many checks ask it of all. */
export function targetsOf(statement: tree.Statement): readonly string[] {
  if (!GIVES.has(statement.kind)) return NOTHING;
  let targets = written.get(statement);
  if (targets === undefined) {
    targets = targetsAt(statement)
      .flatMap(leavesOf)
      .map(({ span }) => span.text);
    written.set(statement, targets);
  }
  return targets;
}

/** Where a name stands in a piece of the tree. */
export function usesOf(root: object, name: string): Span[] {
  const found: Span[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Name' && node.id === name) found.push(node.span);
  });
  return found;
}

/** The loops of a program, those inside others too. */
export function loopsOf(program: Program): (tree.For | tree.While)[] {
  return statementsOf(program).filter(
    (node): node is tree.For | tree.While => node.kind === 'For' || node.kind === 'While',
  );
}
