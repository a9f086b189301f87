import { builtinClass } from './classes.js';
import { PyClass, PyObject } from './object.js';
import type { PyValue } from './object.js';
import type { Span } from '../source/text.js';

/** One level of a traceback: the function's name and what it was evaluating. */
export interface TracebackEntry {
  readonly function: string;
  readonly span: Span;
}

/** An instance of a Python exception class. */
export class PyException extends PyObject {
  args: readonly PyValue[];
  cause: PyValue = null;
  context: PyValue = null;
  suppressContext = false;
  /** Innermost first, as it grows while the exception travels outwards. */
  readonly traceback: TracebackEntry[] = [];

  constructor(cls: PyClass, args: readonly PyValue[] = []) {
    super(cls);
    this.args = args;
  }
}

/** What TypeScript throws when Python raises. Not an Error: capturing a JavaScript stack would cost more than the rest. */
export class PyRaise {
  constructor(readonly exception: PyException) {}
}

export const baseExceptionClass = builtinClass('BaseException', { allocate: (cls) => new PyException(cls) });

/** CPython's exception hierarchy; indentation is inheritance. */
const HIERARCHY = `
BaseExceptionGroup
SystemExit
KeyboardInterrupt
GeneratorExit
Exception
  ExceptionGroup
  ArithmeticError
    FloatingPointError
    OverflowError
    ZeroDivisionError
  AssertionError
  AttributeError
  BufferError
  EOFError
  ImportError
    ModuleNotFoundError
  LookupError
    IndexError
    KeyError
  MemoryError
  NameError
    UnboundLocalError
  OSError
    BlockingIOError
    ChildProcessError
    ConnectionError
      BrokenPipeError
      ConnectionAbortedError
      ConnectionRefusedError
      ConnectionResetError
    FileExistsError
    FileNotFoundError
    InterruptedError
    IsADirectoryError
    NotADirectoryError
    PermissionError
    ProcessLookupError
    TimeoutError
  ReferenceError
  RuntimeError
    NotImplementedError
    RecursionError
  StopAsyncIteration
  StopIteration
  SyntaxError
    IndentationError
      TabError
  SystemError
  TypeError
  ValueError
    UnicodeError
      UnicodeDecodeError
      UnicodeEncodeError
      UnicodeTranslateError
  Warning
    BytesWarning
    DeprecationWarning
    EncodingWarning
    FutureWarning
    ImportWarning
    PendingDeprecationWarning
    ResourceWarning
    RuntimeWarning
    SyntaxWarning
    UnicodeWarning
    UserWarning
`;

function plant(): Map<string, PyClass> {
  const classes = new Map([['BaseException', baseExceptionClass]]);
  const ancestors = [baseExceptionClass];
  for (const line of HIERARCHY.split('\n')) {
    const name = line.trim();
    if (name === '') continue;
    const depth = (line.length - name.length) / 2;
    const base = ancestors[depth] ?? baseExceptionClass;
    const cls = builtinClass(name, { base });
    ancestors[depth + 1] = cls;
    classes.set(name, cls);
  }
  return classes;
}

/** Every built-in exception class by name. */
export const exceptionClasses: ReadonlyMap<string, PyClass> = plant();

// The one class of the hierarchy with two bases.
exceptionClass('ExceptionGroup').rebase([exceptionClass('BaseExceptionGroup'), exceptionClass('Exception')]);

/** The class of a built-in exception. */
export function exceptionClass(name: string): PyClass {
  return exceptionClasses.get(name) ?? baseExceptionClass;
}

/** Raises a Python exception: `raise('ValueError', 'what is wrong')`, or one of your own classes. */
export function raise(type: string | PyClass, message?: string): never {
  const cls = typeof type === 'string' ? exceptionClass(type) : type;
  throw new PyRaise(new PyException(cls, message === undefined ? [] : [message]));
}
