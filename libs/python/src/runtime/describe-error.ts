import { BudgetError } from '../objects/budgets.js';
import { PyRaise } from '../objects/exceptions.js';
import type { PyException } from '../objects/exceptions.js';
import type { Place } from '../source/text.js';
import { exceptionText } from '../types/exceptions.js';
import type { PythonMachine } from './machine.js';
import type { PythonError } from './outcome.js';

/** An exception as data; its text is asked for under what is left of the budgets. */
export function describeError(machine: PythonMachine, exception: PyException, fallback: Place): PythonError {
  const traceback = exception.traceback
    .map((entry) => ({ function: entry.function, place: entry.span.place }))
    .toReversed();
  return {
    type: exception.cls.name,
    message: messageOf(machine, exception),
    place: traceback.at(-1)?.place ?? fallback,
    traceback,
    exception,
  };
}

function messageOf(machine: PythonMachine, exception: PyException): string {
  try {
    const method = exception.cls.lookup('__str__');
    const text =
      method === undefined
        ? exceptionText(machine, exception)
        : machine.call(machine.bind(method, exception), []);
    return typeof text === 'string' ? text : '';
  } catch (thrown) {
    if (thrown instanceof PyRaise || thrown instanceof BudgetError || thrown instanceof RangeError) return '';
    throw thrown;
  }
}
