import {
  NativeFunction,
  OpenKeywords,
  PyClass,
  PyFunction,
  PyObject,
  UnknownArguments,
} from '@tensormark/python';
import type { Interpreter, PyModule, PyUnknown, PyValue, Runtime, tree } from '@tensormark/python';
import { LoaderObject } from '../torch/modules/data.js';
import { OptimizerObject } from '../torch/modules/optim.js';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { limitsLeftOut, neededAllTheSame } from './needed-defaults.js';
import { eachNode, namesIn } from './nodes.js';
import { outermostOf } from './outermost.js';
import type { Recorder } from './recorder.js';
import { isTrainingStep } from './training-step.js';
import { rolesOf } from './usage.js';
import type { Role } from './usage.js';

/** More definitions than this are not entered one by one. */
const MOST_ENTERED = 60;
/** Calls followed in a file, beyond which nothing more of it is entered. */
const MOST_WORK = 40_000;

/** Something the program defines and never calls. */
interface Definition {
  readonly name: string;
  readonly callee: PyFunction;
  /** What is called: the function, or what a decorator made of it. */
  readonly value: PyValue;
  readonly node: tree.FunctionDefinition;
  readonly owner: PyClass | undefined;
}

/**
 * Enters what a file defines and never calls, once each, with arguments that stand for what their names and uses say:
 * a fragment's `train(model, loader, optimizer)` is read as if somebody had called it. Gives what networks gave for something unknown.
 */
export function enterUncalled(
  python: Interpreter,
  recorder: Recorder,
  module: PyModule,
  body: readonly tree.Statement[],
): ReadonlyMap<PyClass, PyValue> {
  const nodes = definitionsIn(body);
  const instances = new Map<PyClass, PyValue>();
  const named = new Map([...nodes.values()].map((node) => [node.name, node] as const));
  const context: Context = { python, recorder, module, instances, constructing: new Set(), named };
  const answers = new Map<PyClass, PyValue>();
  for (const value of Array.from(module.namespace.values()))
    if (recorder.work <= MOST_WORK && isOwnClass(value, module) && value.isSubclassOf(moduleClass)) {
      const answer = forwardOnce(context, value, nodes);
      if (answer !== undefined) answers.set(value, answer);
    }
  let entered = 0;
  const definitions = rootsFirst(allDefinitions(module, nodes));
  for (const definition of definitions) {
    if (recorder.called.has(definition.callee.code) || entered >= MOST_ENTERED) continue;
    if (recorder.work > MOST_WORK) break;
    entered++;
    enter(context, definition);
  }
  // What is handed on in a function is known once that has been entered.
  for (const callee of recorder.handedOn) {
    const node = nodes.get(callee.code.span);
    if (node === undefined || recorder.called.has(callee.code) || entered >= MOST_ENTERED) continue;
    if (recorder.work > MOST_WORK) break;
    entered++;
    enter(context, { name: callee.name, callee, value: callee, node, owner: undefined });
  }
  return answers;
}

interface Context {
  readonly python: Interpreter;
  readonly recorder: Recorder;
  readonly module: PyModule;
  readonly instances: Map<PyClass, PyValue>;
  readonly constructing: Set<PyClass>;
  readonly named: ReadonlyMap<string, tree.FunctionDefinition>;
}

type Nodes = ReadonlyMap<object, tree.FunctionDefinition>;

function isOwnClass(value: PyValue, module: PyModule): value is PyClass {
  return value instanceof PyClass && !value.native && value.module === module.name;
}

/** Function definitions, those in others too, by their span, which the compiled function keeps. */
export function definitionsIn(body: readonly tree.Statement[]): Nodes {
  const found = new Map<object, tree.FunctionDefinition>();
  eachNode(body, (node) => {
    if (node.kind === 'FunctionDef') found.set(node.span, node);
  });
  return found;
}

/** The function of the program behind a value, through decorators that keep it. */
function functionBehind(value: PyValue | undefined): PyFunction | undefined {
  let current = value;
  for (let depth = 0; depth < 5; depth++) {
    if (current instanceof PyFunction) return current;
    if (!(current instanceof NativeFunction)) return undefined;
    current = current.attributes?.get('__wrapped__');
  }
  return undefined;
}

function allDefinitions(module: PyModule, nodes: Nodes): Definition[] {
  const found: Definition[] = [];
  const add = (name: string, value: PyValue, owner: PyClass | undefined): void => {
    const callee = functionBehind(value);
    const node = callee && nodes.get(callee.code.span);
    if (callee !== undefined && node !== undefined) found.push({ name, callee, value, node, owner });
  };
  for (const [name, value] of module.namespace) {
    add(name, value, undefined);
    if (isOwnClass(value, module))
      for (const [method, inner] of value.namespace)
        if (!method.startsWith('__') || method === '__call__' || method === '__getitem__')
          add(method, inner, value);
  }
  return found;
}

/** Definitions that no other speaks of come first: they call the others with what they really give them. */
function rootsFirst(definitions: readonly Definition[]): Definition[] {
  const spoken = definitions.map(({ node }) => namesIn(node.body));
  const isRoot = (at: number): boolean =>
    !spoken.some((names, other) => other !== at && names.has(definitions[at]?.name ?? ''));
  const roots = definitions.filter((_, at) => isRoot(at));
  return [...roots, ...definitions.filter((_, at) => !isRoot(at))];
}

/** Calls a network's forward on something unknown, if nothing has called it: what it gives. */
function forwardOnce(context: Context, cls: PyClass, nodes: Nodes): PyValue | undefined {
  const forward = functionBehind(cls.lookup('forward'));
  const node = forward && nodes.get(forward.code.span);
  if (forward === undefined || node === undefined || context.recorder.called.has(forward.code))
    return undefined;
  if (context.module.namespace.get('__all__') !== undefined && cls.subclasses.length > 0) return undefined;
  let answer: PyValue | undefined;
  context.python.run((rt) => {
    const instance = instanceOf(rt, context, cls);
    if (instance === undefined) return null;
    const args = argumentsFor(rt, context, forward, node, 1);
    const demanded = demandedBy(rt, context, forward);
    answer = rt.call(instance, args, demanded);
    // What is done with a mask is reached only where there is one.
    const masks = masksLeftOut(forward, args.length).map(
      (name) => [name, argumentFor(rt, context, name, 'other')] as const,
    );
    if (masks.length > 0) {
      const more = new Map([...(demanded ?? []), ...masks]);
      rt.call(
        instance,
        args,
        demanded instanceof OpenKeywords ? new OpenKeywords(demanded.others, more) : more,
      );
    }
    return null;
  });
  return answer;
}

/** Masks that a forward may be given and does without: those that it asks for None. */
function masksLeftOut({ signature, code }: PyFunction, given: number): string[] {
  return signature.parameters
    .slice(given + 1)
    .filter(
      ({ name, kind, fallback }) =>
        kind === 'ordinary' &&
        fallback === null &&
        /mask/i.test(name) &&
        new RegExp(String.raw`\b${name}\s+is\s+not\s+None`).test(code.span.text),
    )
    .map(({ name }) => name);
}

function enter(context: Context, definition: Definition): void {
  const { node } = definition;
  if (!isTrainingStep(node, context.named)) callOnce(context, definition);
  else context.recorder.repeatedly(node.span, () => callOnce(context, definition));
}

function callOnce(context: Context, { callee, value, node, owner }: Definition): void {
  context.python.run((rt) => {
    const demanded = demandedBy(rt, context, callee);
    if (owner === undefined) return rt.call(value, argumentsFor(rt, context, callee, node, 0), demanded);
    const [first] = node.parameters;
    const isStatic = first === undefined || !['self', 'cls'].includes(first.name);
    if (isStatic) return rt.call(value, argumentsFor(rt, context, callee, node, 0), demanded);
    // Objects of a class of classes are classes, and none is made to try it.
    if (owner.mro.some(({ name, module }) => name === 'type' && module === 'builtins')) return null;
    const receiver =
      first.name === 'cls' ? owner : instanceOf(rt, context, standingIn(owner, value) ?? owner);
    if (receiver === undefined) return null;
    return rt.call(value, [receiver, ...argumentsFor(rt, context, callee, node, 1)], demanded);
  });
}

/**
 * A class that is there to be derived from has no objects of its own: what it defines is entered with one of a derived class
 * that leaves it as it is.
 */
function standingIn(owner: PyClass, method: PyValue): PyClass | undefined {
  const isAbstract = [...owner.namespace.values()].some((value) => {
    const code = functionBehind(value)?.code;
    return code !== undefined && /^\s*raise\s+NotImplementedError\b/m.test(code.span.text);
  });
  if (!isAbstract) return undefined;
  const name = [...owner.namespace].find(([, value]) => value === method)?.[0];
  return owner.subclasses.find((one) => name !== undefined && one.lookup(name) === method);
}

/** An instance of a class of the program: one it made itself, else one made with arguments that stand for any. */
function instanceOf(rt: Runtime, context: Context, cls: PyClass): PyValue | undefined {
  const known = context.instances.get(cls);
  if (known !== undefined) return known;
  const own = context.recorder.values.modules.findLast(({ object }) => object.cls === cls)?.object;
  const inFile = [...context.module.namespace.values()].find(
    (value) => value instanceof PyObject && !(value instanceof PyClass) && value.cls === cls,
  );
  const found = own ?? inFile ?? construct(rt, context, cls);
  if (found !== undefined && found !== null) context.instances.set(cls, found);
  return found ?? undefined;
}

function construct(rt: Runtime, context: Context, cls: PyClass): PyValue | undefined {
  if (context.constructing.has(cls)) return undefined;
  context.constructing.add(cls);
  const own = cls.lookup('__init__');
  const init = functionBehind(own);
  const args =
    init === undefined ? demandedOf(rt, context, own) : argumentsFor(rt, context, init, undefined, 1);
  const made = rt.call(cls, args, init && demandedBy(rt, context, init));
  return made instanceof PyObject && made.cls === cls ? made : undefined;
}

/** What stands for the arguments that a layer of PyTorch's needs, which a class of the program is made with as it is. */
function demandedOf(rt: Runtime, context: Context, init: PyValue | undefined): PyValue[] {
  if (!(init instanceof NativeFunction)) return [];
  // A layer reads its arguments by itself.
  if (init.signature === undefined) return [unknownArgument(rt, context, 'args', 'other')];
  const demanded = init.signature.parameters.filter(({ fallback }) => fallback === undefined);
  return demanded
    .filter(({ name, kind }) => name !== 'self' && (kind === 'ordinary' || kind === 'positional-only'))
    .map(({ name }) => unknownArgument(rt, context, name, 'other'));
}

/**
 * What stands for the arguments that a function is given by name: those that it takes by name alone and has no defaults for, those that it
 * cannot do without, limits for gradients, and any others where it takes them.
 */
function demandedBy(rt: Runtime, context: Context, callee: PyFunction): Map<string, PyValue> | undefined {
  const { parameters } = callee.signature;
  const needed = new Set([...neededAllTheSame(callee), ...limitsLeftOut(callee)]);
  const demanded = parameters.filter(
    ({ name, kind, fallback }) => needed.has(name) || (kind === 'keyword-only' && fallback === undefined),
  );
  const given = demanded.map(({ name }) => [name, argumentFor(rt, context, name, 'other')] as const);
  const others = parameters.find(({ kind }) => kind === 'keywords');
  if (others !== undefined)
    return new OpenKeywords(unknownArgument(rt, context, others.name, 'other'), given);
  return given.length === 0 ? undefined : new Map(given);
}

/** What stands for the arguments that a function needs and has no defaults for. */
function argumentsFor(
  rt: Runtime,
  context: Context,
  callee: PyFunction,
  node: tree.FunctionDefinition | undefined,
  skipped: number,
): PyValue[] {
  const roles = node === undefined ? new Map<string, Role>() : rolesOf(node);
  const changes = node !== undefined && changesNetworks(node);
  const args: PyValue[] = [];
  for (const parameter of callee.signature.parameters.slice(skipped)) {
    if (parameter.kind === 'rest')
      args.push(new UnknownArguments(unknownArgument(rt, context, parameter.name, 'other')));
    if (parameter.kind !== 'ordinary' && parameter.kind !== 'positional-only') break;
    if (parameter.fallback !== undefined) break;
    const role = roles.get(parameter.name) ?? 'other';
    args.push(
      changes
        ? unknownArgument(rt, context, parameter.name, role)
        : argumentFor(rt, context, parameter.name, role),
    );
  }
  return args;
}

/**
 * Whether a function changes the networks that it is given and does not train them: nobody calls it, so that what the file makes must
 * stay as it is.
 */
function changesNetworks({ body, parameters }: tree.FunctionDefinition): boolean {
  const names = new Set(parameters.map(({ name }) => name).filter((name) => name !== 'self'));
  let changes = false;
  let trains = false;
  eachNode(body, (node) => {
    if (node.kind === 'Assign' || node.kind === 'AugAssign' || node.kind === 'Delete')
      for (const target of node.kind === 'AugAssign' ? [node.target] : node.targets)
        changes ||=
          target.kind === 'Attribute' && (target.attribute === 'requires_grad' || names.has(rootOf(target)));
    if (node.kind !== 'Call') return;
    const { callee } = node;
    if (callee.kind === 'Attribute') {
      changes ||= /^(requires_grad_|add_module|register_module)$/.test(callee.attribute);
      changes ||= /(^|\.)init$/.test(callee.value.span.text);
      trains ||= /^(backward|step|zero_grad)$/.test(callee.attribute);
    } else changes ||= callee.kind === 'Name' && callee.id === 'setattr';
  });
  return changes && !trains;
}

/** The name that an attribute of an attribute of … is of. */
function rootOf(target: tree.Expression): string {
  let current = target;
  while (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
  return current.kind === 'Name' ? current.id : '';
}

function argumentFor(rt: Runtime, context: Context, name: string, role: Role): PyValue {
  const global = context.module.namespace.get(name);
  if (global instanceof ModuleObject && (role === 'network' || role === 'loss' || role === 'other'))
    return global;
  if (global instanceof OptimizerObject && role === 'optimizer') return global;
  if (global instanceof LoaderObject && role === 'loader') return global;
  if (role === 'network') {
    const network = soleNetwork(rt, context);
    if (network !== undefined) return network;
  }
  return unknownArgument(rt, context, name, role);
}

/** What stands for an argument that nobody gives. */
export function unknownArgument(
  rt: Runtime,
  { recorder }: Pick<Context, 'recorder'>,
  name: string,
  role: Role,
): PyUnknown {
  return recorder.values.unknown(
    rt,
    `the argument ${name} of a function that nothing in the file calls`,
    { kind: 'argument', name, role },
    [],
  );
}

/**
 * The network that a fragment calls `model` and makes nowhere: the one whose class stands above, made with what stands for its arguments.
 * It has that name from then on.
 */
export function networkMeant(
  python: Interpreter,
  recorder: Recorder,
  rt: Runtime,
  module: PyModule,
  name: string,
): PyValue | undefined {
  if (!/^(my_?)?(model|net|network)$/i.test(name)) return undefined;
  const [instances, constructing, named] = [new Map(), new Set<PyClass>(), new Map()];
  const network = soleNetwork(rt, { python, recorder, module, instances, constructing, named });
  if (network !== undefined) module.namespace.set(name, network);
  return network;
}

/** The one network of the file, if there is one. */
function soleNetwork(rt: Runtime, context: Context): PyValue | undefined {
  const classes = [...context.module.namespace.values()].filter(
    (value): value is PyClass => isOwnClass(value, context.module) && value.isSubclassOf(moduleClass),
  );
  const outer = outermostOf(context.recorder, classes);
  const [only] = outer;
  return only !== undefined && outer.length === 1 && !isLoss(only)
    ? instanceOf(rt, context, only)
    : undefined;
}

/** Whether a module says that it weighs what another gives. */
function isLoss({ name, mro }: PyClass): boolean {
  return /loss|criterion|metric/i.test(name) || mro.some((base) => base.native && base.name.endsWith('Loss'));
}
