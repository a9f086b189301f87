import {
  defineClass,
  mayHaveAny,
  PyFunction,
  PyObject,
  PyUnknown,
  rawFunction,
  unknownArising,
} from '@tensormark/python';
import type { NativeFunction, PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../../trace/reading.js';
import { ModuleObject } from '../nn/module-object.js';

/** A decorator that leaves what it decorates as it is, with or without arguments of its own: `torch.jit.export`. */
export function identityDecorator(name: string): NativeFunction {
  return rawFunction(name, (rt, args) => {
    const [first] = args;
    if (first instanceof PyUnknown) return first;
    if (first instanceof PyObject) return withMore(rt, name, first);
    return rawFunction(name, (_inner, [decorated]) => withMore(rt, name, decorated ?? null));
  });
}

/** What was decorated, which has attributes of its decorator's besides: the graph of what was scripted. */
export function withMore(rt: Runtime, name: string, decorated: PyValue): PyValue {
  if (decorated instanceof PyFunction || decorated instanceof ModuleObject)
    mayHaveAny(decorated, unknownArising(rt, `what ${name} adds`));
  return decorated;
}

/** Something to be used in `with` and as a decorator. */
class Context extends PyObject {
  readonly #saved: (() => void)[] = [];

  constructor(
    cls: PyObject['cls'],
    /** Changes what is to be changed, and gives what changes it back. */
    readonly change: (rt: Runtime) => () => void,
  ) {
    super(cls);
  }

  enter(rt: Runtime): void {
    this.#saved.push(this.change(rt));
  }

  leave(): void {
    this.#saved.pop()?.();
  }
}

const contextClass = defineClass({
  name: 'context',
  module: 'torch',
  payload: Context,
  methods: {
    '__enter__()': (rt, self) => {
      self.enter(rt);
      return self;
    },
    '__exit__(*args)': (_rt, self) => {
      self.leave();
      return null;
    },
    '__call__(func)': (_rt, self, func) => wrapped(self, func ?? null),
  },
});

function wrapped(context: Context, func: PyValue): PyValue {
  const callee = rawFunction(
    'wrapper',
    (rt, args, keywords) => {
      context.enter(rt);
      try {
        return rt.call(func, args, keywords);
      } finally {
        context.leave();
      }
    },
    { binds: true },
  );
  callee.attributes = new Map([['__wrapped__', func]]);
  return callee;
}

/** `torch.no_grad` and the like: called for a context, or put straight above a function. */
export function contextFunction(
  name: string,
  change: (rt: Runtime, args: readonly PyValue[]) => () => void,
): NativeFunction {
  return rawFunction(name, (_rt, args) => {
    const context = new Context(contextClass, (rt) => change(rt, args));
    const [first] = args;
    const decorates =
      first instanceof PyObject && !(first instanceof PyUnknown) && first.cls.name.includes('function');
    return decorates ? wrapped(context, first) : context;
  });
}

const unchanged = (): void => undefined;

/** Sets whether gradients are kept. */
export function gradients(enabled: (rt: Runtime, args: readonly PyValue[]) => boolean) {
  return (rt: Runtime, args: readonly PyValue[]): (() => void) => {
    const reading = readingOf(rt);
    const before = reading.gradients;
    reading.gradients = enabled(rt, args);
    return () => {
      reading.gradients = before;
    };
  };
}

/** A context that changes nothing that is read here: profilers, mixed precision. */
export const changesNothing = (): (() => void) => unchanged;
