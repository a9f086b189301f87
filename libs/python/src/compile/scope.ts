import type {
  ClassDefinition,
  Comprehension,
  Expression,
  FunctionDefinition,
  Lambda,
  Pattern,
  Statement,
} from '../syntax/tree.js';
import { eachBlock, eachExpression, eachSubexpression, eachSubpattern } from '../syntax/walk.js';

/** Where a name's value is kept, as seen from some scope. */
export type Storage =
  | { readonly kind: 'slot'; readonly index: number }
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'global' }
  /** In the namespace of the module or class body being run; a class body looks `outer` up next. */
  | { readonly kind: 'namespace'; readonly outer: Storage };

const GLOBAL: Storage = { kind: 'global' };
const MODULE_LEVEL: Storage = { kind: 'namespace', outer: GLOBAL };

/** A node that opens a scope. */
export type ScopeNode = FunctionDefinition | ClassDefinition | Lambda | Comprehension;

/** What scopes without such names have in common; never added to. */
const NONE = new Set<string>();

/** Adds a name to a scope's own set, which is made for the first. */
function added(names: Set<string>, name: string): Set<string> {
  const own = names === NONE ? new Set<string>() : names;
  return own.add(name);
}

type ScopeKind = 'module' | 'class' | 'function' | 'inline';

/**
 * The names of a module, class body, function, or comprehension. Comprehensions other than generator expressions run in
 * the frame of what surrounds them (kind `inline`); their names get slots of their own there.
 */
export class Scope {
  readonly #bound = new Set<string>();
  readonly #used = new Set<string>();
  // Most scopes declare, hold and lend nothing: what is made anew here is made when it is needed.
  #globals = NONE;
  #nonlocals = NONE;
  #children: Map<ScopeNode, Scope> | undefined = undefined;
  /** Bound here and captured by an inner function. */
  #captured = NONE;
  readonly #storage = new Map<string, Storage>();
  /** Of a frame's own scope: names of slots and cells by index; free variables come after own cells. */
  readonly slotNames: string[] = [];
  readonly ownCells: string[] = [];
  readonly freeCells: string[] = [];
  #serial = 0;
  #serials = 0;
  /** Whether the body has a `yield` or an `await`. */
  hasYield = false;
  /** Whether it has a `yield`. */
  hasOwnYield = false;
  isComprehension = false;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
  ) {}

  /** The scope whose frame holds this one's names. */
  get host(): Scope {
    return this.kind === 'inline' && this.parent !== undefined ? this.parent.host : this;
  }

  /** The scope a node inside this one opens; undefined where analysis has not been there (modules, classes in modules). */
  child(node: ScopeNode): Scope | undefined {
    return this.#children?.get(node);
  }

  /** A slot for a value in between, which no name can reach. */
  temporary(): string {
    const name = `\0t${++this.#serials}`;
    this.#bound.add(name);
    return name;
  }

  bind(name: string): void {
    if (!this.#globals.has(name) && !this.#nonlocals.has(name)) this.#bound.add(name);
  }

  use(name: string): void {
    this.#used.add(name);
  }

  declare(kind: 'Global' | 'Nonlocal', name: string): void {
    if (kind === 'Global') this.#globals = added(this.#globals, name);
    else this.#nonlocals = added(this.#nonlocals, name);
    this.#bound.delete(name);
  }

  /** A name a walrus in this comprehension binds further out. */
  declareOuter(name: string): void {
    if (this.kind === 'function') this.#nonlocals = added(this.#nonlocals, name);
    this.#used.add(name);
  }

  open(kind: ScopeKind, node: ScopeNode): Scope {
    const scope = new Scope(kind, this);
    this.#children ??= new Map();
    this.#children.set(node, scope);
    return scope;
  }

  binds(name: string): boolean {
    return this.#bound.has(name);
  }

  /** Parameters get the first slots, in order. */
  bindParameters(names: readonly string[]): void {
    for (const name of names) {
      this.#bound.add(name);
      this.slotNames.push(name);
    }
  }

  /** Finds, for every free name below, the function that binds it; marks it captured there. */
  resolveCaptures(): void {
    for (const child of this.#children?.values() ?? []) child.resolveCaptures();
    if (this.kind === 'module' || this.kind === 'inline') {
      if (this.kind === 'inline' && this.parent?.kind === 'class') this.#captureAll();
      else if (this.kind === 'inline')
        for (const name of this.#used) if (!this.#bound.has(name)) this.parent?.use(name);
      return;
    }
    this.#captureAll();
  }

  #captureAll(): void {
    for (const name of [...this.#used, ...this.#nonlocals]) {
      if (this.#globals.has(name)) continue;
      if (this.#bound.has(name) && this.kind !== 'class') continue;
      this.#capture(name);
    }
  }

  #capture(name: string): void {
    const owner = this.#ownerOf(name);
    if (owner === undefined) return;
    if (owner.host === this.host) return;
    owner.#captured = added(owner.#captured, name);
    for (let scope = this.host; scope !== owner.host;) {
      if (!scope.freeCells.includes(name)) scope.freeCells.push(name);
      const next = scope.parent?.host;
      if (next === undefined) break;
      scope = next;
    }
  }

  /** The nearest scope outside this one that binds a name for inner functions to see. */
  #ownerOf(name: string): Scope | undefined {
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      if (scope.kind === 'module') return undefined;
      if (scope.kind === 'class') {
        if (name === '__class__') return scope;
        continue;
      }
      if (scope.#globals.has(name)) return undefined;
      if (scope.#bound.has(name)) return scope;
    }
    return undefined;
  }

  /** Where a name used in this scope is kept. */
  storage(name: string): Storage {
    let storage = this.#storage.get(name);
    if (storage === undefined) {
      storage = this.#locate(name);
      this.#storage.set(name, storage);
    }
    return storage;
  }

  #locate(name: string): Storage {
    if (this.kind === 'module')
      return this.#bound.has(name) || this.parent === undefined ? MODULE_LEVEL : GLOBAL;
    if (this.#globals.has(name)) return GLOBAL;
    if (this.kind === 'class') {
      if (name === '__class__') return { kind: 'cell', index: 0 };
      if (this.#nonlocals.has(name)) return this.#free(name);
      const outer = this.#free(name);
      return { kind: 'namespace', outer };
    }
    if (this.#bound.has(name)) return this.#own(name);
    if (this.kind === 'inline' && this.parent !== undefined) {
      return this.parent.kind === 'class' ? this.parent.#free(name) : this.parent.storage(name);
    }
    return this.#free(name);
  }

  #free(name: string): Storage {
    const { host } = this;
    const index = host.freeCells.indexOf(name);
    return index < 0 ? GLOBAL : { kind: 'cell', index: host.ownCellCount + index };
  }

  /** Where an inner function finds a name it captures from here: a class's own names are passed over. */
  captureStorage(name: string): Storage {
    return this.kind === 'class' && name !== '__class__' ? this.#free(name) : this.storage(name);
  }

  /** Own cells are settled by analysis, before any code is made: captured names of this scope and its inline ones. */
  get ownCellCount(): number {
    return this.ownCells.length;
  }

  #own(name: string): Storage {
    const { host } = this;
    if (this.#captured.has(name)) return { kind: 'cell', index: host.ownCells.indexOf(this.#cellName(name)) };
    let index = this === host ? host.slotNames.indexOf(name) : -1;
    if (index < 0) index = host.slotNames.push(this === host ? name : '') - 1;
    return { kind: 'slot', index };
  }

  /** Two comprehensions in one function may capture names alike: their cells are told apart. */
  #cellName(name: string): string {
    return this === this.host ? name : `${name}@${this.#serial}`;
  }

  /** Settles the order of cells once all captures are known. */
  settleCells(): void {
    const { host } = this;
    if (this !== host) this.#serial = host.nextSerial();
    if (this.kind === 'class') this.ownCells.push('__class__');
    else for (const name of this.#captured) host.ownCells.push(this.#cellName(name));
    for (const child of this.#children?.values() ?? []) child.settleCells();
  }

  nextSerial(): number {
    return ++this.#serials;
  }

  /** Cells of this (inline) scope, to be made afresh each time it runs. */
  get capturedCells(): number[] {
    return [...this.#captured].map((name) => this.host.ownCells.indexOf(this.#cellName(name)));
  }

  isCaptured(name: string): boolean {
    return this.#captured.has(name);
  }
}

/** The scope of a function that stands in a module or in a class there, with all scopes inside it. */
export function analyseFunction(node: FunctionDefinition | Lambda, parent: Scope): Scope {
  const scope = new Scope('function', parent);
  functionBody(node, scope);
  return settle(scope);
}

/** The scope of a class that stands in a module or in a class there. */
export function analyseClass(node: ClassDefinition, parent: Scope): Scope {
  const scope = new Scope('class', parent);
  declarations(node.body, scope);
  return settle(scope);
}

/** The scope of a generator expression that stands outside any function. */
export function analyseGenerator(node: Comprehension, parent: Scope): Scope {
  const scope = new Scope('function', parent);
  comprehension(node, scope, parent);
  return settle(scope);
}

/** The scope of a comprehension that runs in the frame of a module or class body. */
export function analyseInline(node: Comprehension, parent: Scope): Scope {
  const scope = new Scope('inline', parent);
  comprehension(node, scope, parent);
  scope.resolveCaptures();
  scope.settleCells();
  return scope;
}

function settle(scope: Scope): Scope {
  scope.resolveCaptures();
  scope.settleCells();
  return scope;
}

function functionBody(node: FunctionDefinition | Lambda, scope: Scope): void {
  scope.bindParameters(node.parameters.map((parameter) => parameter.name));
  if (node.kind === 'Lambda') expression(node.body, scope);
  else {
    declarations(node.body, scope);
    block(node.body, scope);
  }
}

/** `global` and `nonlocal` hold for the whole function, wherever in it they stand. */
function declarations(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) {
    if (statement.kind === 'Global' || statement.kind === 'Nonlocal') {
      for (const name of statement.names) scope.declare(statement.kind, name);
    } else if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') {
      eachBlock(statement, (inner) => declarations(inner, scope));
    }
  }
}

function block(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) visitStatement(statement, scope);
}

function visitStatement(node: Statement, scope: Scope): void {
  eachExpression(node, (child) => expression(child, scope));
  switch (node.kind) {
    case 'FunctionDef':
      scope.bind(node.name);
      functionBody(node, scope.open('function', node));
      return;
    case 'ClassDef': {
      scope.bind(node.name);
      const inner = scope.open('class', node);
      declarations(node.body, inner);
      block(node.body, inner);
      return;
    }
    case 'Assign':
      for (const target of node.targets) bindTarget(target, scope);
      break;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
      bindTarget(node.target, scope);
      break;
    case 'Delete':
      for (const target of node.targets) bindTarget(target, scope);
      break;
    case 'With':
      for (const { target } of node.items) if (target !== undefined) bindTarget(target, scope);
      break;
    case 'Import':
      for (const alias of node.names) scope.bind(alias.as ?? alias.name.split('.')[0] ?? alias.name);
      break;
    case 'ImportFrom':
      for (const alias of node.names ?? []) scope.bind(alias.as ?? alias.name);
      break;
    case 'Try':
      for (const { name } of node.handlers) if (name !== undefined) scope.bind(name);
      break;
    case 'TypeAlias':
      scope.bind(node.name);
      break;
    case 'Match':
      for (const { pattern } of node.cases) bindPattern(pattern, scope);
      break;
    default:
  }
  eachBlock(node, (inner) => block(inner, scope));
}

function bindTarget(target: Expression, scope: Scope): void {
  if (target.kind === 'Name') scope.bind(target.id);
  else if (target.kind === 'Starred') bindTarget(target.value, scope);
  else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const item of target.items) bindTarget(item, scope);
}

function bindPattern(pattern: Pattern, scope: Scope): void {
  if ((pattern.kind === 'MatchAs' || pattern.kind === 'MatchStar') && pattern.name !== undefined)
    scope.bind(pattern.name);
  if (pattern.kind === 'MatchMapping' && pattern.rest !== undefined) scope.bind(pattern.rest);
  eachSubpattern(pattern, (child) => bindPattern(child, scope));
}

function expression(node: Expression, scope: Scope): void {
  switch (node.kind) {
    case 'Name':
      scope.use(node.id);
      if (node.id === 'super') scope.use('__class__');
      return;
    case 'Lambda':
      for (const { fallback } of node.parameters) if (fallback !== undefined) expression(fallback, scope);
      functionBody(node, scope.open('function', node));
      return;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      comprehension(node, scope.open('inline', node), scope);
      return;
    case 'GeneratorExp':
      comprehension(node, scope.open('function', node), scope);
      return;
    case 'NamedExpr': {
      // `:=` in a comprehension binds in what surrounds it.
      let target = scope;
      while (target.isComprehension && target.parent !== undefined) target = target.parent;
      target.bind(node.target.id);
      if (target !== scope) scope.declareOuter(node.target.id);
      expression(node.value, scope);
      return;
    }
    case 'Yield':
    case 'YieldFrom':
    case 'Await':
      scope.host.hasYield = true;
      if (node.kind !== 'Await') scope.host.hasOwnYield = true;
      eachSubexpression(node, (child) => expression(child, scope));
      return;
    default:
      eachSubexpression(node, (child) => expression(child, scope));
  }
}

function comprehension(node: Comprehension, scope: Scope, outer: Scope): void {
  scope.isComprehension = true;
  for (const [index, clause] of node.clauses.entries()) {
    expression(clause.iterable, index === 0 ? outer : scope);
    bindTarget(clause.target, scope);
    expression(clause.target, scope);
    for (const condition of clause.conditions) expression(condition, scope);
  }
  if (node.key !== undefined) expression(node.key, scope);
  expression(node.element, scope);
}
