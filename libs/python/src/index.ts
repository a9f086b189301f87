export { SourceText, Span } from './source/text.js';
export type { Place } from './source/text.js';
export { behindBase, PyClass, PyObject } from './objects/object.js';
export type {
  Derivation,
  Keywords,
  LoopVerdict,
  LoopWatch,
  NativeCallee,
  Note,
  PyValue,
  Runtime,
  StackEntry,
  Watcher,
} from './objects/object.js';
export { PyFunction } from './compile/function.js';
export { ABSENT, ELLIPSIS, NOT_IMPLEMENTED, objectClass, typeClass, PyBoxed } from './objects/classes.js';
export { PyDict, PyList, PyRange, PySet, PySlice, PyTuple } from './objects/containers.js';
export { NativeFunction, PyMethod } from './objects/callables.js';
export { behindReceiver } from './objects/receiver.js';
export { PyModule } from './objects/module.js';
export { PyException, PyRaise, exceptionClass } from './objects/exceptions.js';
export {
  OpenKeywords,
  PyUnknown,
  UNKNOWN_BASE,
  UnknownArguments,
  UnknownContents,
  unknownArising,
} from './objects/unknown.js';
export { defineClass, extendClass } from './native/classes.js';
export type { ClassDefinition, MethodDefinition, PropertyDefinition } from './native/classes.js';
export { nativeFunction, rawFunction } from './native/functions.js';
export type { NativeImplementation, NativeOptions, UnknownPolicy } from './native/functions.js';
export { defineModule } from './native/modules.js';
export type { ModuleDefinition, NativeModule } from './native/modules.js';
export { BudgetError } from './objects/budgets.js';
export type { BudgetName, Budgets } from './objects/budgets.js';
export type { ModuleOutcome, Outcome, PythonError, UnknownOrigin, ValueOutcome } from './runtime/outcome.js';
export {
  deleteAttribute,
  findAttribute,
  getAttribute,
  unknownBase,
  mayHaveAny,
  unseenAttribute,
  unfollowedAttribute,
  getOwnAttribute,
  setAttribute,
  setOwnAttribute,
} from './operations/attributes.js';
export { isOpen } from './operations/open-lists.js';
export {
  asInteger,
  asNumber,
  asString,
  isInstance,
  keywords,
  length,
  plainInteger,
  rest,
} from './operations/conversion.js';
export { binary, inPlace, unary } from './operations/binary.js';
export type { BinarySymbol } from './operations/binary.js';
export { compare, contains } from './operations/comparison.js';
export type { ComparisonSymbol } from './operations/comparison.js';
export { forEach, getIterator, toArray } from './operations/iteration.js';
export { deleteItem, getItem, setItem, sliceBounds, sliceItems } from './operations/subscripts.js';
export { repr, str } from './operations/text.js';
export { typeOf, unbox } from './objects/classes.js';
export { equals } from './objects/equality.js';
export { PyIterator, NativeIterator, UnknownNeeded } from './objects/iterators.js';
export { Interpreter, DEFAULT_BUDGETS } from './runtime/interpreter.js';
export type { InterpreterOptions } from './runtime/interpreter.js';
export { ModuleCache } from './runtime/cache.js';
export { arrayOfNumbers, NdArray } from './library/numpy/array.js';
export { ALL_ARRAY_ATTRIBUTES } from './library/numpy/attribute-names.js';
export { numericType } from './library/numpy/dtypes.js';
export { leaveArgumentsOpen } from './library/argparse/module.js';
export { isNamespace, simpleNamespaceClass } from './library/types.js';
export type { Definition, OwnModule, ResolvedSource, Resolver } from './runtime/importer.js';
export { parse, parseExpression } from './syntax/parse.js';
export * as tree from './syntax/tree.js';
