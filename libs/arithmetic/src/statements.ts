import type { Account } from './budget.js';
import { ChainReader, comparePairs, type Chain } from './chains.js';
import type { Expression } from './expression.js';
import type { Parser } from './parser.js';
import { isCalculation, numericLeaves, sizes } from './structure.js';
import type { Token } from './tokens.js';
import { SHAPE_WORDS } from './vocabulary.js';
import type { Pair } from './working.js';

/** A chain with its verdicts, and where in the tokens its first side begins. */
export interface Statement {
  readonly chain: Chain;
  readonly pairs: readonly Pair[];
  readonly from: number;
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
    if (plain === null || holds(plain) || plain.chain.sides.length < 2) return plain;
    return this.withoutNumbering(plain, from, end) ?? this.withoutSize(plain, from) ?? this.afterBullet(plain, from) ?? plain;
  }

  private readFrom(from: number, end: number, operand: boolean): Statement | null {
    const parsed = this.parser.parse(from, end, operand);
    if (!parsed) return null;
    const chain = this.chains.read(parsed.expression, parsed.next, end);
    return { chain, pairs: comparePairs(chain, this.account), from };
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
    return holds(later) || this.wordBefore(from) !== null ? later : null;
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
    if (sizes(first.expression) === null) return null;
    if (before !== null && SHAPE_WORDS.has(before.toLowerCase())) return dropFirst(plain);
    if (wordsBehind && SHAPE_WORDS.has(first.after.split(' ')[0]?.toLowerCase() ?? '')) return dropFirst(plain);
    const { ratio } = pair.verdict;
    const factors = numericLeaves(first.expression).length;
    if (factors > 2 || !this.lineHasWordsBefore(from) || !ratio?.isInteger || ratio.sign <= 0) return null;
    const doubtful: Pair = {
      ...pair,
      verdict: {
        kind: 'not-understood',
        why: 'may-be-a-size',
        message: 'The left side may be a size and no calculation.',
        start: first.start,
        end: first.end,
        left: pair.verdict.left,
        right: pair.verdict.right,
      },
    };
    return { ...plain, pairs: [doubtful, ...plain.pairs.slice(1)] };
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
    const signed: Statement = { chain, pairs: comparePairs(chain, this.account), from: from - 1 };
    return holds(signed) ? signed : null;
  }

  private wordBefore(from: number): string | null {
    const token = this.tokens[from - 1];
    return token?.kind === 'word' && !token.phrase ? token.text : token?.kind === 'word' ? (token.text.split(' ').pop() ?? null) : null;
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

function holds(statement: Statement): boolean {
  const verdict = statement.pairs[0]?.verdict;
  return verdict !== undefined && verdict.kind !== 'false';
}

function dropFirst(statement: Statement): Statement {
  const { chain, pairs } = statement;
  return {
    ...statement,
    chain: { ...chain, sides: chain.sides.slice(1), joints: chain.joints.slice(1) },
    pairs: pairs.slice(1).map((pair) => ({ ...pair, left: pair.left - 1, right: pair.right === null ? null : pair.right - 1 })),
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
