import type { Expression, FormattedString, ParameterNode, Pattern, Statement } from './tree.js';

/** Calls `visit` with each direct subexpression, in the order Python evaluates them. */
export function eachSubexpression(node: Expression, visit: (child: Expression) => void): void {
  switch (node.kind) {
    case 'Attribute':
    case 'Starred':
    case 'YieldFrom':
    case 'Await':
      return visit(node.value);
    case 'Yield':
      if (node.value !== undefined) visit(node.value);
      return;
    case 'Subscript':
      visit(node.value);
      return visit(node.index);
    case 'Slice':
      for (const part of [node.lower, node.upper, node.step]) if (part !== undefined) visit(part);
      return;
    case 'Call':
      visit(node.callee);
      for (const arg of node.args) visit(arg);
      for (const keyword of node.keywords) visit(keyword.value);
      return;
    case 'Tuple':
    case 'List':
    case 'Set':
      for (const item of node.items) visit(item);
      return;
    case 'Dict':
      for (const { key, value } of node.entries) {
        if (key !== undefined) visit(key);
        visit(value);
      }
      return;
    case 'UnaryOp':
      return visit(node.operand);
    case 'BinOp':
      visit(node.left);
      return visit(node.right);
    case 'BoolOp':
      for (const value of node.values) visit(value);
      return;
    case 'Compare':
      visit(node.left);
      for (const value of node.comparators) visit(value);
      return;
    case 'IfExp':
      visit(node.test);
      visit(node.body);
      return visit(node.orElse);
    case 'Lambda':
      for (const { fallback } of node.parameters) if (fallback !== undefined) visit(fallback);
      return visit(node.body);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      for (const clause of node.clauses) {
        visit(clause.iterable);
        visit(clause.target);
        for (const condition of clause.conditions) visit(condition);
      }
      if (node.key !== undefined) visit(node.key);
      return visit(node.element);
    case 'NamedExpr':
      visit(node.target);
      return visit(node.value);
    case 'JoinedStr':
      return eachFormatted(node, visit);
    default:
  }
}

function eachFormatted(node: FormattedString, visit: (child: Expression) => void): void {
  for (const part of node.parts) {
    if (typeof part === 'string') continue;
    visit(part.value);
    if (part.format !== undefined) eachFormatted(part.format, visit);
  }
}

/** Calls `visit` with each expression that stands directly in a statement, annotations left out. */
export function eachExpression(node: Statement, visit: (child: Expression) => void): void {
  switch (node.kind) {
    case 'Expr':
      return visit(node.value);
    case 'Return':
      if (node.value !== undefined) visit(node.value);
      return;
    case 'Assign':
      visit(node.value);
      for (const target of node.targets) visit(target);
      return;
    case 'AugAssign':
      visit(node.target);
      return visit(node.value);
    case 'AnnAssign':
      if (node.value !== undefined) visit(node.value);
      return visit(node.target);
    case 'Delete':
      for (const target of node.targets) visit(target);
      return;
    case 'Raise':
      for (const part of [node.exception, node.cause]) if (part !== undefined) visit(part);
      return;
    case 'Assert':
      visit(node.test);
      if (node.message !== undefined) visit(node.message);
      return;
    case 'If':
    case 'While':
      return visit(node.test);
    case 'For':
      visit(node.iterable);
      return visit(node.target);
    case 'With':
      for (const { context, target } of node.items) {
        visit(context);
        if (target !== undefined) visit(target);
      }
      return;
    case 'Try':
      for (const { type } of node.handlers) if (type !== undefined) visit(type);
      return;
    case 'Match':
      visit(node.subject);
      for (const { pattern, guard } of node.cases) {
        eachPatternExpression(pattern, visit);
        if (guard !== undefined) visit(guard);
      }
      return;
    case 'FunctionDef':
      for (const decorator of node.decorators) visit(decorator);
      return eachDefault(node.parameters, visit);
    case 'ClassDef':
      for (const decorator of node.decorators) visit(decorator);
      for (const base of node.bases) visit(base);
      for (const { value } of node.keywords) visit(value);
      return;
    default:
  }
}

function eachDefault(parameters: readonly ParameterNode[], visit: (child: Expression) => void): void {
  for (const { fallback } of parameters) if (fallback !== undefined) visit(fallback);
}

function eachPatternExpression(pattern: Pattern, visit: (child: Expression) => void): void {
  if (pattern.kind === 'MatchValue') visit(pattern.value);
  if (pattern.kind === 'MatchClass') visit(pattern.cls);
  if (pattern.kind === 'MatchMapping') for (const key of pattern.keys) visit(key);
  eachSubpattern(pattern, (child) => eachPatternExpression(child, visit));
}

/** Calls `visit` with each direct subpattern. */
export function eachSubpattern(pattern: Pattern, visit: (child: Pattern) => void): void {
  switch (pattern.kind) {
    case 'MatchSequence':
    case 'MatchMapping':
    case 'MatchOr':
      for (const child of pattern.patterns) visit(child);
      return;
    case 'MatchClass':
      for (const child of pattern.patterns) visit(child);
      for (const child of pattern.namedPatterns) visit(child);
      return;
    case 'MatchAs':
      if (pattern.pattern !== undefined) visit(pattern.pattern);
      return;
    default:
  }
}

/** Calls `visit` with each block of statements inside a statement. */
export function eachBlock(node: Statement, visit: (body: readonly Statement[]) => void): void {
  switch (node.kind) {
    case 'If':
    case 'While':
    case 'For':
      visit(node.body);
      return visit(node.orElse);
    case 'With':
    case 'FunctionDef':
    case 'ClassDef':
      return visit(node.body);
    case 'Try':
      visit(node.body);
      for (const { body } of node.handlers) visit(body);
      visit(node.orElse);
      return visit(node.finalBody);
    case 'Match':
      for (const { body } of node.cases) visit(body);
      return;
    default:
  }
}
