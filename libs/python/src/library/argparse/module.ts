import { defineClass } from '../../native/classes.js';
import type { MethodDefinition } from '../../native/classes.js';
import { defineModule } from '../../native/modules.js';
import { PyList, PyTuple } from '../../objects/containers.js';
import { exceptionClass, PyException, PyRaise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { asString, keywords, rest } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { mayHaveAny } from '../../operations/attributes.js';
import { defineNamespace } from '../types.js';
import { actionClass, booleanOptionalAction, makeAction, PyAction, SUPPRESS } from './actions.js';
import { leaveWithError } from './leaving.js';
import { defaults, parseTexts } from './parse.js';

const namespaceClass = defineNamespace('Namespace', 'argparse', 'Namespace');

/** A parser; groups share the arguments of the parser they belong to. */
class PyParser extends PyObject {
  actions: PyAction[] = [];
  own = new Map<string, PyValue>();
  /** What it was handed to, which may have added arguments that are not known. */
  others: { by: PyUnknown | undefined } = { by: undefined };

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (!(source instanceof PyParser)) return;
    this.actions = [...source.actions];
    this.own = new Map([...source.own].map(([name, value]) => [name, copy(value)]));
    this.others = { by: source.others.by };
  }
}

/** Leaves open what arguments a parser, or a group of one, has: something that is not known was handed it. False for other objects. */
export function leaveArgumentsOpen(value: PyObject, by: PyUnknown): boolean {
  if (!(value instanceof PyParser)) return false;
  value.others.by ??= by;
  return true;
}

function addArgument(rt: Runtime, self: PyParser, names: PyValue, settings: PyValue): PyValue {
  const flags = rest(names);
  const unknown = flags.find((flag) => flag instanceof PyUnknown);
  if (unknown instanceof PyUnknown) {
    self.others.by ??= unknown;
    return rt.unknown('an argument without a known name');
  }
  const action = makeAction(rt, flags.map(asString), keywords(settings));
  self.actions.push(action);
  return action;
}

function namespaceOf(self: PyParser, values: ReadonlyMap<string, PyValue>, given: PyValue): PyObject {
  const namespace =
    given instanceof PyObject && !(given instanceof PyUnknown)
      ? given
      : namespaceClass.allocate(namespaceClass);
  namespace.attributes = new Map([...(namespace.attributes ?? []), ...values]);
  if (self.others.by !== undefined) mayHaveAny(namespace, self.others.by);
  return namespace;
}

/** Without arguments of its own the command line is empty but for what has to be there. */
function parse(
  rt: Runtime,
  self: PyParser,
  args: PyValue,
  namespace: PyValue,
): { namespace: PyObject; extras: PyValue[] } {
  if (args === null || args instanceof PyUnknown)
    return {
      namespace: namespaceOf(self, defaults(rt, self.actions, self.own, true), namespace),
      extras: [],
    };
  const texts = toArray(rt, args);
  if (texts.some((text) => text instanceof PyUnknown))
    return {
      namespace: namespaceOf(self, defaults(rt, self.actions, self.own, true), namespace),
      extras: [],
    };
  const { values, extras } = parseTexts(rt, self.actions, self.own, texts.map(asString));
  return { namespace: namespaceOf(self, values, namespace), extras: [...extras] };
}

const shared: Record<string, MethodDefinition<PyParser>> = {
  'add_argument(*names, **settings)': addArgument,
  'add_argument_group(*args, **kwargs)': (_rt, self) => groupOf(self),
  'add_mutually_exclusive_group(**kwargs)': (_rt, self) => groupOf(self),
  'set_defaults(**kwargs)': (_rt, self, kwargs) => {
    for (const [name, value] of keywords(kwargs)) self.own.set(name, value);
    return null;
  },
  'get_default(dest)': (rt, self, dest) =>
    self.own.get(asString(dest)) ?? self.actions.find((action) => action.dest === dest)?.fallback(rt) ?? null,
};

const groupClass: PyClass = defineClass({
  name: '_ArgumentGroup',
  unfollowed: 'argument_default conflict_handler description prefix_chars register required title',
  module: 'argparse',
  payload: PyParser,
  unknowns: 'accept',
  methods: shared,
});

function groupOf(parser: PyParser): PyParser {
  const group = new PyParser(groupClass);
  group.actions = parser.actions;
  group.own = parser.own;
  group.others = parser.others;
  return group;
}

/** `add_subparsers()`: each sub-parser reads arguments of its own, once one is chosen. */
class Subparsers extends PyObject {}

const subparsersClass: PyClass = defineClass({
  name: '_SubParsersAction',
  unfollowed:
    'choices const container default dest format_usage help metavar nargs option_strings required type',
  module: 'argparse',
  payload: Subparsers,
  unknowns: 'accept',
  methods: { 'add_parser(name, **kwargs)': () => new PyParser(parserClass) },
});

const parserClass: PyClass = defineClass({
  name: 'ArgumentParser',
  unfollowed:
    'add_help allow_abbrev argument_default conflict_handler convert_arg_line_to_args description ' +
    'epilog exit_on_error format_usage formatter_class fromfile_prefix_chars parse_intermixed_args ' +
    'parse_known_intermixed_args prefix_chars prog register usage',
  module: 'argparse',
  payload: PyParser,
  allocate: (cls) => new PyParser(cls),
  unknowns: 'accept',
  methods: {
    ...shared,
    '__init__(*args, **kwargs)': (rt, self, _args, kwargs) => {
      for (const parent of toArray(rt, keywords(kwargs).get('parents') ?? new PyTuple([]))) {
        if (!(parent instanceof PyParser)) continue;
        self.actions.push(...parent.actions);
        for (const [name, value] of parent.own) self.own.set(name, value);
        self.others.by ??= parent.others.by;
      }
      return null;
    },
    'add_subparsers(**kwargs)': (rt, self, kwargs) => {
      const { required, dest } = Object.fromEntries(keywords(kwargs));
      if (typeof dest === 'string') {
        const settings = new Map<string, PyValue>([['nargs', rt.truth(required ?? null) ? null : '?']]);
        self.actions.push(new PyAction([], dest, 'subcommand', settings));
      }
      return new Subparsers(subparsersClass);
    },
    'parse_args(args=None, namespace=None)': (rt, self, args, namespace) => {
      const parsed = parse(rt, self, args, namespace);
      if (parsed.extras.length > 0)
        leaveWithError(rt, `unrecognized arguments: ${parsed.extras.map(asString).join(' ')}`);
      return parsed.namespace;
    },
    'parse_known_args(args=None, namespace=None)': (rt, self, args, namespace) => {
      const parsed = parse(rt, self, args, namespace);
      return new PyTuple([parsed.namespace, new PyList(parsed.extras)]);
    },
    'print_help(file=None)': () => null,
    'print_usage(file=None)': () => null,
    'format_help()': (rt) => rt.unknown('help texts are not made'),
    'error(message)': (rt, _self, message) => leaveWithError(rt, rt.show(message)),
    'exit(status=0, message=None)': (_rt, _self, status) => {
      throw new PyRaise(new PyException(exceptionClass('SystemExit'), [status]));
    },
  },
});

const typeErrorClass = new PyClass({
  name: 'ArgumentTypeError',
  module: 'argparse',
  bases: [exceptionClass('Exception')],
  metaclass: exceptionClass('Exception').cls,
  native: true,
});

/** Help formatters are only ever named. */
const formatters = Object.fromEntries(
  [
    'HelpFormatter',
    'ArgumentDefaultsHelpFormatter',
    'RawDescriptionHelpFormatter',
    'RawTextHelpFormatter',
  ].map((name) => [name, defineClass({ name, module: 'argparse', payload: PyObject })]),
);

export const argparseModule = defineModule({
  name: 'argparse',
  missing: 'unknown',
  classes: [parserClass, namespaceClass, typeErrorClass, actionClass, booleanOptionalAction],
  values: { SUPPRESS, REMAINDER: '...', OPTIONAL: '?', ZERO_OR_MORE: '*', ONE_OR_MORE: '+', ...formatters },
});
