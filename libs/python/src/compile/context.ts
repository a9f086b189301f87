import type { Expression, Statement } from '../syntax/tree.js';
import type { Evaluate, Execute, Store, Suspendable } from './frame.js';
import type { Scope } from './scope.js';

/**
 * What the parts of the compiler (one file per kind of syntax) ask of each other. Each compiles for one
 * scope; `within` gives a compiler for another.
 */
export interface Compiler {
  readonly scope: Scope;
  /** Dotted path of enclosing functions and classes, for qualified names. */
  readonly path: string;
  expression(node: Expression): Evaluate;
  /** Assignment to a target of any shape. */
  store(target: Expression): Store;
  storeName(name: string): Store;
  /** Assignment to a name of the frame's own scope. */
  storeHost(name: string): Store;
  loadName(name: string, node: Expression): Evaluate;
  deleteName(name: string, node: Expression | Statement): Execute;
  statement(node: Statement): Execute;
  block(body: readonly Statement[]): Execute;
  /** Compiles something whose imports may fail, because the program is prepared for that. */
  guardingImports<T>(compile: () => T): T;
  readonly importsGuarded: boolean;
  within(scope: Scope, path: string): Compiler;
  /** A block of a generator: suspends at each `yield`. */
  suspendable(body: readonly Statement[]): Suspendable<unknown>;
  /** A generator expression's body. */
  suspendableGenerator(
    node: Extract<Expression, { kind: 'GeneratorExp' | 'ListComp' | 'SetComp' | 'DictComp' }>,
  ): Suspendable<unknown>;
}
