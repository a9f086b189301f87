import type { Expression } from './tree.js';

/** What an expression is called in `cannot assign to ...`. */
export function describe(expression: Expression): string {
  switch (expression.kind) {
    case 'Constant':
      return expression.value === null || typeof expression.value === 'boolean'
        ? expression.value === null
          ? 'None'
          : expression.value
            ? 'True'
            : 'False'
        : 'literal';
    case 'Bytes':
    case 'Imaginary':
      return 'literal';
    case 'Ellipsis':
      return 'ellipsis';
    case 'Call':
      return 'function call';
    case 'UnaryOp':
    case 'BinOp':
    case 'BoolOp':
      return 'expression';
    case 'Compare':
      return 'comparison';
    case 'IfExp':
      return 'conditional expression';
    case 'Lambda':
      return 'lambda';
    case 'ListComp':
      return 'list comprehension';
    case 'SetComp':
      return 'set comprehension';
    case 'DictComp':
      return 'dict comprehension';
    case 'GeneratorExp':
      return 'generator expression';
    case 'Yield':
    case 'YieldFrom':
      return 'yield expression';
    case 'Await':
      return 'await expression';
    case 'JoinedStr':
      return 'f-string expression';
    case 'Dict':
      return 'dict literal';
    case 'Set':
      return 'set display';
    case 'NamedExpr':
      return 'named expression';
    case 'Starred':
      return 'starred';
    case 'Tuple':
      return 'tuple';
    case 'List':
      return 'list';
    default:
      return 'expression';
  }
}

/** The first part of an assignment's target that cannot be assigned to; undefined if all can. */
export function invalidTarget(target: Expression): Expression | undefined {
  switch (target.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
    case 'ErrorExpression':
      return undefined;
    case 'Starred':
      return invalidTarget(target.value);
    case 'Tuple':
    case 'List':
      for (const item of target.items) {
        const invalid = invalidTarget(item);
        if (invalid !== undefined) return invalid;
      }
      return undefined;
    default:
      return target;
  }
}
