import { PyDict } from '@tensormark/python';
import type { PyFunction, PyValue, tree } from '@tensormark/python';
import { eachNode } from './nodes.js';

/**
 * Parameters with None, or an empty dict, for a default that a function cannot do without: it looks into them (`targets[0]`, `config.width`) and never
 * asks whether they are there, or asks and raises. Whoever calls it gives them.
 */
export function neededAllTheSame({ signature, code }: PyFunction): ReadonlySet<string> {
  const without = signature.parameters.filter(({ fallback }) => isEmpty(fallback));
  const optional = without.map(({ name }) => name);
  const dicts = new Set(without.flatMap(({ name, fallback }) => (fallback === null ? [] : [name])));
  if (optional.length === 0 || code.body === undefined) return new Set();
  const demanded = new Set<string>();
  const used = new Set<string>();
  const coped = new Set<string>();
  const mark = (into: Set<string>, found: tree.Expression | undefined): void => {
    if (found?.kind === 'Name') into.add(found.id);
  };
  const markAsked = (test: tree.Expression): void => {
    const within = new Set<string>();
    const lookedInto = new Set<tree.Expression>();
    eachNode(test, (inner) => {
      if (inner.kind !== 'Attribute' && inner.kind !== 'Subscript') return;
      mark(within, inner.value);
      lookedInto.add(inner.value);
    });
    eachNode(test, (inner) => {
      // Of what is looked into nobody has asked whether it is there, of a dict neither whether it holds anything.
      if (inner.kind === 'Name' && !lookedInto.has(inner) && !(dicts.has(inner.id) && within.has(inner.id)))
        coped.add(inner.id);
    });
  };
  eachNode(code.body, (each) => {
    switch (each.kind) {
      case 'Assert':
        mark(demanded, presenceAsked(each.test));
        break;
      case 'If': {
        const asked = each.body.at(-1)?.kind === 'Raise' ? absencesAsked(each.test) : [];
        if (asked.length === 0) markAsked(each.test);
        for (const one of asked) mark(demanded, one);
        for (const name of neededWithout(each, optional)) demanded.add(name);
        break;
      }
      case 'While':
      case 'IfExp':
        markAsked(each.test);
        break;
      case 'BoolOp':
        for (const value of each.values) mark(coped, value);
        break;
      case 'Assign':
        for (const target of each.targets) {
          mark(coped, target);
          if (target.kind === 'Tuple') mark(used, each.value);
        }
        break;
      case 'Attribute':
      case 'Subscript':
      case 'Starred':
        mark(used, each.value);
        break;
      case 'Call':
        mark(used, each.callee);
        if (each.callee.kind === 'Name' && /^(isinstance|callable|exists|default)$/.test(each.callee.id))
          for (const arg of each.args) mark(coped, arg);
        break;
      case 'BinOp':
        // A path that others are made of.
        if (each.operator === '/') mark(used, each.left);
        break;
      case 'For':
        mark(used, each.iterable);
        mark(coped, each.target);
        break;
      case 'Try':
        for (const name of optional) coped.add(name);
        break;
      default:
    }
  });
  return new Set(optional.filter((name) => demanded.has(name) || (used.has(name) && !coped.has(name))));
}

/** A default that holds nothing: `None`, or the dict of `logs={}`. */
function isEmpty(fallback: PyValue | undefined): boolean {
  return fallback === null || (fallback instanceof PyDict && fallback.size === 0);
}

/** What says how far gradients may go: a number, that a program does without where it is not given. */
const LIMITS = /(^|_)(clip|max_norm|grad_norm|clip_norm|clipping)(_|$)/;

/** Numbers with None for a default that gradients are held to where they are given: whoever calls may do so. */
export function limitsLeftOut({ signature }: PyFunction): ReadonlySet<string> {
  const limits = signature.parameters.filter(({ name, fallback }) => fallback === null && LIMITS.test(name));
  return new Set(limits.map(({ name }) => name));
}

/** `if state is None: state = zeros(inputs.size(0))`: of two that may be left out, one is needed where the other is not given. */
function neededWithout({ test, body }: tree.If, optional: readonly string[]): readonly string[] {
  const absent = absenceAsked(test);
  if (absent?.kind !== 'Name' || !optional.includes(absent.id)) return [];
  const used = new Set<string>();
  const asked = new Set<string>([absent.id]);
  eachNode(body, (each) => {
    if ((each.kind === 'Attribute' || each.kind === 'Subscript') && each.value.kind === 'Name')
      used.add(each.value.id);
    if (each.kind === 'If' || each.kind === 'IfExp')
      eachNode(each.test, (inner) => {
        if (inner.kind === 'Name') asked.add(inner.id);
      });
    if (each.kind === 'Assign')
      for (const target of each.targets) if (target.kind === 'Name') asked.add(target.id);
  });
  return optional.filter((name) => used.has(name) && !asked.has(name));
}

/** `x` of `x is not None` or plain `x`. */
function presenceAsked(test: tree.Expression): tree.Expression | undefined {
  return test.kind === 'Name' ? test : noneCompared(test, 'is not');
}

/** `x` of `x is None` or `not x`. */
function absenceAsked(test: tree.Expression): tree.Expression | undefined {
  return test.kind === 'UnaryOp' && test.operator === 'not' ? test.operand : noneCompared(test, 'is');
}

/** The same of each part of `top and classes is None`, without which nothing is raised. */
function absencesAsked(test: tree.Expression): readonly tree.Expression[] {
  const parts = test.kind === 'BoolOp' && test.operator === 'and' ? test.values : [test];
  return parts.flatMap((part) => absenceAsked(part) ?? []);
}

function noneCompared(test: tree.Expression, by: tree.ComparisonOperator): tree.Expression | undefined {
  if (test.kind !== 'Compare') return undefined;
  const [none] = test.comparators;
  const isNone = none?.kind === 'Constant' && none.value === null && test.comparators.length === 1;
  return isNone && test.operators[0] === by ? test.left : undefined;
}
