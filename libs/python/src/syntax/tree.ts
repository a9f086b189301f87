import type { Span } from '../source/text.js';
import type { SourceText } from '../source/text.js';

/**
 * The syntax tree: names as in CPython's `ast`, one discriminated union each for expressions, statements and
 * patterns. Every node knows its span.
 */

export interface Module {
  readonly source: SourceText;
  readonly body: readonly Statement[];
  /** Every syntax error met on the way, in order; the tree holds what could be read around them. */
  readonly errors: readonly SyntaxProblem[];
}

/** A syntax error, with the type and the words CPython would use. */
export interface SyntaxProblem {
  readonly type: 'SyntaxError' | 'IndentationError' | 'TabError';
  readonly message: string;
  readonly span: Span;
}

interface Node {
  readonly span: Span;
}

export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'is' | 'is not' | 'in' | 'not in';

export interface Constant extends Node {
  readonly kind: 'Constant';
  readonly value: null | boolean | bigint | number | string;
}
export interface Bytes extends Node {
  readonly kind: 'Bytes';
  readonly value: Uint8Array;
}
export interface EllipsisLiteral extends Node {
  readonly kind: 'Ellipsis';
}
export interface Imaginary extends Node {
  readonly kind: 'Imaginary';
  readonly value: number;
}
export interface Name extends Node {
  readonly kind: 'Name';
  readonly id: string;
}
export interface Attribute extends Node {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attribute: string;
}
export interface Subscript extends Node {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}
export interface Slice extends Node {
  readonly kind: 'Slice';
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface Starred extends Node {
  readonly kind: 'Starred';
  readonly value: Expression;
}
export interface Keyword extends Node {
  /** Undefined for `**mapping`. */
  readonly name: string | undefined;
  readonly value: Expression;
}
export interface Call extends Node {
  readonly kind: 'Call';
  readonly callee: Expression;
  /** Positional arguments; `*items` as {@link Starred}. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
export interface Sequence extends Node {
  readonly kind: 'Tuple' | 'List' | 'Set';
  readonly items: readonly Expression[];
}
export interface DictLiteral extends Node {
  readonly kind: 'Dict';
  /** `key` is undefined for `**mapping`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface UnaryOperation extends Node {
  readonly kind: 'UnaryOp';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}
export interface BinaryOperation extends Node {
  readonly kind: 'BinOp';
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanOperation extends Node {
  readonly kind: 'BoolOp';
  readonly operator: 'and' | 'or';
  readonly values: readonly Expression[];
}
export interface Comparison extends Node {
  readonly kind: 'Compare';
  readonly left: Expression;
  readonly operators: readonly ComparisonOperator[];
  readonly comparators: readonly Expression[];
}
export interface Conditional extends Node {
  readonly kind: 'IfExp';
  readonly test: Expression;
  readonly body: Expression;
  readonly orElse: Expression;
}
export interface Lambda extends Node {
  readonly kind: 'Lambda';
  readonly parameters: readonly ParameterNode[];
  readonly body: Expression;
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}
export interface Comprehension extends Node {
  readonly kind: 'ListComp' | 'SetComp' | 'GeneratorExp' | 'DictComp';
  /** The element, or a DictComp's value. */
  readonly element: Expression;
  /** A DictComp's key. */
  readonly key: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export interface Yield extends Node {
  readonly kind: 'Yield';
  readonly value: Expression | undefined;
}
export interface YieldFrom extends Node {
  readonly kind: 'YieldFrom';
  readonly value: Expression;
}
export interface Await extends Node {
  readonly kind: 'Await';
  readonly value: Expression;
}
export interface NamedExpression extends Node {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expression;
}
export interface FormattedValue {
  readonly value: Expression;
  readonly conversion: 'r' | 's' | 'a' | undefined;
  readonly format: FormattedString | undefined;
  /** `x=` of `f'{x=}'`, as written. */
  readonly label: string | undefined;
}
export interface FormattedString extends Node {
  readonly kind: 'JoinedStr';
  readonly parts: readonly (string | FormattedValue)[];
}
/** Stands where nothing could be read. */
export interface ErrorExpression extends Node {
  readonly kind: 'ErrorExpression';
}

export type Expression =
  | Constant
  | Bytes
  | EllipsisLiteral
  | Imaginary
  | Name
  | Attribute
  | Subscript
  | Slice
  | Starred
  | Call
  | Sequence
  | DictLiteral
  | UnaryOperation
  | BinaryOperation
  | BooleanOperation
  | Comparison
  | Conditional
  | Lambda
  | Comprehension
  | Yield
  | YieldFrom
  | Await
  | NamedExpression
  | FormattedString
  | ErrorExpression;

export interface ParameterNode extends Node {
  readonly name: string;
  readonly kind: 'positional-only' | 'ordinary' | 'keyword-only' | 'rest' | 'keywords';
  readonly annotation: Expression | undefined;
  readonly fallback: Expression | undefined;
}

export interface FunctionDefinition extends Node {
  readonly kind: 'FunctionDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly ParameterNode[];
  readonly returns: Expression | undefined;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
  readonly typeParameters: readonly string[];
}
export interface ClassDefinition extends Node {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly typeParameters: readonly string[];
}
export interface ExpressionStatement extends Node {
  readonly kind: 'Expr';
  readonly value: Expression;
}
export interface Assign extends Node {
  readonly kind: 'Assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign extends Node {
  readonly kind: 'AugAssign';
  readonly target: Expression;
  readonly operator: Operator;
  readonly value: Expression;
}
export interface AnnotatedAssign extends Node {
  readonly kind: 'AnnAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}
export interface TypeAlias extends Node {
  readonly kind: 'TypeAlias';
  readonly name: string;
  readonly value: Expression;
}
export interface Return extends Node {
  readonly kind: 'Return';
  readonly value: Expression | undefined;
}
export interface Delete extends Node {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}
export interface Raise extends Node {
  readonly kind: 'Raise';
  readonly exception: Expression | undefined;
  readonly cause: Expression | undefined;
}
export interface Assert extends Node {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message: Expression | undefined;
}
export interface Simple extends Node {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}
export interface Scoping extends Node {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly string[];
}
export interface ImportAlias {
  readonly name: string;
  readonly as: string | undefined;
  readonly span: Span;
}
export interface Import extends Node {
  readonly kind: 'Import';
  readonly names: readonly ImportAlias[];
}
export interface ImportFrom extends Node {
  readonly kind: 'ImportFrom';
  readonly module: string;
  /** Leading dots. */
  readonly level: number;
  /** Undefined for `*`. */
  readonly names: readonly ImportAlias[] | undefined;
}
export interface If extends Node {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
}
export interface While extends Node {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
}
export interface For extends Node {
  readonly kind: 'For';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
  readonly isAsync: boolean;
}
export interface WithItem {
  readonly context: Expression;
  readonly target: Expression | undefined;
}
export interface With extends Node {
  readonly kind: 'With';
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}
export interface ExceptHandler extends Node {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: readonly Statement[];
}
export interface Try extends Node {
  readonly kind: 'Try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orElse: readonly Statement[];
  readonly finalBody: readonly Statement[];
  /** `except*` */
  readonly isStar: boolean;
}
export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}
export interface Match extends Node {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
/** A statement that could not be read; running it raises its SyntaxError. */
export interface ErrorStatement extends Node {
  readonly kind: 'ErrorStatement';
  readonly problem: SyntaxProblem;
}

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | ExpressionStatement
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | TypeAlias
  | Return
  | Delete
  | Raise
  | Assert
  | Simple
  | Scoping
  | Import
  | ImportFrom
  | If
  | While
  | For
  | With
  | Try
  | Match
  | ErrorStatement;

export type Pattern = Node &
  (
    | { readonly kind: 'MatchValue'; readonly value: Expression }
    | { readonly kind: 'MatchSingleton'; readonly value: null | boolean }
    | { readonly kind: 'MatchSequence'; readonly patterns: readonly Pattern[] }
    | { readonly kind: 'MatchStar'; readonly name: string | undefined }
    | {
        readonly kind: 'MatchMapping';
        readonly keys: readonly Expression[];
        readonly patterns: readonly Pattern[];
        readonly rest: string | undefined;
      }
    | {
        readonly kind: 'MatchClass';
        readonly cls: Expression;
        readonly patterns: readonly Pattern[];
        readonly names: readonly string[];
        readonly namedPatterns: readonly Pattern[];
      }
    | { readonly kind: 'MatchAs'; readonly pattern: Pattern | undefined; readonly name: string | undefined }
    | { readonly kind: 'MatchOr'; readonly patterns: readonly Pattern[] }
  );
