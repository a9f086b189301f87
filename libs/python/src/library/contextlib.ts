import { PyGenerator } from '../compile/generator.js';
import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { NativeFunction } from '../objects/callables.js';
import { typeOf } from '../objects/classes.js';
import { PyException, PyRaise, raise } from '../objects/exceptions.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { getAttribute, specialMethod } from '../operations/attributes.js';
import { keywords, rest } from '../operations/conversion.js';
import { isInstanceOf } from '../builtins/inspection.js';

/** What `@contextmanager` functions give: runs the generator up to its `yield`, and on from there. */
class GeneratorContext extends PyObject {
  constructor(
    readonly generator: PyGenerator,
    /** Makes another, for use as a decorator. */
    readonly again: (rt: Runtime) => PyValue,
  ) {
    super(generatorContextClass);
  }
}

function leave(self: GeneratorContext, exception: PyValue): PyValue {
  const { generator } = self;
  if (!(exception instanceof PyException)) {
    if (generator.resume({ kind: 'send', value: null }) !== undefined)
      return raise('RuntimeError', "generator didn't stop");
    return false;
  }
  try {
    if (generator.resume({ kind: 'throw', exception }) === undefined) return true;
  } catch (thrown) {
    if (thrown instanceof PyRaise && thrown.exception === exception) return false;
    throw thrown;
  }
  return raise('RuntimeError', "generator didn't stop after throw()");
}

const generatorContextClass: PyClass = defineClass({
  name: '_GeneratorContextManager',
  module: 'contextlib',
  payload: GeneratorContext,
  unknowns: 'accept',
  methods: {
    '__enter__()': (_rt, self) =>
      self.generator.resume({ kind: 'send', value: null }) ?? noneOr(self.generator),
    '__exit__(type, value, traceback)': (_rt, self, _type, value) => leave(self, value),
    '__call__(func)': (_rt, self, callee) => decorated(callee, self.again),
  },
});

/** `yield` without a value gives None, which is not the same as a generator that never yields. */
function noneOr(generator: PyGenerator): PyValue {
  return generator.finished ? raise('RuntimeError', "generator didn't yield") : null;
}

/** A function that runs inside a context made afresh for each call. */
function decorated(callee: PyValue, make: (rt: Runtime) => PyValue): PyValue {
  const body = (rt: Runtime, args: readonly PyValue[], named: Keywords | undefined): PyValue =>
    inside(rt, make(rt), () => rt.call(callee, args, named));
  const wrapper = new NativeFunction('inner', body, true);
  wrapper.attributes = new Map([['__wrapped__', callee]]);
  return wrapper;
}

/** `with context: action()` */
function inside(rt: Runtime, context: PyValue, action: () => PyValue): PyValue {
  const enter = specialMethod(rt, context, '__enter__');
  const exit = specialMethod(rt, context, '__exit__');
  if (enter === undefined || exit === undefined) return action();
  rt.call(enter, []);
  let result: PyValue;
  try {
    result = action();
  } catch (thrown) {
    if (!(thrown instanceof PyRaise)) throw thrown;
    if (rt.truth(rt.call(exit, [thrown.exception.cls, thrown.exception, null]))) return null;
    throw thrown;
  }
  rt.call(exit, [null, null, null]);
  return result;
}

function contextManager(callee: PyValue): PyValue {
  const body = (rt: Runtime, args: readonly PyValue[], named: Keywords | undefined): PyValue => {
    const generator = rt.call(callee, args, named);
    if (generator instanceof PyUnknown) return generator;
    if (!(generator instanceof PyGenerator))
      return rt.raise('TypeError', `'${typeOf(generator).name}' object is not an iterator`);
    return new GeneratorContext(generator, (again) => body(again, args, named));
  };
  const wrapper = new NativeFunction('helper', body, true);
  wrapper.attributes = new Map([['__wrapped__', callee]]);
  return wrapper;
}

/** A context that holds one value and does nothing on the way out, or closes it. */
class Holder extends PyObject {
  held: PyValue = null;

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (source instanceof Holder) this.held = copy(source.held);
  }
}

const nullContextClass = defineClass({
  name: 'nullcontext',
  module: 'contextlib',
  payload: Holder,
  allocate: (cls) => new Holder(cls),
  unknowns: 'accept',
  methods: {
    '__init__(enter_result=None)': (_rt, self, value) => {
      self.held = value;
      return null;
    },
    '__enter__()': (_rt, self) => self.held,
    '__exit__(*excinfo)': () => null,
  },
});

const closingClass = defineClass({
  name: 'closing',
  module: 'contextlib',
  payload: Holder,
  allocate: (cls) => new Holder(cls),
  unknowns: 'accept',
  methods: {
    '__init__(thing)': (_rt, self, value) => {
      self.held = value;
      return null;
    },
    '__enter__()': (_rt, self) => self.held,
    '__exit__(*excinfo)': (rt, self) => {
      rt.call(getAttribute(rt, self.held, 'close'), []);
      return null;
    },
  },
});

const suppressClass = defineClass({
  name: 'suppress',
  module: 'contextlib',
  payload: Holder,
  allocate: (cls) => new Holder(cls),
  unknowns: 'accept',
  methods: {
    '__init__(*exceptions)': (_rt, self, exceptions) => {
      self.held = exceptions;
      return null;
    },
    '__enter__()': () => null,
    '__exit__(type, value, traceback)': (rt, self, type, value) =>
      type === null ? false : isInstanceOf(rt, value, self.held),
  },
});

class PyExitStack extends PyObject {
  callbacks: ((rt: Runtime, exception: PyValue) => PyValue)[] = [];

  override copyPayload(source: PyObject): void {
    if (source instanceof PyExitStack) this.callbacks = [...source.callbacks];
  }
}

function pushExit(rt: Runtime, stack: PyExitStack, context: PyValue): void {
  const exit = specialMethod(rt, context, '__exit__');
  if (exit !== undefined)
    stack.callbacks.push((at, exception) =>
      at.call(exit, exception instanceof PyException ? [exception.cls, exception, null] : [null, null, null]),
    );
}

/** Runs the callbacks, last first; an exception one of them raises goes on to the ones before. */
function unwind(rt: Runtime, stack: PyExitStack, given: PyValue): boolean {
  let exception = given;
  let raised: PyRaise | undefined;
  for (let callback = stack.callbacks.pop(); callback !== undefined; callback = stack.callbacks.pop()) {
    try {
      if (rt.truth(callback(rt, exception))) {
        exception = null;
        raised = undefined;
      }
    } catch (thrown) {
      if (!(thrown instanceof PyRaise)) throw thrown;
      exception = thrown.exception;
      raised = thrown;
    }
  }
  if (raised !== undefined) throw raised;
  return given !== null && exception === null;
}

const exitStackClass = defineClass({
  name: 'ExitStack',
  module: 'contextlib',
  payload: PyExitStack,
  allocate: (cls) => new PyExitStack(cls),
  unknowns: 'accept',
  methods: {
    '__enter__()': (_rt, self) => self,
    '__exit__(type, value, traceback)': (rt, self, _type, value) => unwind(rt, self, value),
    'enter_context(cm)': (rt, self, context) => {
      if (context instanceof PyUnknown) return context;
      const enter = specialMethod(rt, context, '__enter__');
      if (enter === undefined)
        return rt.raise(
          'TypeError',
          `'${typeOf(context).qualname}' object does not support the context manager protocol`,
        );
      const result = rt.call(enter, []);
      pushExit(rt, self, context);
      return result;
    },
    'push(exit)': (rt, self, exit) => {
      if (specialMethod(rt, exit, '__exit__') !== undefined) pushExit(rt, self, exit);
      else
        self.callbacks.push((at, exception) =>
          at.call(
            exit,
            exception instanceof PyException ? [exception.cls, exception, null] : [null, null, null],
          ),
        );
      return exit;
    },
    'callback(callback, /, *args, **kwds)': (_rt, self, callback, args, kwds) => {
      self.callbacks.push((at) => {
        at.call(callback, rest(args), keywords(kwds));
        return false;
      });
      return callback;
    },
    'pop_all()': (_rt, self) => {
      const fresh = new PyExitStack(self.cls);
      fresh.callbacks = self.callbacks;
      self.callbacks = [];
      return fresh;
    },
    'close()': (rt, self) => {
      unwind(rt, self, null);
      return null;
    },
  },
});

const contextDecoratorClass = defineClass({
  name: 'ContextDecorator',
  module: 'contextlib',
  payload: PyObject,
  unknowns: 'accept',
  methods: { '__call__(func)': (_rt, self, callee) => decorated(callee, () => self) },
});

const abstractContextClass = defineClass({
  name: 'AbstractContextManager',
  module: 'contextlib',
  payload: PyObject,
  unknowns: 'accept',
  methods: { '__enter__()': (_rt, self) => self, '__exit__(*excinfo)': () => null },
});

export const contextlibModule = defineModule({
  name: 'contextlib',
  missing: 'unknown',
  unknowns: 'accept',
  classes: [
    nullContextClass,
    closingClass,
    suppressClass,
    exitStackClass,
    contextDecoratorClass,
    abstractContextClass,
  ],
  functions: {
    'contextmanager(func)': (_rt, callee) => contextManager(callee ?? null),
  },
});
