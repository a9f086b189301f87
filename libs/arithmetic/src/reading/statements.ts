import type { Account } from '../budget.js';
import { ChainReader, comparePairs, type Chain } from './chains.js';
import type { Expression } from '../expression.js';
import type { Parser } from '../parsing/parser.js';
import { isCalculation, numericLeaves, sizes } from '../form/structure.js';
import type { Token } from '../tokens.js';
import type { NotUnderstood, Verdict } from '../verdicts/verdicts.js';
import { FILLERS, RELATION_WORDS, SHAPE_WORDS } from '../vocabulary.js';
import type { Pair } from '../working.js';

/** A chain with its verdicts, and where in the tokens its first side begins. */
export interface Statement {
  readonly chain: Chain;
  readonly pairs: readonly Pair[];
  readonly from: number;
  /** A first side was left to the label: what remains is stated of it. */
  readonly named: boolean;
}

/**
 * Reads the statement at a token, and decides what belongs to it. Words and numbers before a calculation often run into
 * it (`Layer 2 = 36864`, `Block 1 - 3*3 = 9`, `(2) (64*9)*64`); where an equation does not hold as it stands, a reading
 * that leaves such a number to the label is tried before anything is called false.
 */
export class StatementReader {
  private readonly chains: ChainReader;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly parser: Parser,
    private readonly account: Account,
  ) {
    this.chains = new ChainReader(tokens, parser, account);
  }

  /** The statement whose first side begins at token `from`, or null. `operand` accepts unknown words as names. */
  read(from: number, end: number, operand: boolean): Statement | null {
    const plain = this.readFrom(from, end, operand);
    if (plain === null || plain.chain.sides.length < 2) return plain;
    if (this.isCall(plain, from)) return dropFirst(plain);
    if (holds(plain)) return this.withoutCount(plain) ?? plain;
    const other =
      this.withoutNumbering(plain, from, end) ??
      this.ofReferences(plain) ??
      this.ofFragment(plain, from) ??
      this.withoutSize(plain, from) ??
      this.afterBullet(plain, from);
    return other ? this.settled(other, from) : plain;
  }

  /** `filters=512 kernel=7x7 channels=3`: what is left of a chain may begin with another size. */
  private settled(statement: Statement, from: number): Statement {
    let rest = statement;
    while (rest.named && rest.chain.sides.length > 1 && !holds(rest)) {
      const shorter = this.withoutSize(rest, from);
      if (!shorter) break;
      rest = shorter;
    }
    return rest;
  }

  private readFrom(from: number, end: number, operand: boolean): Statement | null {
    const parsed = this.parser.parse(from, end, operand);
    if (!parsed) return null;
    const chain = this.chains.read(parsed.expression, parsed.next, end);
    return { chain, pairs: comparePairs(chain, this.account), from, named: false };
  }

  /** `Layer 1 - 3*3*64 = 576`, `Block 2 (64*9)*64 = 36864`: the number belongs to the words before it. */
  private withoutNumbering(plain: Statement, from: number, end: number): Statement | null {
    const number = this.tokens[from];
    const second = this.tokens[from + 1];
    if (number?.kind !== 'number' || !second) return null;
    const dash = second.kind === 'operator' && second.operator === '-' && second.dash;
    const bracket = second.kind === 'open' && second.space;
    if (!dash && !bracket) return null;
    const later = this.readFrom(dash ? from + 2 : from + 1, end, false);
    if (!later || later.chain.sides.length < 2) return null;
    const named = this.wordBefore(from) !== null;
    return holds(later) || named ? { ...later, named } : null;
  }

  /**
   * `layer 2 = 36864`, `Conv 3x3 = 64*9 = 576`: a first side that is a lone number behind a word, or a size, names what
   * the rest is about. Where that cannot be told from a wrong product, the verdict says that it may be a size.
   */
  private withoutSize(plain: Statement, from: number): Statement | null {
    const [first, second] = plain.chain.sides;
    const [pair] = plain.pairs;
    if (!first || !second || pair?.verdict.kind !== 'false') return null;
    const before = this.wordBefore(from);
    const lone = first.expression.kind === 'number';
    const wordsBehind = first.after !== '' && first.unit === null;
    if (lone && (before !== null || wordsBehind)) return dropFirst(plain);
    const result = isCalculation(second.expression) ? null : second.expression;
    if (lone && result && first.unit === null) {
      if (this.lineHasWordsBefore(from)) return dropFirst(plain);
      return doubt(
        plain,
        'may-be-a-label',
        'One of two numbers, neither of them worked out, may number something.',
      );
    }
    if (sizes(first.expression) === null) return null;
    if (before !== null && SHAPE_WORDS.has(before.toLowerCase())) return dropFirst(plain);
    const behind = first.after.split(' ')[0]?.toLowerCase() ?? '';
    if (wordsBehind && !FILLERS.has(behind) && !RELATION_WORDS.has(behind)) return dropFirst(plain);
    const { ratio } = pair.verdict;
    const factors = numericLeaves(first.expression).length;
    if (factors > 2 || !this.lineHasWordsBefore(from) || !ratio?.isInteger || ratio.sign <= 0) return null;
    return doubt(plain, 'may-be-a-size', 'The left side may be a size and no calculation.');
  }

  /** `- 5 + 3 = -2` at the beginning of a line: what looks like a bullet may be a sign, if that makes it true. */
  private afterBullet(plain: Statement, from: number): Statement | null {
    const marker = this.tokens[from - 1];
    const [first] = plain.chain.sides;
    if (marker?.kind !== 'marker' || marker.end - marker.start !== 1 || !first) return null;
    const negated = negateFirst(first.expression, marker.start);
    if (!negated) return null;
    const { side } = this.chains.side(negated, from, from);
    const chain: Chain = { ...plain.chain, sides: [side, ...plain.chain.sides.slice(1)] };
    const signed: Statement = {
      chain,
      pairs: comparePairs(chain, this.account),
      from: from - 1,
      named: false,
    };
    return holds(signed) ? signed : null;
  }

  /** `Conv2d(3, 64, 3) = 3*64*9`: the arguments of a call. */
  private isCall({ chain }: Statement, from: number): boolean {
    const opening = this.tokens[from];
    return (
      chain.sides[0]?.expression.kind === 'tuple' &&
      this.tokens[from - 1]?.kind === 'word' &&
      opening?.space === false
    );
  }

  /** `2 conv layers = 2 * 36928`: the words say what is worked out, and the number is one of them. */
  private withoutCount(plain: Statement): Statement | null {
    const [first] = plain.chain.sides;
    const counts = first?.expression.kind === 'number' && first.after !== '' && first.unit === null;
    return counts && plain.pairs[0]?.verdict.kind === 'running-total' ? dropFirst(plain) : null;
  }

  /** `(1) + (2) + (3) = 385536` adds up what was numbered so. */
  private ofReferences(plain: Statement): Statement | null {
    const [first] = plain.chain.sides;
    if (first?.expression.kind !== 'sum') return null;
    const refers = first.expression.terms.every(
      ({ expression }) =>
        expression.kind === 'number' &&
        expression.end - expression.start > expression.numeral.written.length &&
        /^\d{1,2}$/.test(expression.numeral.written),
    );
    return refers ? doubt(plain, 'may-be-references', 'These may be the numbers of equations.') : null;
  }

  /** What stands before the first side belongs to it but was not understood: `/ 8 = 294912`, `f(2) + 3 = 9`. */
  private ofFragment(plain: Statement, from: number): Statement | null {
    const first = this.tokens[from];
    const before = this.tokens[from - 1];
    const glued = before?.kind === 'comma' && first?.space === false;
    const unread = glued || (before !== undefined && FRAGMENT_ENDS.has(before.kind));
    const lone = plain.chain.sides[0]?.expression.kind === 'number';
    const called = !lone && first?.kind === 'open' && before?.kind === 'word' && !first.space;
    const signed = first?.kind === 'operator' && first.operator === '+';
    if (!unread && !called && !signed) return null;
    if (lone) return dropFirst(plain);
    return doubt(plain, 'syntax', 'What stands before this belongs to it, and was not understood.');
  }

  private wordBefore(from: number): string | null {
    const token = this.tokens[from - 1];
    return token?.kind === 'word' && !token.phrase
      ? token.text
      : token?.kind === 'word'
        ? (token.text.split(' ').pop() ?? null)
        : null;
  }

  private lineHasWordsBefore(from: number): boolean {
    for (let at = from - 1; at >= 0 && at > from - 30; at--) {
      const token = this.tokens[at];
      if (token?.kind === 'newline' || token?.kind === 'cell') return false;
      if (token?.kind === 'word' || token?.kind === 'comma') return true;
    }
    return false;
  }
}

const FRAGMENT_ENDS: ReadonlySet<Token['kind']> = new Set([
  'operator',
  'other',
  'inequality',
  'close',
  'command',
  'subscript',
  'open',
]);

/** The same statement with its first pair not called false. */
function doubt(statement: Statement, why: NotUnderstood['why'], message: string): Statement | null {
  const [first] = statement.chain.sides;
  const [pair] = statement.pairs;
  if (!first || pair?.verdict.kind !== 'false') return null;
  const { left, right } = pair.verdict;
  const verdict: Verdict = {
    kind: 'not-understood',
    why,
    message,
    start: first.start,
    end: first.end,
    left,
    right,
  };
  return { ...statement, pairs: [{ ...pair, verdict }, ...statement.pairs.slice(1)] };
}

function holds(statement: Statement): boolean {
  const verdict = statement.pairs[0]?.verdict;
  return verdict !== undefined && verdict.kind !== 'false';
}

function dropFirst(statement: Statement): Statement {
  return { ...withoutFirst(statement), named: true };
}

export function withoutFirst(statement: Statement): Statement {
  const { chain } = statement;
  return {
    ...statement,
    chain: { ...chain, sides: chain.sides.slice(1), joints: chain.joints.slice(1) },
    pairs: statement.pairs
      .slice(1)
      .map((pair) => ({ ...pair, left: pair.left - 1, right: pair.right === null ? null : pair.right - 1 })),
  };
}

function negateFirst(expression: Expression, start: number): Expression | null {
  if (expression.kind === 'sum') {
    const [first, ...rest] = expression.terms;
    if (!first) return null;
    return { ...expression, start, terms: [{ ...first, negative: !first.negative }, ...rest] };
  }
  return isCalculation(expression) || expression.kind === 'number'
    ? { kind: 'negative', of: expression, start, end: expression.end }
    : null;
}
