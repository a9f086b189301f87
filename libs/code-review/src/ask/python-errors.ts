import { namesIn } from '@tensormark/frameworks';
import type { ErrorRaised } from '@tensormark/frameworks';
import { certainError } from './certain-errors.js';
import { mayBeDecorated } from './decorators.js';
import { errorsOf } from './errors.js';
import { boundBy, statementAt } from './tree.js';
import { oncePerProgram } from './once.js';

/** Errors that say what reading lacks rather than what the program does wrong. */
const OF_READING = new Set([
  'ImportError',
  'ModuleNotFoundError',
  'UnboundLocalError',
  'FileNotFoundError',
  'RecursionError',
  'AssertionError',
]);

/**
 * Errors of Python's own that stand by themselves: not those that only follow from a statement which an earlier error
 * left out, nor those that speak of something unknown.
 */
export const ownErrors = oncePerProgram((program): readonly ErrorRaised[] => {
  const lost = new Set<string>();
  const found: ErrorRaised[] = [];
  for (const error of errorsOf(program)) {
    const { span } = error.moment;
    const statement = span && statementAt(program, span);
    if (span === undefined || error.from !== 'python') continue;
    let follows = false;
    if (statement !== undefined) {
      const spoken = namesIn(statement);
      follows = [...spoken].some((name) => lost.has(name) || lost.has(`.${name}`));
      for (const name of boundBy(statement)) lost.add(name);
    }
    const isPerhaps =
      follows ||
      mayBeDecorated(program, error) ||
      OF_READING.has(error.type) ||
      /\bunknown\b|NoneType/.test(error.message);
    if (!isPerhaps || error === certainError(program)) found.push(error);
  }
  return found;
});
