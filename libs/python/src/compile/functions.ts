import type { PyValue } from '../objects/object.js';
import type { Parameter, Signature } from '../objects/signature.js';
import type { Span } from '../source/text.js';
import { DeferredFunction } from '../syntax/deferred.js';
import { docstringOf } from '../syntax/docstring.js';
import type * as tree from '../syntax/tree.js';
import type { LazyAnnotation } from './annotations.js';
import type { Compiler } from './context.js';
import { Cell, RETURN } from './frame.js';
import type { Evaluate, Frame } from './frame.js';
import { PyFunction } from './function.js';
import type { Arity, Body, Code, CodeDetails } from './function.js';
import { analyseFunction } from './scope.js';
import type { Scope } from './scope.js';

type FunctionNode = tree.FunctionDefinition | tree.Lambda;

/** A function object from `def` or `lambda`; decorators are applied by the statement. */
export function compileFunction(c: Compiler, node: FunctionNode): Evaluate {
  const name = node.kind === 'Lambda' ? '<lambda>' : node.name;
  const qualname = c.path + name;
  const known = c.scope.child(node);
  const code = new FunctionCode(c, node, name, qualname, known);
  const makeSignature = compileSignature(c, node, qualname);
  const closureOf = compileClosure(c, known);
  const annotations = compileAnnotations(c, node);
  return (frame) =>
    new PyFunction(
      frame.rt,
      code,
      qualname,
      makeSignature(frame),
      frame.globals,
      closureOf(frame),
      annotations(frame),
    );
}

class FunctionCode implements Code {
  readonly span: Span;
  #arity: Arity | undefined = undefined;
  #details: CodeDetails | undefined = undefined;

  constructor(
    readonly c: Compiler,
    readonly node: FunctionNode,
    readonly name: string,
    readonly qualname: string,
    readonly known: Scope | undefined,
  ) {
    this.span = node.span;
  }

  get arity(): Arity {
    this.#arity ??= arityOf(this.node);
    return this.#arity;
  }

  get doc(): string | null {
    return this.node.kind === 'Lambda' ? null : docOf(this.node);
  }

  get body(): readonly tree.Statement[] | undefined {
    return this.node.kind === 'Lambda' ? undefined : this.node.body;
  }

  details(): CodeDetails {
    const { c, node, known } = this;
    this.#details ??= compileDetails(c, node, this.qualname, known ?? analyseFunction(node, c.scope));
    return this.#details;
  }
}

function arityOf({ parameters }: FunctionNode): Arity {
  return {
    count: parameters.length,
    isSimple: parameters.every(({ kind }) => kind === 'ordinary' || kind === 'positional-only'),
  };
}

function docOf(node: tree.FunctionDefinition): string | null {
  return node instanceof DeferredFunction ? node.doc : docstringOf(node.body);
}

function compileDetails(c: Compiler, node: FunctionNode, qualname: string, scope: Scope): CodeDetails {
  const inner = c.within(scope, `${qualname}.<locals>.`);
  const cellParameters: [number, number][] = [];
  for (const [slot, parameter] of node.parameters.entries()) {
    if (scope.isCaptured(parameter.name)) cellParameters.push([slot, scope.ownCells.indexOf(parameter.name)]);
  }
  return {
    body: compileBody(inner, node, scope),
    slotNames: scope.slotNames,
    cellNames: [...scope.ownCells, ...scope.freeCells],
    ownCellCount: scope.ownCells.length,
    cellParameters,
  };
}

function compileBody(inner: Compiler, node: FunctionNode, scope: Scope): Body {
  if (node.kind === 'Lambda' && scope.hasYield) {
    const { span } = node.body;
    return { kind: 'generator', execute: inner.suspendable([{ kind: 'Return', value: node.body, span }]) };
  }
  if (node.kind === 'Lambda') {
    const value = inner.expression(node.body);
    return {
      kind: 'plain',
      execute: (frame) => {
        frame.result = value(frame);
        return RETURN;
      },
    };
  }
  if (node.isAsync) {
    const yields = scope.hasOwnYield;
    return { kind: yields ? 'async-generator' : 'coroutine', execute: inner.suspendable(node.body) };
  }
  if (scope.hasYield) return { kind: 'generator', execute: inner.suspendable(node.body) };
  return { kind: 'plain', execute: inner.block(node.body) };
}

function compileSignature(
  c: Compiler,
  node: FunctionNode,
  name: string,
): (frame: Frame) => Signature | (() => Signature) {
  if (node instanceof DeferredFunction && node.isUnread) {
    let read: Signature | undefined;
    const reading = (): Signature => (read ??= { name, parameters: node.parameters.map(constantParameter) });
    return () => reading;
  }
  const parameters = node.parameters.map(({ name: parameter, kind, fallback }) => ({
    name: parameter,
    kind,
    fallback: fallback && c.expression(fallback),
  }));
  if (parameters.every(({ fallback }) => fallback === undefined)) {
    const plain = {
      name,
      parameters: parameters.map((p) => ({ name: p.name, kind: p.kind, fallback: undefined })),
    };
    return () => plain;
  }
  return (frame) => ({
    name,
    parameters: parameters.map((p) => ({ name: p.name, kind: p.kind, fallback: p.fallback?.(frame) })),
  });
}

function constantParameter({ name, kind, fallback }: tree.ParameterNode): Parameter {
  return { name, kind, fallback: fallback?.kind === 'Constant' ? fallback.value : undefined };
}

/** The cells a new function captures. Outside functions there is only a class's own to capture. */
function compileClosure(c: Compiler, known: Scope | undefined): (frame: Frame) => readonly Cell[] {
  if (known === undefined) {
    return c.scope.kind === 'class' ? (frame) => frame.cells.slice(0, 1) : () => [];
  }
  const captures = known.freeCells.map((name) => c.scope.captureStorage(name));
  return (frame) =>
    captures.map(
      (capture) => (capture.kind === 'cell' ? frame.cells[capture.index] : undefined) ?? new Cell(),
    );
}

function compileAnnotations(
  c: Compiler,
  node: FunctionNode,
): (frame: Frame) => () => Map<string, LazyAnnotation> {
  if (node.kind === 'Lambda') return () => () => new Map<string, LazyAnnotation>();
  let compiled: { name: string; evaluate: Evaluate; text: string }[] | undefined;
  return (frame) => () => {
    compiled ??= hintsOf(node).map((hint) => ({
      name: hint.name,
      evaluate: c.expression(hint.node),
      text: hint.node.span.text,
    }));
    return new Map(
      compiled.map(({ name, evaluate, text }) => [name, { evaluate: (): PyValue => evaluate(frame), text }]),
    );
  };
}

function hintsOf({
  parameters,
  returns,
}: tree.FunctionDefinition): { name: string; node: tree.Expression }[] {
  const hints: { name: string; node: tree.Expression }[] = [];
  for (const { name, annotation } of parameters) {
    if (annotation !== undefined) hints.push({ name, node: annotation });
  }
  if (returns !== undefined) hints.push({ name: 'return', node: returns });
  return hints;
}
