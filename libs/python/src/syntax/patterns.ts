import { DisplayParser } from './displays.js';
import { NAME, NUMBER, STRING, STRINGS } from './tokens.js';
import type * as tree from './tree.js';

/** Reads the patterns of `match`. */
export abstract class PatternParser extends DisplayParser {
  /** A case's pattern; commas at the top make a sequence. */
  protected openPattern(): tree.Pattern {
    const { start } = this;
    const first = this.starOrPattern();
    if (!this.isOperator(',')) return first.kind === 'MatchStar' ? this.fail() : first;
    const patterns = [first];
    while (this.acceptOperator(',')) {
      if (this.isOperator(':') || this.isKeyword('if')) break;
      patterns.push(this.starOrPattern());
    }
    return { kind: 'MatchSequence', patterns, span: this.spanFrom(start) };
  }

  private starOrPattern(): tree.Pattern {
    const { start } = this;
    if (!this.acceptOperator('*')) return this.nested(() => this.asPattern());
    const name = this.expectName();
    return { kind: 'MatchStar', name: name === '_' ? undefined : name, span: this.spanFrom(start) };
  }

  private asPattern(): tree.Pattern {
    const { start } = this;
    const first = this.closedPattern();
    let pattern = first;
    if (this.isOperator('|')) {
      const patterns = [first];
      while (this.acceptOperator('|')) patterns.push(this.closedPattern());
      pattern = { kind: 'MatchOr', patterns, span: this.spanFrom(start) };
    }
    if (!this.acceptKeyword('as')) return pattern;
    const name = this.expectName();
    return { kind: 'MatchAs', pattern, name, span: this.spanFrom(start) };
  }

  private closedPattern(): tree.Pattern {
    const { start } = this;
    if (this.kind === NUMBER || this.kind === STRING || this.isOperator('-')) {
      const value = this.binaryExpression(5);
      return { kind: 'MatchValue', value, span: this.spanFrom(start) };
    }
    if (this.acceptKeyword('None'))
      return { kind: 'MatchSingleton', value: null, span: this.spanFrom(start) };
    if (this.acceptKeyword('True'))
      return { kind: 'MatchSingleton', value: true, span: this.spanFrom(start) };
    if (this.acceptKeyword('False'))
      return { kind: 'MatchSingleton', value: false, span: this.spanFrom(start) };
    if (this.acceptOperator('(')) return this.group(start, ')');
    if (this.acceptOperator('['))
      return this.kind === STRINGS ? this.stringPatterns(start) : this.group(start, ']');
    if (this.acceptOperator('{')) return this.mapping(start);
    return this.nameOrClass(start);
  }

  private stringPatterns(start: number): tree.Pattern {
    const patterns = this.stringList(start).items.map((value): tree.Pattern => ({
      kind: 'MatchValue',
      value,
      span: value.span,
    }));
    return { kind: 'MatchSequence', patterns, span: this.spanFrom(start) };
  }

  private group(start: number, close: string): tree.Pattern {
    const patterns: tree.Pattern[] = [];
    let comma = close === ']';
    while (!this.isOperator(close)) {
      patterns.push(this.starOrPattern());
      if (!this.acceptOperator(',')) break;
      comma = true;
    }
    this.expectOperator(close);
    const [only] = patterns;
    if (!comma && only !== undefined && only.kind !== 'MatchStar') return only;
    return { kind: 'MatchSequence', patterns, span: this.spanFrom(start) };
  }

  private mapping(start: number): tree.Pattern {
    const keys: tree.Expression[] = [];
    const patterns: tree.Pattern[] = [];
    let rest: string | undefined;
    while (!this.isOperator('}')) {
      if (this.acceptOperator('**')) rest = this.expectName();
      else {
        keys.push(this.binaryExpression(5));
        this.expectOperator(':');
        patterns.push(this.nested(() => this.asPattern()));
      }
      if (!this.acceptOperator(',')) break;
    }
    this.expectOperator('}');
    return { kind: 'MatchMapping', keys, patterns, rest, span: this.spanFrom(start) };
  }

  private nameOrClass(start: number): tree.Pattern {
    const first = this.expectName();
    let value: tree.Expression = { kind: 'Name', id: first, span: this.spanFrom(start) };
    while (this.acceptOperator('.')) {
      const attribute = this.expectName();
      value = { kind: 'Attribute', value, attribute, span: this.spanFrom(start) };
    }
    if (this.isOperator('(')) return this.classPattern(value, start);
    if (value.kind === 'Attribute') return { kind: 'MatchValue', value, span: this.spanFrom(start) };
    return {
      kind: 'MatchAs',
      pattern: undefined,
      name: first === '_' ? undefined : first,
      span: this.spanFrom(start),
    };
  }

  private classPattern(cls: tree.Expression, start: number): tree.Pattern {
    this.index++;
    const patterns: tree.Pattern[] = [];
    const names: string[] = [];
    const namedPatterns: tree.Pattern[] = [];
    while (!this.isOperator(')')) {
      if (this.kind === NAME && this.textAt(1) === '=') {
        names.push(this.expectName());
        this.index++;
        namedPatterns.push(this.nested(() => this.asPattern()));
      } else {
        if (names.length > 0) this.fail('positional patterns follow keyword patterns');
        patterns.push(this.nested(() => this.asPattern()));
      }
      if (!this.acceptOperator(',')) break;
    }
    this.expectOperator(')');
    return { kind: 'MatchClass', cls, patterns, names, namedPatterns, span: this.spanFrom(start) };
  }
}
