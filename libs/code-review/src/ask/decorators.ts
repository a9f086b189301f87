import { namesIn } from '@tensormark/frameworks';
import type { ErrorRaised, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { classesOf, functionsAround, statementAt, statementsOf } from './tree.js';

/** Decorators that leave a function's arguments and what it is as they are written. */
const PLAIN =
  /^(staticmethod|classmethod|property|\w+\.setter|(abc\.)?abstract\w+|override|final|overload|cached_property|(functools\.)?(wraps|lru_cache|cache|cached_property)\b.*|contextmanager|contextlib\.\w+|torch\.|tf\.function|pl\.|dataclass|dataclasses\.)/;

/** Functions of the program, by name, that something decorates of which reading knows nothing, or whose class it decorates. */
const decorated = oncePerProgram((program): ReadonlySet<string> => {
  const isForeign = ({ decorators }: { readonly decorators: readonly tree.Expression[] }): boolean =>
    decorators.some(({ span }) => !PLAIN.test(span.text));
  const names = new Set<string>();
  for (const one of statementsOf(program))
    if (one.kind === 'FunctionDef' && isForeign(one)) names.add(one.name);
  for (const one of classesOf(program)) {
    // What makes a data class of it may bear any name.
    if (one.decorators.length > 0) names.add(one.name);
    if (isForeign(one))
      for (const method of one.body) if (method.kind === 'FunctionDef') names.add(method.name);
  }
  return names;
});

/**
 * Whether a foreign decorator may have made the error disappear: a property of a method, a function of other arguments, other
 * arguments for the function itself.
 */
export function mayBeDecorated(program: Program, { message, moment }: ErrorRaised): boolean {
  const names = decorated(program);
  const { span } = moment;
  if (names.size === 0 || span === undefined) return false;
  const statement = statementAt(program, span);
  const called = /^[\w.<>]*?(\w+)\(\) (missing|takes|got)/.exec(message)?.[1];
  if (called !== undefined) return names.has(called);
  if (/'(method|function)' object|non-iterable (method|function) /.test(message))
    return [...(statement ?? { span }).span.text.matchAll(/\.(\w+)/g)].some(([, name = '']) =>
      names.has(name),
    );
  const home = functionsAround(program, span).at(-1);
  if (home === undefined || statement === undefined || !names.has(home.name)) return false;
  const spoken = namesIn(statement);
  return home.parameters.some(({ name }) => name !== 'self' && spoken.has(name));
}
