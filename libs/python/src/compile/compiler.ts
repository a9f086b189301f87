import { raise } from '../objects/exceptions.js';
import type { PyValue } from '../objects/object.js';
import { docstringOf } from '../syntax/docstring.js';
import type * as tree from '../syntax/tree.js';
import { compileStore } from './assignments.js';
import { compileAttribute, compileCall, compileSubscript } from './calls.js';
import { compileComprehension } from './comprehensions.js';
import type { Compiler } from './context.js';
import { compileConstant, compileDict, compileFormatted, compileSequence, compileSlice } from './displays.js';
import type { Evaluate, Execute, Frame, Store, Suspendable } from './frame.js';
import { compileForgetting } from './forgetting.js';
import type { Forget } from './forgetting.js';
import { compileFunction } from './functions.js';
import { compileDelete, compileLoad, compileStore as compileStoreName } from './names.js';
import {
  compileBinary,
  compileBoolean,
  compileComparison,
  compileConditional,
  compileUnary,
} from './operators.js';
import { Scope } from './scope.js';
import { compileBlock, compileStatement } from './statements.js';
import { suspendableClauses } from './suspendable.js';
import { suspendableBlock } from './suspendable-statements.js';

/**
 * Puts the parts of the compiler together: which file compiles which node. What `expression` finds is compiled in functions
 * of their own: a closure made in it would cost every other node a context.
 */
class TreeCompiler implements Compiler {
  importsGuarded = false;

  constructor(
    readonly scope: Scope,
    readonly path: string,
  ) {}

  expression(node: tree.Expression): Evaluate {
    switch (node.kind) {
      case 'Name':
        return this.loadName(node.id, node);
      case 'Constant':
      case 'Bytes':
      case 'Ellipsis':
        return compileConstant(node);
      case 'Imaginary':
        return imaginary(node);
      case 'Attribute':
        return compileAttribute(this, node);
      case 'Call':
        return compileCall(this, node);
      case 'Subscript':
        return compileSubscript(this, node);
      case 'BinOp':
        return compileBinary(this, node);
      case 'UnaryOp':
        return compileUnary(this, node);
      case 'BoolOp':
        return compileBoolean(this, node);
      case 'Compare':
        return compileComparison(this, node);
      case 'IfExp':
        return compileConditional(this, node);
      case 'Tuple':
      case 'List':
      case 'Set':
        return compileSequence(this, node);
      case 'Dict':
        return compileDict(this, node);
      case 'Slice':
        return compileSlice(this, node);
      case 'JoinedStr':
        return compileFormatted(this, node);
      case 'Lambda':
        return compileFunction(this, node);
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        return compileComprehension(this, node);
      case 'NamedExpr':
        return storing(this.expression(node.value), this.storeName(node.target.id));
      case 'Starred':
        return misplaced(node, "can't use starred expression here");
      case 'Yield':
      case 'YieldFrom':
        return misplaced(node, "'yield' outside function");
      case 'Await':
        return misplaced(node, "'await' outside async function");
      case 'ErrorExpression':
        return misplaced(node, 'invalid syntax');
      default:
        return node satisfies never;
    }
  }

  statement(node: tree.Statement): Execute {
    return compileStatement(this, node);
  }

  block(body: readonly tree.Statement[]): Execute {
    return compileBlock(this, body);
  }

  store(target: tree.Expression): Store {
    return compileStore(this, target);
  }

  loadName(name: string, node: tree.Expression): Evaluate {
    return compileLoad(name, this.scope.storage(name), node.span, !this.scope.binds(name));
  }

  storeName(name: string): Store {
    return compileStoreName(name, this.scope.storage(name));
  }

  storeHost(name: string): Store {
    return compileStoreName(name, this.scope.host.storage(name));
  }

  deleteName(name: string, node: tree.Expression | tree.Statement): Execute {
    return compileDelete(name, this.scope.storage(name), node.span);
  }

  guardingImports<T>(compile: () => T): T {
    const outer = this.importsGuarded;
    this.importsGuarded = true;
    try {
      return compile();
    } finally {
      this.importsGuarded = outer;
    }
  }

  within(scope: Scope, path: string): Compiler {
    return new TreeCompiler(scope, path);
  }

  suspendable(body: readonly tree.Statement[]): Suspendable<unknown> {
    const block = suspendableBlock(this, body);
    return function* run(frame: Frame): Generator<PyValue, unknown, PyValue> {
      return block.kind === 'plain' ? block.run(frame) : yield* block.run(frame);
    };
  }

  suspendableGenerator(node: tree.Comprehension): Suspendable<unknown> {
    return suspendableClauses(this, node);
  }
}

function imaginary({ span }: tree.Imaginary): Evaluate {
  return (frame) => {
    frame.span = span;
    return frame.rt.unknown('complex numbers are not read');
  };
}

/** `name := value` */
function storing(value: Evaluate, store: Store): Evaluate {
  return (frame) => {
    const result = value(frame);
    store(frame, result);
    return result;
  };
}

function misplaced(node: tree.Expression, message: string): Evaluate {
  return (frame) => {
    frame.span = node.span;
    return raise('SyntaxError', message);
  };
}

/** A module's statements, each on its own, so that a reader may go on after one that fails. */
export interface CompiledModule {
  readonly module: tree.Module;
  readonly doc: string | null;
  readonly statements: readonly {
    readonly node: tree.Statement;
    readonly execute: Execute;
    /** What becomes unknown where it does not come to its end. */
    readonly forget: Forget;
  }[];
}

/** Compiles a module; functions' bodies wait until they are called. */
export function compileModule(module: tree.Module): CompiledModule {
  const compiler = new TreeCompiler(new Scope('module', undefined), '');
  return {
    module,
    doc: docstringOf(module.body),
    statements: module.body.map((node) => ({
      node,
      execute: lazily(compiler, node),
      forget: compileForgetting(compiler, [node]),
    })),
  };
}

/** A statement that is compiled when it first runs. */
function lazily(compiler: Compiler, node: tree.Statement): Execute {
  let compiled: Execute | undefined;
  return (frame) => {
    compiled ??= compiler.statement(node);
    return compiled(frame);
  };
}

/** Compiles one expression against a module's names. */
export function compileExpression(node: tree.Expression): Evaluate {
  return new TreeCompiler(new Scope('module', undefined), '').expression(node);
}
