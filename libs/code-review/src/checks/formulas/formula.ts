import type { Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Expression } from '../../algebra/expression.js';
import { matched } from '../../algebra/match.js';
import type { Bindings, Match, Roles } from '../../algebra/match.js';
import { expressionsIn, valueIn } from '../../algebra/read.js';
import { isComputing } from '../../algebra/vocabulary.js';
import { formulaOf } from '../../algebra/written.js';
import { eachMaking } from '../../ask/makings.js';
import { oncePerProgram } from '../../ask/once.js';
import { holds } from '../../ask/tree.js';
import { givenName, writtenName, writtenNames } from '../../ask/written-names.js';
import type { Check, Found } from '../../check.js';

/** A formula as it is found with one slip in it. */
export interface Slip {
  readonly form: string;
  /** What is wrong; `{m}` is what the program calls what stands for `m`. */
  readonly says: string;
  /** What else must hold. */
  readonly when?: (match: Match, asked: Asked) => boolean;
}

/** Who asks whether something may stand for a name of a formula. */
export interface Asked {
  readonly program: Program;
  /** What the program calls it, without what that belongs to; '' where it has no name. */
  readonly nameOf: (of: Expression) => string;
  readonly known: Bindings;
  /** The name that what is looked at is given; '' where it is given none. */
  readonly givenTo: string;
  /** Whether the program calls what stands for one of the names by such a name itself. */
  readonly isNamed: (role: string, name: RegExp) => boolean;
}

export type RoleTest = (of: Expression, asked: Asked) => boolean;

/** A known formula: how it is written, and slips that make another thing of it. Where anything else is computed, nothing is said. */
export interface Formula extends Pick<
  Check,
  'id' | 'title' | 'why' | 'instead' | 'needs' | 'wrong' | 'right'
> {
  /** Where the formula is published. */
  readonly source: string;
  /** All the forms that are right, without what only guards against 0. */
  readonly forms: readonly string[];
  /** Whether a form times a number is another thing. */
  readonly isExact?: true;
  readonly slips: readonly Slip[];
  readonly roles?: Readonly<Record<string, RoleTest>>;
  /** Names that may stand for numbers. */
  readonly numbers?: readonly string[];
  /** What must stand in a program for it to be read for this at all. */
  readonly speaksOf: RegExp;
}

/** The check that finds slips in one formula. */
export function formulaCheck(formula: Formula): Check {
  const { id, title, why, instead, needs, wrong, right } = formula;
  let read: ReadFormula | undefined;
  return {
    id,
    title,
    severity: 'warning',
    why,
    instead,
    needs,
    wrong,
    right,
    run: (program) =>
      formula.speaksOf.test(program.source) ? slipsIn(program, (read ??= readFormula(formula))) : [],
  };
}

interface ReadFormula {
  readonly formula: Formula;
  readonly forms: readonly Expression[];
  readonly slips: readonly (Slip & { readonly expression: Expression })[];
  readonly numbers: ReadonlySet<string>;
}

function readFormula(formula: Formula): ReadFormula {
  return {
    formula,
    forms: formula.forms.map(formulaOf),
    slips: formula.slips.map((slip) => ({ ...slip, expression: formulaOf(slip.form) })),
    numbers: new Set(formula.numbers),
  };
}

/** A value that is computed in the program's own file, as an expression. */
interface Computed {
  readonly value: Value;
  readonly span: Span;
  readonly expression: Expression;
}

const MOST_TURNS = 2;

/** What each place of the program computes that is made of something. */
const computedIn = oncePerProgram((program): readonly Computed[] => {
  const expressionOf = expressionsIn(program);
  const turns = new Map<string, number>();
  const seen = new Set<string>();
  const found: Computed[] = [];
  for (const value of eachMaking(program)) {
    const { span, made } = value;
    if (span === undefined || span.source.file !== program.file || made.kind !== 'operation') continue;
    if (!isComputing(made.name)) continue;
    const place = `${span.start}:${span.end}`;
    const turn = turns.get(place) ?? 0;
    turns.set(place, turn + 1);
    // What a loop or function computes again is the same formula.
    if (turn >= MOST_TURNS) continue;
    const expression = expressionOf(value);
    if (isPlain(expression)) continue;
    const key = `${place}:${expression.key}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ value, span, expression });
  }
  return found;
});

/** What the program calls what an expression is: what is only laid out otherwise, or moved, goes by the name that it is given then. */
const namesByKey = oncePerProgram((program): ReadonlyMap<string, string> => {
  const expressionOf = expressionsIn(program);
  const found = new Map<string, string>();
  for (const [value, name] of writtenNames(program)) {
    const { key } = expressionOf(value);
    if (!found.has(key)) found.set(key, name);
  }
  return found;
});

/** Whether it is one thing, or a number: no formula is as short. */
function isPlain({ terms: [first, ...others] }: Expression): boolean {
  const [factor, second] = first?.factors ?? [];
  return others.length === 0 && second === undefined && (factor === undefined || factor.base.kind === 'atom');
}

function* slipsIn(program: Program, { formula, forms, slips, numbers }: ReadFormula): Iterable<Found> {
  const nameOf = (of: Expression): string => {
    const value = valueIn(of);
    const name = (value && writtenName(program, value)) ?? namesByKey(program).get(of.key);
    return name?.split('.').at(-1) ?? '';
  };
  const asked = (known: Bindings, span?: Span): Asked => ({
    program,
    nameOf,
    known,
    givenTo: span === undefined ? '' : givenName(program, span),
    isNamed: (role, name) => {
      const of = known.get(role);
      return of !== undefined && name.test(nameOf(of));
    },
  });
  const roles: Roles = {
    numbers,
    mayBe: (name, of, known) => formula.roles?.[name]?.(of, asked(known)) ?? true,
  };
  const found: (Found & { readonly span: Span })[] = [];
  const computed = computedIn(program);
  for (const { expression, span } of computed)
    for (const slip of slips) {
      const match = matched(
        slip.expression,
        expression,
        roles,
        (one) => slip.when?.(one, asked(one.bindings, span)) ?? true,
      );
      if (match === undefined) continue;
      const message = slip.says.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const of = match.bindings.get(name);
        return (of && nameOf(of)) || 'it';
      });
      found.push({ at: span, span, message, evidence: [] });
      break;
    }
  if (found.length === 0) return;
  const rightSpans = computed.flatMap(({ expression, span }) =>
    forms.some((form) => {
      const match = matched(form, expression, roles);
      return match !== undefined && (formula.isExact !== true || Math.abs(match.scale - 1) < 1e-6);
    })
      ? [span]
      : [],
  );
  const told: (typeof found)[number][] = [];
  for (const { span, ...one } of found) {
    if (rightSpans.some((other) => holds(other, span) || holds(span, other))) continue;
    // The same slip in both halves of what is written twice is one: sine and cosine of the same.
    if (told.some((other) => other.message === one.message || holds(other.span, span))) continue;
    told.push({ ...one, span });
    yield one;
  }
}
