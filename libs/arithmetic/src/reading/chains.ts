import type { Account } from '../budget.js';
import { evaluate } from '../evaluation/evaluate.js';
import { Rational } from '../rational.js';
import { knownValue, type Expression, type NumberNode } from '../expression.js';
import type { Trouble } from '../parsing/cursor.js';
import type { Parser } from '../parsing/parser.js';
import { isCalculation, numericLeaves, sizes } from '../form/structure.js';
import type { RelationSign, Token } from '../tokens.js';
import { isSuffix, unitWord, workOf, type Unit } from '../units.js';
import { compareSides, runningTotal, type Verdict } from '../verdicts/verdicts.js';
import { ABOUT, CLAUSE_WORDS, FILLERS, POINTING_BACK, RELATION_WORDS } from '../vocabulary.js';
import type { Pair, Side } from '../working.js';

/** A sign or word that joins two sides, found at a token. */
interface Joint {
  readonly sign: RelationSign;
  readonly marked: boolean;
  /** "is" may not mean equals. */
  readonly loose: boolean;
  /** First token of what follows. */
  readonly next: number;
  /** The bracket that ends it: `3*7*7 (= 147)`. */
  readonly closing: number | null;
}

/** Sides and what joins them, not yet compared. */
export interface Chain {
  readonly sides: readonly Side[];
  readonly joints: readonly Joint[];
  /** Set where a sign stands at the end, but what follows it could not be read. */
  readonly broken: {
    readonly sign: RelationSign;
    readonly marked: boolean;
    readonly trouble: Trouble;
  } | null;
  /** First token behind the chain and the words that belong to it. */
  readonly next: number;
}

const MAX_AFTER_WORDS = 8;

/** Reads `= b = c` behind a first side, over line breaks that a sign bridges. */
export class ChainReader {
  constructor(
    private readonly tokens: readonly Token[],
    private readonly parser: Parser,
    private readonly account: Account,
  ) {}

  /** The side that is this expression, with the words behind it; `next` moves past these. */
  side(expression: Expression, next: number, end: number): { side: Side; next: number } {
    const words = this.wordsBehind(next, end);
    const unit = unitOf(expression) ?? words.unit;
    const value = evaluate(expression, { account: this.account });
    return {
      side: { expression, value, unit, after: words.text, start: expression.start, end: expression.end },
      next: words.next,
    };
  }

  read(first: Expression, next: number, end: number): Chain {
    const opening = this.side(first, next, end);
    const sides: Side[] = [opening.side];
    const joints: Joint[] = [];
    let at = opening.next;
    let exact = next;
    for (;;) {
      const left = sides[sides.length - 1];
      const joint =
        left &&
        ((namesWhatFollows(this.tokens, exact, at) ? null : this.joint(at, end, left.expression)) ??
          this.wordJoint(exact, end, left.expression));
      if (!left || !joint) {
        return sides.length === 1
          ? this.alone(opening.side, exact, end, at)
          : { sides, joints, broken: null, next: at };
      }
      const parsed = this.parser.parse(joint.next, end);
      if (!parsed || (parsed.expression.kind === 'name' && parsed.expression.meaning === null)) {
        const trouble = this.parser.trouble;
        const meant = this.tokens[joint.next]?.kind !== 'word' && this.tokens[joint.next]?.kind !== 'newline';
        const broken =
          trouble && meant && !parsed ? { sign: joint.sign, marked: joint.marked, trouble } : null;
        return { sides, joints, broken, next: at };
      }
      if (joint.sign === '→' && !this.arrowStates(sides, parsed.expression)) {
        return { sides, joints, broken: null, next: at };
      }
      const trimmed = this.withoutRemark(left.expression, parsed.expression, joint, parsed.next);
      const { side, next: behind } = this.side(trimmed.expression, trimmed.next, end);
      sides.push(side);
      joints.push(joint);
      at = joint.closing !== null && behind <= joint.closing ? joint.closing + 1 : behind;
      exact = at === behind ? trimmed.next : at;
    }
  }

  /** An arrow leads to a result where a calculation stands before it and one number behind it. */
  private arrowStates(sides: readonly Side[], right: Expression): boolean {
    const left = sides[sides.length - 1]?.expression;
    if (!left || isCalculation(right) || right.kind === 'tuple') return false;
    if (isCalculation(left)) return sizes(left) === null || sizes(right) === null;
    if (sides.length < 2) return false;
    const { kind } = compareSides({ left, right, sign: '→', marked: true, account: this.account });
    return kind === 'true' || kind === 'rounded';
  }

  /** A first side that nothing follows. */
  private alone(side: Side, next: number, end: number, behind: number): Chain {
    const { expression } = side;
    const remark = expression.kind === 'product' ? expression.factors[1] : undefined;
    if (expression.kind !== 'product' || expression.factors.length !== 2 || remark?.joined !== 'juxtaposed') {
      return { sides: [side], joints: [], broken: null, next: behind };
    }
    const open = openingAt(this.tokens, remark.expression.start, next);
    const number = expression.factors[0]?.expression;
    if (number?.kind !== 'number' || isCalculation(remark.expression) || !this.tokens[open]?.space) {
      return { sides: [side], joints: [], broken: null, next: behind };
    }
    const trimmed = this.side(number, open, end);
    return { sides: [trimmed.side], joints: [], broken: null, next: trimmed.next };
  }

  /** `= 75264 (75.3k)`: a bracket with one number, set off by a space, is a remark unless it makes the equation hold. */
  private withoutRemark(
    left: Expression,
    right: Expression,
    joint: Joint,
    next: number,
  ): { expression: Expression; next: number } {
    if (right.kind !== 'product') return { expression: right, next };
    const last = right.factors[right.factors.length - 1];
    if (last?.joined !== 'juxtaposed' || right.factors.length !== 2) return { expression: right, next };
    const [first] = right.factors;
    const open = openingAt(this.tokens, last.expression.start, next);
    if (!first || first.expression.kind !== 'number' || open === -1 || !this.tokens[open]?.space)
      return { expression: right, next };
    const holds = (expression: Expression) =>
      compareSides({ left, right: expression, sign: joint.sign, marked: joint.marked, account: this.account })
        .kind !== 'false';
    if (!holds(first.expression) && (holds(right) || isCalculation(last.expression)))
      return { expression: right, next };
    return { expression: first.expression, next: open };
  }

  /** A sign that joins, at `at` or behind one line break. */
  private joint(at: number, end: number, left: Expression): Joint | null {
    let next = at;
    let breaks = 0;
    while (next < end && this.tokens[next]?.kind === 'newline' && breaks < 1) {
      next++;
      breaks++;
    }
    let token = next < end ? this.tokens[next] : undefined;
    if (
      token?.kind === 'other' &&
      this.tokens[next + 1]?.kind === 'relation' &&
      token.end - token.start === 1
    ) {
      token = this.tokens[++next]; // `# = 75264`, as comments of code have it
    }
    if (token?.kind === 'open') return this.jointBehindRemark(next, end, left);
    if (token?.kind !== 'relation') return null;
    let { sign } = token;
    let marked = sign === '≈';
    next++;
    for (
      let other = this.tokens[next];
      next < end && other?.kind === 'relation';
      other = this.tokens[++next]
    ) {
      if (other.sign === '≈') marked = true;
      if (sign === '→') sign = other.sign;
    }
    return this.jointTo(sign, marked, false, next, end);
  }

  /** `147 (per filter) = ...`: a bracket between a side and its sign. */
  private jointBehindRemark(at: number, end: number, left: Expression): Joint | null {
    const open = this.tokens[at];
    if (open?.kind !== 'open' || open.match === -1 || open.match >= end || open.match - at > 12) return null;
    if (this.tokens[at + 1]?.kind === 'relation' && isCalculation(left)) {
      const inner = this.joint(at + 1, open.match, left);
      return inner && { ...inner, closing: open.match };
    }
    if (this.tokens[open.match + 1]?.kind !== 'relation') return null;
    for (let inner = at + 1; inner < open.match; inner++) {
      const kind = this.tokens[inner]?.kind;
      if (kind !== 'word' && kind !== 'number' && kind !== 'comma') return null;
    }
    return this.joint(open.match + 1, end, left);
  }

  private jointTo(sign: RelationSign, marked: boolean, loose: boolean, from: number, end: number): Joint {
    let next = from;
    let about = marked;
    while (next < end && this.tokens[next]?.kind === 'newline' && next - from < 1) next++;
    for (let skipped = 0; next < end && skipped < 4; skipped++) {
      const token = this.tokens[next];
      if (token?.kind !== 'word') break;
      const word = token.text.toLowerCase();
      if (ABOUT.has(word)) about = true;
      else if (!FILLERS.has(word)) break;
      next++;
    }
    const landed = this.tokens[next];
    if (landed?.kind === 'word' && next !== from && !about)
      return { sign, marked, loose, next: from, closing: null };
    return { sign, marked: about, loose, next, closing: null };
  }

  /** "gives", "equals", "is", behind a calculation and up to three words about it. */
  private wordJoint(at: number, end: number, left: Expression): Joint | null {
    if (!isCalculation(left)) return null;
    let inClause = false;
    for (let next = at; next < end && next < at + 5; next++) {
      const token = this.tokens[next];
      if (token?.kind !== 'word') return null;
      const word = token.text.toLowerCase();
      const relation = RELATION_WORDS.get(word);
      if (!relation) {
        // `3/5 and the F1 score is 2/3` speaks of something else, `64*9 and that is 576` does not.
        if (inClause && !POINTING_BACK.has(word) && !CLAUSE_WORDS.has(word)) return null;
        inClause ||= CLAUSE_WORDS.has(word);
        continue;
      }
      const joint = this.jointTo(relation.sign, false, !relation.sure, next + 1, end);
      const landed = this.tokens[joint.next];
      const number = landed?.kind === 'number' || (landed?.kind === 'open' && landed.match !== -1);
      return number ? joint : null;
    }
    return null;
  }

  /** The closing token of a bracket that holds a few words and nothing else. */
  private remarkEnd(at: number, end: number): number | null {
    const open = this.tokens[at];
    if (
      open?.kind !== 'open' ||
      open.match === -1 ||
      open.match >= end ||
      open.match - at > 6 ||
      open.match === at + 1
    )
      return null;
    for (let inner = at + 1; inner < open.match; inner++)
      if (this.tokens[inner]?.kind !== 'word') return null;
    return open.match;
  }

  private wordsBehind(from: number, end: number): { text: string; unit: Unit | null; next: number } {
    const words: string[] = [];
    let unit: Unit | null = null;
    let next = from;
    for (; next < end && words.length < MAX_AFTER_WORDS; next++) {
      const token = this.tokens[next];
      if (token?.kind === 'open' && this.remarkEnd(next, end) !== null) continue;
      if (
        token?.kind === 'close' &&
        token.bracket === '(' &&
        words.length > 0 &&
        this.tokens[next - 1]?.kind === 'word'
      )
        continue;
      if (token?.kind !== 'word') break;
      words.push(token.text);
      const counts: Unit['counts'] | null = unit === null && words.length <= 2 ? unitWord(token.text) : null;
      if (counts !== null) unit = { written: token.text, counts };
    }
    // Words up to the next calculation belong to what they precede, unless a sign follows them.
    const follower = next < end ? this.tokens[next] : undefined;
    const belongs =
      follower === undefined ||
      ['relation', 'newline', 'stop', 'semicolon', 'comma', 'close', 'cell', 'open', 'rule'].includes(
        follower.kind,
      );
    return { text: words.join(' '), unit, next: belongs ? next : from };
  }
}

/** `3(h + 1) with h = 256`: the last word before a sign is a name of its own. */
function namesWhatFollows(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token?.kind !== 'word') continue;
    if (CLAUSE_WORDS.has(token.text.toLowerCase())) return true;
    if (
      at === to - 1 &&
      /^\p{L}(?:[\d_].*|\p{L}?)$/u.test(token.text) &&
      unitWord(token.text) === null &&
      !isSuffix(token.text)
    )
      return true;
  }
  return false;
}

/** The bracket that opens at a place, looked for backwards from token `before`; -1 where none does. */
function openingAt(tokens: readonly Token[], start: number, before: number): number {
  let at = before - 1;
  while (at >= 0 && (tokens[at]?.start ?? 0) > start) at--;
  return tokens[at]?.kind === 'open' && tokens[at]?.start === start ? at : -1;
}

function unitOf(expression: Expression): Unit | null {
  if (expression.kind === 'number') return expression.numeral.unit;
  if (expression.kind === 'product') {
    const last = expression.factors[expression.factors.length - 1]?.expression;
    return last?.kind === 'number' && last.numeral.unit?.counts === 'bytes' ? last.numeral.unit : null;
  }
  return null;
}

/** Compares every two neighbours of a chain. */
export function comparePairs(chain: Chain, account: Account): Pair[] {
  const pairs: Pair[] = [];
  const verdicts = chain.joints.map((joint, at): Verdict => {
    const left = chain.sides[at];
    const right = chain.sides[at + 1];
    if (!left || !right) throw new Error('A joint has a side on either hand.');
    return compareSides({
      left: left.expression,
      right: right.expression,
      sign: joint.sign,
      marked: joint.marked,
      account,
    });
  });
  for (const [at, joint] of chain.joints.entries()) {
    const left = chain.sides[at];
    const right = chain.sides[at + 1];
    const plain = verdicts[at];
    if (!left || !right || !plain) continue;
    const follower = verdicts[at + 1];
    const continues =
      follower !== undefined &&
      (follower.kind === 'true' || follower.kind === 'rounded' || continuesFalsely(chain, at + 1));
    const comparison = {
      left: left.expression,
      right: right.expression,
      sign: joint.sign,
      marked: joint.marked,
    };
    let verdict = separateStatements(
      convertUnits(runningTotal(comparison, plain, continues), left, right),
      comparison,
    );
    if (verdict.kind === 'false' && (joint.loose || joint.sign === '→')) {
      verdict = {
        kind: 'not-understood',
        why: 'relation-is-loose',
        message: joint.loose
          ? 'The word between these need not mean equals.'
          : 'The arrow between these need not mean equals.',
        start: left.start,
        end: right.end,
        left: verdict.left,
        right: verdict.right,
      };
    }
    pairs.push({ left: at, right: at + 1, sign: joint.sign, marked: joint.marked, verdict });
  }
  return pairs;
}

/** `3*3=9,64*9=576`: where each side of a point or comma makes its own equation true, two may stand there. */
function separateStatements(
  verdict: Verdict,
  { left, right }: { left: Expression; right: Expression },
): Verdict {
  if (verdict.kind !== 'false') return verdict;
  const ending = splitNumeral(numericLeaves(right)[0]);
  const beginning = splitNumeral(numericLeaves(left)[0]);
  const endsWell = ending !== null && isCalculation(left) && knownValue(evaluate(left))?.equals(ending.whole);
  const beginsWell =
    beginning !== null &&
    isCalculation(left) &&
    knownValue(
      evaluate(left, { replace: (part) => (part === beginning.node ? beginning.rest : null) }),
    )?.equals(verdict.right);
  if (!endsWell && !beginsWell) return verdict;
  return {
    kind: 'not-understood',
    why: 'may-be-two-statements',
    message: 'A point or comma here may separate two statements.',
    start: left.start,
    end: right.end,
    left: verdict.left,
    right: verdict.right,
  };
}

function splitNumeral(
  node: NumberNode | undefined,
): { node: NumberNode; whole: Rational; rest: Rational } | null {
  const [whole, rest, more] = node?.numeral.written.split(/[.,]/) ?? [];
  if (!node || !whole || !rest || more !== undefined || !/^\d+$/.test(whole) || !/^\d+$/.test(rest))
    return null;
  return { node, whole: Rational.fromDigits(whole), rest: Rational.fromDigits(rest) };
}

/** Sides that count different things are not false for having different numbers. */
function convertUnits(verdict: Verdict, left: Side, right: Side): Verdict {
  if (verdict.kind !== 'false' || !left.unit || !right.unit) return verdict;
  if (left.unit.counts === right.unit.counts) return convertWork(verdict, left.unit, right.unit);
  const eight = Rational.of(8);
  const [from, to] = [left.unit.counts, right.unit.counts];
  const converted =
    from === 'bits' && to === 'bytes'
      ? verdict.right.times(eight)
      : from === 'bytes' && to === 'bits'
        ? verdict.right.dividedBy(eight)
        : null;
  if (converted?.equals(verdict.left)) {
    return {
      kind: 'true',
      left: verdict.left,
      right: verdict.right,
      conventions: [...verdict.conventions, 'byte-is-8-bits'],
    };
  }
  return {
    kind: 'not-understood',
    why: 'units-differ',
    message: `One side counts ${from}, the other ${to}.`,
    start: left.start,
    end: right.end,
    left: verdict.left,
    right: verdict.right,
  };
}

/** `1,228,800 MACs = 2,457,600 FLOPs` */
function convertWork(verdict: Extract<Verdict, { kind: 'false' }>, left: Unit, right: Unit): Verdict {
  const [from, to] = [workOf(left), workOf(right)];
  if (from === null || to === null || from === to) return verdict;
  const [less, more] = from === 'flops' ? [verdict.right, verdict.left] : [verdict.left, verdict.right];
  if (!less.plus(less).equals(more)) return verdict;
  const { left: before, right: behind, conventions } = verdict;
  return { kind: 'true', left: before, right: behind, conventions: [...conventions, 'two-flops-each'] };
}

/** A running total goes on for several links: `a = b + c = d + e = f`. */
function continuesFalsely(chain: Chain, at: number): boolean {
  const next = chain.sides[at + 1];
  return next !== undefined && isCalculation(next.expression);
}
