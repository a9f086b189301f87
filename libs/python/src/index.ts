export { SourceText, Span } from './source/text.js';
export type { Place } from './source/text.js';
export { PyClass, PyObject } from './objects/object.js';
export type { Keywords, Note, PyValue, Runtime, StackEntry } from './objects/object.js';
export { ABSENT, ELLIPSIS, NOT_IMPLEMENTED, objectClass, typeClass, PyBoxed } from './objects/classes.js';
export { PyDict, PyList, PyRange, PySet, PySlice, PyTuple } from './objects/containers.js';
export { NativeFunction, PyMethod } from './objects/callables.js';
export { PyModule } from './objects/module.js';
export { PyException, PyRaise, exceptionClass } from './objects/exceptions.js';
export { PyUnknown } from './objects/unknown.js';
export { defineClass, extendClass } from './native/classes.js';
export type { ClassDefinition, MethodDefinition, PropertyDefinition } from './native/classes.js';
export { nativeFunction, rawFunction } from './native/functions.js';
export type { NativeImplementation, NativeOptions, UnknownPolicy } from './native/functions.js';
export { defineModule } from './native/modules.js';
export type { ModuleDefinition, NativeModule } from './native/modules.js';
export type {
  BudgetName,
  Budgets,
  ModuleOutcome,
  Outcome,
  PythonError,
  UnknownOrigin,
  ValueOutcome,
} from './runtime/outcome.js';
