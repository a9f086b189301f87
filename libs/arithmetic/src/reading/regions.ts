import type { Account } from '../budget.js';
import { readingsOf } from '../evaluation/readings.js';
import { functionNamed } from '../evaluation/functions.js';
import { evaluate, numeralValue } from '../evaluation/evaluate.js';
import { knownValue, type Expression, type Span } from '../expression.js';
import { isNumbering, LineContext } from './line-context.js';
import { labelBetween, quoteSpan, type Lines } from './labels.js';
import type { Names } from '../names.js';
import type { Parser } from '../parsing/parser.js';
import type { Rational } from '../rational.js';
import { brokenPair } from './broken-pair.js';
import { StatementReader, withoutFirst, type Statement } from './statements.js';
import { numericLeaves, sizes } from '../form/structure.js';
import type { Token } from '../tokens.js';
import { ABOUT, FILLERS } from '../vocabulary.js';
import { announces, quantityKind } from './quantity-kinds.js';
import { overallVerdict } from '../verdicts/overall.js';
import type { CellPlace, Equation, Label, Note, Quantity, Side } from '../working.js';

/** What the reading of all regions of one text shares. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lines: Lines;
  readonly names: Names;
  readonly parser: Parser;
  readonly account: Account;
  readonly equations: Equation[];
  readonly quantities: Quantity[];
  readonly notes: Note[];
}

/** Reads one stretch of tokens: the text between tables, or one cell. */
export class RegionReader {
  /** Where the words begin that nothing has been read from yet, and where the clause they stand in does. */
  private labelFrom = 0;
  private clauseFrom = 0;
  private readonly statements: StatementReader;
  private readonly context: LineContext;

  constructor(private readonly reading: Reading) {
    this.statements = new StatementReader(reading.tokens, reading.parser, reading.account);
    this.context = new LineContext(reading.text, reading.tokens);
  }

  read(from: number, end: number, cell: CellPlace | null): void {
    const { tokens, parser } = this.reading;
    this.labelFrom = from;
    this.clauseFrom = from;
    if (cell === null) this.context.introduce(from, end);
    let at = from;
    while (at < end) {
      if (parser.exhausted) {
        this.note(
          'cut-short',
          'The rest was not read: this text takes too long to make out.',
          tokens[at],
          tokens[end - 1],
        );
        return;
      }
      const token = tokens[at];
      if (!token) return;
      switch (token.kind) {
        case 'newline':
          if (!this.labelGoesOn(at, end)) this.startClause(at + 1);
          at++;
          if (cell === null) this.context.introduce(at, end);
          break;
        case 'marker':
          this.context.mark(token);
          this.startClause(++at);
          break;
        case 'stop':
        case 'semicolon':
        case 'rule':
        case 'inequality':
          this.startClause(++at);
          break;
        case 'relation':
          at = this.readResult(at, end, cell);
          break;
        case 'number':
          at = isNumbering(tokens, at) ? at + 1 : this.readStatement(at, end, cell);
          break;
        case 'open':
          at = this.remarkBehind(at, end) ?? this.readStatement(at, end, cell);
          break;
        case 'command':
        case 'word':
          at = this.readStatement(at, end, cell);
          break;
        case 'operator':
          at = this.startsSigned(at, end) ? this.readStatement(at, end, cell) : at + 1;
          break;
        default:
          at++;
      }
    }
  }

  /** A line that ends in a colon, or before one that begins with a sign, labels what follows. */
  private labelGoesOn(at: number, end: number): boolean {
    const { tokens } = this.reading;
    const before = tokens[at - 1];
    const after = at + 1 < end ? tokens[at + 1] : undefined;
    if (at <= this.labelFrom || tokens[at]?.kind !== 'newline') return false;
    return before?.kind === 'colon' || before?.kind === 'relation' || after?.kind === 'relation';
  }

  private startClause(at: number): void {
    this.labelFrom = at;
    this.clauseFrom = at;
  }

  /** `Linear(512, 30): ...`: before a colon or a sign, what was read as numbers is still what the result is called. */
  private labelOfClause(at: number, result: boolean, until: number): Label | null {
    const { tokens, text } = this.reading;
    if (!result && tokens[at - 1]?.kind !== 'colon') return null;
    const label = labelBetween(text, tokens[this.clauseFrom]?.start ?? until, until);
    return label?.text.includes('=') && !label.text.includes('(') ? null : label;
  }

  /** The token behind `(Conv2d)`: a bracket that holds nothing but words and that nothing is done with. */
  private remarkBehind(at: number, end: number): number | null {
    const { tokens, names } = this.reading;
    const open = tokens[at];
    if (open?.kind !== 'open' || open.bracket === '{' || open.match <= at + 1 || open.match >= end)
      return null;
    for (let inner = at + 1; inner < open.match; inner++) {
      const token = tokens[inner];
      if (
        token?.kind !== 'word' ||
        token.math ||
        token.text.length < 3 ||
        names.meaningOf(token.text) !== null
      )
        return null;
    }
    const behind = tokens[open.match + 1];
    return behind?.kind === 'operator' ? null : open.match + 1;
  }

  /** `Length: 1000 → 999 → 997`: the number that an arrow leads on from. */
  private courseTo(at: number): Quantity | null {
    const { tokens, quantities } = this.reading;
    const before = quantities[quantities.length - 1];
    const isNext = isArrow(tokens[at - 1]) && before !== undefined && before.end === tokens[at - 2]?.end;
    return isNext && before.expression.kind === 'number' ? before : null;
  }

  /** `conv1 (Conv2d)   [6, 28, 28]   156`: in lines set like a table, a number far behind a shape has the same name. */
  private labelOfRow(at: number): Label | null {
    const { tokens, quantities, text } = this.reading;
    const before = tokens[at - 1];
    const token = tokens[at];
    const shape = quantities[quantities.length - 1];
    if (!before || !token || shape?.end !== before.end) return null;
    if (shape.kind !== 'dimensions' && text.charAt(shape.start) !== '[') return null;
    return /^(?: {2,}| *\t\s*)$/.test(text.slice(before.end, token.start)) ? shape.label : null;
  }

  private startsSigned(at: number, end: number): boolean {
    const sign = this.reading.tokens[at];
    const next = at + 1 < end ? this.reading.tokens[at + 1] : undefined;
    if (sign?.kind !== 'operator' || (sign.operator !== '-' && sign.operator !== '+') || sign.dash)
      return false;
    const before = this.reading.tokens[at - 1];
    if (before?.kind === 'word' && sign.operator === '-' && !next?.space && before.end === sign.start)
      return false;
    if (next?.kind === 'word')
      return this.reading.tokens[at + 2]?.kind === 'open' && functionNamed(next.text) !== null;
    return next?.kind === 'number' || next?.kind === 'open' || next?.kind === 'command';
  }

  private readStatement(at: number, end: number, cell: CellPlace | null): number {
    const statement = this.statements.read(at, end, false);
    if (!statement) return this.passOver(at);
    const [first] = statement.chain.sides;
    if (!first) return at + 1;
    if (first.expression.kind === 'name') {
      if (statement.chain.sides.length === 1) return Math.max(at + 1, this.tokenBehind(first, at));
      return this.keep(withoutFirst(statement), at, this.tokenBehind(first, at), cell, true);
    }
    if (statement.chain.sides.length === 1 && numericLeaves(first.expression).length === 0) return at + 1;
    return this.keep(statement, at, statement.from, cell, statement.named);
  }

  /** `Total = 385536`, `≈ 75k`: a sign with words, or nothing, before it. */
  private readResult(at: number, end: number, cell: CellPlace | null): number {
    const { tokens } = this.reading;
    const relation = tokens[at];
    let next = at + 1;
    let about = relation?.kind === 'relation' && relation.sign === '≈';
    while (next < end && next < at + 6) {
      const token = tokens[next];
      const word = token?.kind === 'word' ? token.text.toLowerCase() : null;
      if (token?.kind === 'relation' || (token?.kind === 'newline' && !token.blank && next === at + 1))
        next++;
      else if (word !== null && ABOUT.has(word)) {
        about = true;
        next++;
      } else if (word !== null && FILLERS.has(word) && tokens[next + 1]?.kind === 'number') next++;
      else break;
    }
    const statement = next < end ? this.statements.read(next, end, this.operandStarts(next, end)) : null;
    if (!statement || statement.chain.sides.every((side) => side.expression.kind === 'name')) {
      if (isArrow(relation)) this.labelFrom = at + 1;
      return at + 1;
    }
    const leads = isArrow(relation);
    if (leads) this.labelFrom = at + 1;
    return this.keep(statement, next, leads ? statement.from : at, cell, !leads, about);
  }

  /** Behind a sign a word is an operand where an operator follows it. */
  private operandStarts(at: number, end: number): boolean {
    const token = this.reading.tokens[at];
    const next = at + 1 < end ? this.reading.tokens[at + 1] : undefined;
    return token?.kind === 'word' && (token.math || (next?.kind === 'operator' && next.operator !== '!'));
  }

  /** Moves on by one token; brackets that hold no expression are looked into. */
  private passOver(at: number): number {
    const { parser } = this.reading;
    if (parser.trouble?.kind === 'too-deep') {
      this.note('not-understood', parser.trouble.message, parser.trouble, parser.trouble);
      const open = this.reading.tokens[at];
      if (open?.kind === 'open' && open.match > at) return open.match + 1;
    }
    return at + 1;
  }

  private tokenBehind(span: Span, from: number): number {
    const { tokens } = this.reading;
    let at = from;
    while (at < tokens.length && (tokens[at]?.start ?? 0) < span.end) at++;
    return at;
  }

  /** Records a statement. `labelEnd` is the token before which its label ends. */
  private keep(
    statement: Statement,
    at: number,
    labelEnd: number,
    cell: CellPlace | null,
    result: boolean,
    about = false,
  ): number {
    const { tokens, text, lines } = this.reading;
    const { chain } = statement;
    const [first] = chain.sides;
    const last = chain.sides[chain.sides.length - 1];
    if (!first || !last) return Math.max(at + 1, chain.next);
    const quote = quoteSpan(text, first.start, last.end);
    const labelStart = tokens[this.labelFrom]?.start ?? first.start;
    const until = Math.min(
      first.start,
      Math.max(labelStart, tokens[labelEnd]?.start ?? first.start, first.start),
    );
    const words = labelBetween(text, labelStart, until);
    const torn = words !== null && words.text.includes(')') && !words.text.includes('(');
    const row = words === null ? this.labelOfRow(at) : null;
    const isEquation = chain.sides.length > 1 || chain.broken !== null;
    const course = isEquation ? null : this.courseTo(at);
    const label =
      (torn ? null : words) ?? this.labelOfClause(at, result, until) ?? words ?? row ?? course?.label ?? null;
    const isOutcome = (course?.label ?? null) !== null && last.after === '' && !isArrow(tokens[chain.next]);
    const kind = isEquation
      ? null
      : isOutcome && first.expression.kind === 'number'
        ? 'stated'
        : quantityKind(tokens, {
            side: first,
            label,
            at,
            next: chain.next,
            result: result || row !== null,
            inCell: cell !== null,
          });
    const place = {
      line: lines.lineOf(first.start),
      marker: this.context.marker,
      label,
      lead: this.context.lead,
      after: last.after,
      cell,
      defines: kind === 'mention' ? null : this.define(label, first, last, at, result),
    };
    if (kind === null) {
      const pairs = [...statement.pairs];
      if (chain.broken) pairs.push(brokenPair(chain, chain.sides.length - 1));
      this.reading.equations.push({
        kind: 'chain',
        ...place,
        ...quote,
        sides: chain.sides,
        pairs,
        verdict: overallVerdict(pairs),
      });
    } else this.keepQuantity(first, { ...place, ...quote }, kind, at, about);
    if (chain.sides.length === 1) this.noteAmbiguities(first.expression);
    for (const { verdict } of statement.pairs) {
      if (verdict.kind !== 'not-understood' && verdict.conventions.includes('point-groups-thousands')) {
        for (const side of chain.sides) this.noteAmbiguities(side.expression);
      }
    }
    const next = Math.max(at + 1, chain.next);
    this.labelFrom = next;
    if (isEquation) this.clauseFrom = next;
    return next;
  }

  private keepQuantity(
    side: Side,
    place: Omit<
      Quantity,
      'kind' | 'expression' | 'value' | 'unit' | 'approximate' | 'sizes' | 'otherReadings'
    >,
    kind: Quantity['kind'],
    at: number,
    about: boolean,
  ): void {
    const { account } = this.reading;
    const shape = sizes(side.expression);
    const otherReadings = readingsOf(side.expression).flatMap((conventions) => {
      const value =
        conventions.length === 0 ? null : knownValue(evaluate(side.expression, { conventions, account }));
      return value ? [{ value, conventions }] : [];
    });
    this.reading.quantities.push({
      kind,
      ...place,
      expression: side.expression,
      value: side.value,
      unit: side.unit,
      approximate: about || this.aboutBefore(at),
      sizes: shape && shape.map(({ numeral }): Rational => numeralValue(numeral)),
      otherReadings,
    });
  }

  private aboutBefore(at: number): boolean {
    const before = this.reading.tokens[at - 1];
    return (
      (before?.kind === 'word' && ABOUT.has(before.text.toLowerCase())) ||
      (before?.kind === 'relation' && before.sign === '≈')
    );
  }

  /** Lets later lines use the name before `=` or `:`; its value is what the chain ends in. */
  private define(label: Label | null, first: Side, last: Side, at: number, result: boolean): string | null {
    const before = this.reading.tokens[at - 1];
    if (!label || (!result && !announces(before))) return null;
    if (last.value.kind === 'unknown') return null;
    const meaning = { first: first.value, last: last.value, start: first.start, end: last.end };
    const name = label.text.slice(label.text.lastIndexOf(':') + 1).trim();
    const words = name.split(' ');
    const lastWord = words[words.length - 1] ?? '';
    const { names } = this.reading;
    const whole = words.length <= 4 && !/[()[\]=&#]/.test(name);
    if (whole) names.define(name, meaning);
    const symbol = /^\p{L}(?:[\d_]|.{0,2}$)/u.test(lastWord);
    if (symbol) names.define(lastWord, meaning);
    return whole ? name : symbol ? lastWord : null;
  }

  private noteAmbiguities(expression: Expression): void {
    for (const { numeral, start, end } of numericLeaves(expression)) {
      if (!numeral.otherMantissa || numeral.otherMantissa.convention === 'comma-is-decimal') continue;
      this.note(
        'ambiguous-number',
        `${numeral.written} may be ${numeral.otherMantissa.value.toDecimal()}.`,
        { start, end },
        { start, end },
      );
    }
  }

  private note(kind: Note['kind'], message: string, first: Span | undefined, last: Span | undefined): void {
    this.reading.notes.push({ kind, message, start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 });
  }
}

function isArrow(token: Token | undefined): boolean {
  return token?.kind === 'relation' && token.sign === '→';
}
