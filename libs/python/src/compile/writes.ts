import type { Call, Expression, Pattern, Statement } from '../syntax/tree.js';
import { eachBlock, eachExpression, eachSubexpression, eachSubpattern } from '../syntax/walk.js';

/** One thing that statements may change. */
export type Write =
  /** A name; `from` is what it is an alias or a part of, where that is plain to see. */
  | { readonly kind: 'name'; readonly name: string; readonly from: Expression | undefined }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly attribute: string }
  /** `of[key] = value`, `del of[key]` */
  | { readonly kind: 'contents'; readonly of: Expression }
  | { readonly kind: 'call'; readonly call: Call };

/** What statements may change, and how they may end. */
export interface Effects {
  readonly writes: readonly Write[];
  readonly globals: ReadonlySet<string>;
  readonly returns: boolean;
  /** `break` or `continue` of a loop around the statements. */
  readonly leavesLoop: boolean;
  readonly yields: boolean;
}

const known = new WeakMap<readonly Statement[], Effects>();

/** The effects of statements, functions and classes defined in them left out until they are called. */
export function effectsOf(body: readonly Statement[]): Effects {
  let effects = known.get(body);
  if (effects === undefined) {
    const collector = new Collector();
    collector.block(body, false);
    effects = collector;
    known.set(body, effects);
  }
  return effects;
}

class Collector implements Effects {
  readonly writes: Write[] = [];
  readonly globals = new Set<string>();
  returns = false;
  leavesLoop = false;
  yields = false;

  block(body: readonly Statement[], inLoop: boolean): void {
    for (const statement of body) this.#statement(statement, inLoop);
  }

  #statement(node: Statement, inLoop: boolean): void {
    eachExpression(node, (expression) => this.#calls(expression));
    switch (node.kind) {
      case 'Return':
        this.returns = true;
        return;
      case 'Break':
      case 'Continue':
        this.leavesLoop ||= !inLoop;
        return;
      case 'Assign':
        for (const target of node.targets) this.#target(target, node.value);
        return;
      case 'AugAssign':
      case 'AnnAssign':
        if (node.value !== undefined) this.#target(node.target, node.value);
        return;
      case 'Delete':
        for (const target of node.targets) this.#target(target, undefined);
        return;
      case 'For':
        this.#target(node.target, node.iterable);
        break;
      case 'With':
        for (const { target, context } of node.items) if (target !== undefined) this.#target(target, context);
        break;
      case 'Import':
        for (const { name, as } of node.names) this.#name(as ?? name.split('.')[0] ?? name);
        return;
      case 'ImportFrom':
        for (const { name, as } of node.names ?? []) this.#name(as ?? name);
        return;
      case 'FunctionDef':
      case 'ClassDef':
      case 'TypeAlias':
        this.#name(node.name);
        return;
      case 'Global':
        for (const name of node.names) this.globals.add(name);
        return;
      case 'Match':
        for (const { pattern } of node.cases) this.#pattern(pattern);
        break;
      default:
    }
    const loop = inLoop || node.kind === 'For' || node.kind === 'While';
    eachBlock(node, (inner) => this.block(inner, loop));
  }

  #name(name: string, from?: Expression): void {
    this.writes.push({ kind: 'name', name, from });
  }

  #target(target: Expression, from: Expression | undefined): void {
    switch (target.kind) {
      case 'Name':
        return this.#name(target.id, from);
      case 'Attribute':
        this.writes.push({ kind: 'attribute', of: target.value, attribute: target.attribute });
        return;
      case 'Subscript':
        this.writes.push({ kind: 'contents', of: target.value });
        return;
      case 'Starred':
        return this.#target(target.value, from);
      case 'Tuple':
      case 'List':
        for (const item of target.items) this.#target(item, from);
        return;
      default:
    }
  }

  #pattern(pattern: Pattern): void {
    if ((pattern.kind === 'MatchAs' || pattern.kind === 'MatchStar') && pattern.name !== undefined)
      this.#name(pattern.name);
    if (pattern.kind === 'MatchMapping' && pattern.rest !== undefined) this.#name(pattern.rest);
    eachSubpattern(pattern, (inner) => this.#pattern(inner));
  }

  /** Calls and walruses anywhere in an expression; a lambda's body runs elsewhere. */
  #calls(node: Expression): void {
    if (node.kind === 'Lambda') return;
    if (node.kind === 'Call') this.writes.push({ kind: 'call', call: node });
    if (node.kind === 'NamedExpr') this.#name(node.target.id, node.value);
    if (node.kind === 'Yield' || node.kind === 'YieldFrom') this.yields = true;
    eachSubexpression(node, (inner) => this.#calls(inner));
  }
}
