import { exceptionClass, PyException, PyRaise } from '../../objects/exceptions.js';
import type { Runtime } from '../../objects/object.js';

/** `parser.error(message)`: a program with a wrong command line ends. */
export function leaveWithError(rt: Runtime, message: string): never {
  rt.note('other', `the command line is refused: ${message}`);
  throw new PyRaise(new PyException(exceptionClass('SystemExit'), [2n]));
}
