import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { statementsIn } from './tree.js';

/** Where a derivative is lost. */
export interface Flat {
  readonly at: Span;
  readonly isNumpy: boolean;
}

/**
 * Where the derivative by one of its parameters is lost in a function, if none of what the function returns has it; a function that is
 * not understood is not judged.
 */
export function flatIn(
  program: Program,
  definition: tree.FunctionDefinition | tree.Lambda,
  parameter: number,
): Flat | undefined {
  const following = new Following(numpyIn(program));
  if (definition.kind === 'FunctionDef') return following.flat(definition, parameter);
  const followed = definition.parameters[parameter]?.name;
  return followed === undefined ? undefined : following.flatExpression(followed, definition.body);
}

/** Whether a function of Keras, TensorFlow or NumPy has no derivative, by its name. */
export function isFlatName(name: string): boolean {
  return FLAT.test(name);
}

/** Names that NumPy has in the program. */
function numpyIn(program: Program): ReadonlySet<string> {
  return new Set(
    [...program.source.matchAll(/^\s*import numpy(?: as (\w+))?\s*$/gm)].map(([, name]) => name ?? 'numpy'),
  );
}

const FLAT =
  /(^|\.)(round|rint|argmax|argmin|sign|floor|ceil|greater|greater_equal|less|less_equal|equal|not_equal|in_top_k)$/;
/** What is compared of a tensor that is no number in it. */
const OF_THE_SHAPE = /\b(shape|ndim|rank|dtype|len|size|int_shape|None)\b/;
const TO_WHOLE = /\b(u?int\d*|bool)\b/;

/** Where the derivative of what a network gives gets to in a function. */
class Following {
  readonly #carrying = new Set<string>();
  #first: Flat | undefined;

  constructor(private readonly numpy: ReadonlySet<string>) {}

  flat(definition: tree.FunctionDefinition, parameter: number): Flat | undefined {
    const followed = definition.parameters[parameter]?.name;
    if (followed === undefined) return undefined;
    this.#carrying.add(followed);
    let returns = 0;
    for (const statement of statementsIn(definition.body)) {
      switch (statement.kind) {
        case 'Assign':
          this.#bind(statement.targets, this.#carries(statement.value));
          break;
        case 'AugAssign':
          if (this.#carries(statement.value)) this.#bind([statement.target], true);
          break;
        case 'For':
          if (this.#carries(statement.iterable)) this.#bind([statement.target], true);
          break;
        case 'FunctionDef':
        case 'ClassDef':
        case 'Try':
        case 'With':
          return undefined;
        case 'Return':
          returns++;
          if (statement.value === undefined || this.#carries(statement.value)) return undefined;
          break;
        default:
      }
    }
    return returns === 0 ? undefined : this.#first;
  }

  /** The same of one expression. */
  flatExpression(name: string, body: tree.Expression): Flat | undefined {
    this.#carrying.add(name);
    return this.#carries(body) ? undefined : this.#first;
  }

  #bind(targets: readonly tree.Expression[], carries: boolean): void {
    for (const target of targets) {
      if (target.kind === 'Name') {
        if (carries) this.#carrying.add(target.id);
        else this.#carrying.delete(target.id);
      } else if (target.kind === 'Tuple' || target.kind === 'List') this.#bind(target.items, carries);
      else if (carries && (target.kind === 'Subscript' || target.kind === 'Attribute'))
        this.#bind([target.value], true);
    }
  }

  #carries(node: tree.Expression): boolean {
    if (node.kind === 'Name') return this.#carrying.has(node.id);
    const parts = partsOf(node).map((part) => this.#carries(part));
    if (!parts.includes(true)) return false;
    if (node.kind === 'Compare') {
      if (!OF_THE_SHAPE.test(node.span.text)) this.#first ??= { at: node.span, isNumpy: false };
      return false;
    }
    if (node.kind !== 'Call') return true;
    const callee = node.callee.span.text;
    const isNumpy = this.numpy.has(callee.split('.')[0] ?? '');
    const isCast = /(^|\.)cast$/.test(callee) && TO_WHOLE.test(node.span.text.slice(callee.length));
    const isFlat = FLAT.test(callee);
    if (!isNumpy && !isCast && !isFlat) return true;
    this.#first ??= { at: node.span, isNumpy };
    return false;
  }
}

/** The expressions directly within one. */
function partsOf(node: tree.Expression): tree.Expression[] {
  const found: tree.Expression[] = [];
  const take = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) take(item);
    else if (isExpression(part)) found.push(part);
    else if (isKeyword(part)) take(part.value);
  };
  for (const [name, part] of Object.entries(node)) if (name !== 'span') take(part);
  return found;
}

function isExpression(part: unknown): part is tree.Expression {
  return typeof part === 'object' && part !== null && 'kind' in part && 'span' in part;
}

function isKeyword(part: unknown): part is { readonly value: unknown } {
  return typeof part === 'object' && part !== null && 'value' in part && 'name' in part;
}
