import { ABSENT, ELLIPSIS } from './classes.js';
import { PyTuple } from './containers.js';
import type { PyValue } from './object.js';

export type ParameterKind = 'positional-only' | 'ordinary' | 'keyword-only' | 'rest' | 'keywords';

/** One parameter of a function, native or not. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** The value when not given; undefined where the argument is required. */
  readonly fallback: PyValue | undefined;
}

/** A native function's signature: its name and its parameters. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The class a native method belongs to, for error messages. */
  readonly owner?: string;
  /** As errors name the function, where not by its name alone: `Sequential.forward`. */
  readonly qualified?: string;
  /** Set for native functions, whose errors are worded as those of functions written in C. */
  readonly native?: true;
}

/**
 * Reads a signature written as Python writes it: `conv2d(input, weight, bias=None, stride=1, *, groups=1)`,
 * `/`, `*args` and `**kwargs` included. Defaults are literals: None, True, False, `...`, numbers, strings
 * and tuples. `name?` marks an optional argument without a default: `ABSENT` arrives if it is not given.
 */
export function readSignature(text: string): Signature {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) throw new Error(`a native signature reads name(parameters), not ${text}`);
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const piece of splitAtCommas(text.slice(open + 1, close))) {
    if (piece === '/') {
      parameters.splice(
        0,
        parameters.length,
        ...parameters.map((p) => ({ ...p, kind: 'positional-only' as const })),
      );
    } else if (piece === '*') {
      keywordOnly = true;
    } else if (piece.startsWith('**')) {
      parameters.push({ name: piece.slice(2), kind: 'keywords', fallback: undefined });
    } else if (piece.startsWith('*')) {
      parameters.push({ name: piece.slice(1), kind: 'rest', fallback: undefined });
      keywordOnly = true;
    } else {
      parameters.push(readParameter(piece, keywordOnly ? 'keyword-only' : 'ordinary'));
    }
  }
  return { name: text.slice(0, open).trim(), parameters, native: true };
}

function readParameter(piece: string, kind: ParameterKind): Parameter {
  const equals = piece.indexOf('=');
  if (equals < 0) {
    const optional = piece.endsWith('?');
    return { name: optional ? piece.slice(0, -1) : piece, kind, fallback: optional ? ABSENT : undefined };
  }
  return { name: piece.slice(0, equals).trim(), kind, fallback: readLiteral(piece.slice(equals + 1).trim()) };
}

function splitAtCommas(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quote = '';
  let piece = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    if (char === ',' && depth === 0 && quote === '') {
      pieces.push(piece.trim());
      piece = '';
    } else piece += char;
  }
  if (piece.trim() !== '') pieces.push(piece.trim());
  return pieces;
}

const NAMED_LITERALS = new Map<string, PyValue>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['...', ELLIPSIS],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

function readLiteral(text: string): PyValue {
  const named = NAMED_LITERALS.get(text);
  if (named !== undefined) return named;
  if (/^-?\d+$/.test(text)) return BigInt(text);
  if (/^-?[\d.]+(e[-+]?\d+)?$/.test(text)) return Number(text);
  if (/^(['"]).*\1$/.test(text)) return text.slice(1, -1).replaceAll('\\n', '\n');
  if (text.startsWith('(') && text.endsWith(')'))
    return new PyTuple(splitAtCommas(text.slice(1, -1)).map(readLiteral));
  throw new Error(`a native default must be a literal, not ${text}`);
}
