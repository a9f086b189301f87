import { exceptionClass, PyException, PyRaise } from '../objects/exceptions.js';
import { PyUnknown } from '../objects/unknown.js';
import type { PyValue } from '../objects/object.js';
import type { Span } from '../source/text.js';
import { NORMAL } from './frame.js';
import type { Evaluate, Execute, Frame, Store } from './frame.js';
import type { Storage } from './scope.js';

function nameError(type: string, message: string, name: string): never {
  const exception = new PyException(exceptionClass(type), [message]);
  exception.attributes = new Map<string, PyValue>([['name', name]]);
  throw new PyRaise(exception);
}

function loadGlobal(frame: Frame, name: string, span: Span): PyValue {
  const value = frame.globals.namespace.get(name) ?? frame.rt.builtins.get(name);
  if (value !== undefined) return value;
  // `??` passes over a None kept under the name: look again where that is possible.
  if (frame.globals.namespace.has(name)) return null;
  frame.span = span;
  const waited = frame.globals.bound(name);
  if (waited !== undefined) return waited;
  const fallback = frame.globals.fallback?.(frame.rt, name, frame.globals);
  if (fallback !== undefined) return fallback;
  return nameError('NameError', `name '${name}' is not defined`, name);
}

/** Reads a name from where it is kept. */
export function compileLoad(name: string, storage: Storage, span: Span, isFree: boolean): Evaluate {
  switch (storage.kind) {
    case 'slot': {
      const { index } = storage;
      return (frame) => {
        const value = frame.locals[index];
        if (value !== undefined) return value;
        frame.span = span;
        return nameError(
          'UnboundLocalError',
          `cannot access local variable '${name}' where it is not associated with a value`,
          name,
        );
      };
    }
    case 'cell': {
      const { index } = storage;
      return (frame) => {
        const value = frame.cells[index]?.value;
        if (value !== undefined) return value;
        frame.span = span;
        return isFree
          ? nameError(
              'NameError',
              `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
              name,
            )
          : nameError(
              'UnboundLocalError',
              `cannot access local variable '${name}' where it is not associated with a value`,
              name,
            );
      };
    }
    case 'global':
      return (frame) => loadGlobal(frame, name, span);
    case 'namespace': {
      const outer = compileLoad(name, storage.outer, span, true);
      return (frame) => {
        const value = frame.namespace?.get(name);
        return value === undefined ? outer(frame) : value;
      };
    }
    default:
      return storage satisfies never;
  }
}

/** Writes a name to where it is kept. */
export function compileStore(name: string, storage: Storage): Store {
  switch (storage.kind) {
    case 'slot': {
      const { index } = storage;
      return (frame, value) => {
        frame.locals[index] = value;
      };
    }
    case 'cell': {
      const { index } = storage;
      return (frame, value) => {
        const cell = frame.cells[index];
        if (cell !== undefined) cell.value = value;
      };
    }
    case 'global':
      return (frame, value) => {
        frame.globals.namespace.set(name, value);
      };
    case 'namespace':
      return (frame, value) => {
        (frame.namespace ?? frame.globals.namespace).set(name, value);
      };
    default:
      return storage satisfies never;
  }
}

/** `del name` */
export function compileDelete(name: string, storage: Storage, span: Span): Execute {
  const missing = (frame: Frame, type: string, message: string): never => {
    frame.span = span;
    return nameError(type, message, name);
  };
  const unbound = `cannot access local variable '${name}' where it is not associated with a value`;
  return (frame) => {
    if (storage.kind === 'slot') {
      if (frame.locals[storage.index] === undefined) return missing(frame, 'UnboundLocalError', unbound);
      frame.locals[storage.index] = undefined;
    } else if (storage.kind === 'cell') {
      const cell = frame.cells[storage.index];
      if (cell?.value === undefined) return missing(frame, 'UnboundLocalError', unbound);
      cell.value = undefined;
    } else {
      const namespace =
        storage.kind === 'namespace' && frame.namespace !== undefined
          ? frame.namespace
          : frame.globals.namespace;
      if (!namespace.delete(name)) return missing(frame, 'NameError', `name '${name}' is not defined`);
    }
    return NORMAL;
  };
}

/** Whether a value is unknown; the type guard the compiled code uses most. */
export function isUnknown(value: PyValue): value is PyUnknown {
  return value instanceof PyUnknown;
}
