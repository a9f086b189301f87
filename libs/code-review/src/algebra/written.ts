import { parseExpression } from '@tensormark/python';
import type { tree } from '@tensormark/python';
import { atomOf, callOf, numberOf, scaled } from './expression.js';
import type { Expression } from './expression.js';
import { meaningOf } from './vocabulary.js';

const SYMBOLS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '**': 'pow',
  '@': 'matmul',
};

/**
 * A formula as it is written in Python: `1 + v - m**2 - exp(v)`. Names stand for whatever is there, and are the same wherever they stand;
 * functions have their usual names, whichever library has them.
 */
export function formulaOf(text: string): Expression {
  const parsed = parseExpression(text, '<formula>');
  if (parsed.kind !== 'expression') throw new Error(`no formula: ${text}`);
  return read(parsed.expression, text);
}

function read(node: tree.Expression, text: string): Expression {
  switch (node.kind) {
    case 'Constant':
      if (typeof node.value === 'number' || typeof node.value === 'bigint')
        return numberOf(Number(node.value));
      break;
    case 'Name':
      return node.id === 'pi' ? numberOf(Math.PI) : atomOf(node.id);
    case 'UnaryOp':
      if (node.operator === '-') return scaled(read(node.operand, text), -1);
      break;
    case 'BinOp': {
      const made = meaningOf(SYMBOLS[node.operator] ?? '')?.([read(node.left, text), read(node.right, text)]);
      if (made !== undefined) return made;
      break;
    }
    case 'Call': {
      const name = node.callee.span.text;
      const args = node.args.map((arg) => read(arg, text));
      return meaningOf(name)?.(args) ?? callOf(name, ...args);
    }
    default:
  }
  throw new Error(`no formula: ${node.span.text} in ${text}`);
}
