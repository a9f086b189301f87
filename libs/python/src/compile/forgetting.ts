import { PyMethod } from '../objects/callables.js';
import { PyDict, PyList, PySet } from '../objects/containers.js';
import { PyRaise } from '../objects/exceptions.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';
import { PyUnknown, UnknownContents } from '../objects/unknown.js';
import { findAttribute, setAttribute } from '../operations/attributes.js';
import { getItem } from '../operations/subscripts.js';
import type { Call, Expression, Statement } from '../syntax/tree.js';
import { eachSubexpression } from '../syntax/walk.js';
import type { Compiler } from './context.js';
import type { Evaluate, Frame, Machine, Store } from './frame.js';
import { PyFunction } from './function.js';
import { effectsOf } from './writes.js';
import type { Write } from './writes.js';

/** Methods of containers, native or taken for such, that change what they hold. */
const MUTATORS = new Set(
  'append extend insert add update pop popitem popleft appendleft extendleft remove discard clear setdefault sort reverse add_module register_module register_parameter register_buffer'.split(
    ' ',
  ),
);

/** How deep calls of the program's own functions are followed. */
const DEPTH = 6;

/** Where names of the statements being looked at are found and put. */
interface Names {
  load(name: string): PyValue | undefined;
  store(name: string, value: PyValue): void;
}

/** A name bound on the way: its value where plain to see, and the expression it is or is a part of. */
interface Binding {
  readonly value: PyValue | undefined;
  readonly from: Expression | undefined;
  readonly where: Scope;
}

/** How much is forgotten: everything that may have changed, or only what would not exist otherwise. */
export type Extent = 'changed' | 'missing';

/**
 * Makes what statements may have changed unknown, where nobody knows whether (or how often) they ran: names, attributes
 * and the contents of containers, through the program's own functions too. What cannot be traced to an object weighs the
 * unknown, so that nothing is taken for settled.
 */
export type Forget = (frame: Frame, unknown: PyUnknown, extent: Extent) => void;

/** Compiles forgetting for blocks of one scope; nothing is done before it is first needed. */
export function compileForgetting(c: Compiler, ...blocks: readonly (readonly Statement[])[]): Forget {
  let names: Map<string, { load: Evaluate; store: Store }> | undefined;
  const at = (name: string): { load: Evaluate; store: Store } => {
    names ??= new Map();
    let found = names.get(name);
    if (found === undefined) {
      const [first] = blocks.flat();
      if (first === undefined) throw new RangeError('there are statements to forget');
      found = {
        load: c.loadName(name, { kind: 'Name', id: name, span: first.span }),
        store: c.storeName(name),
      };
      names.set(name, found);
    }
    return found;
  };
  return (frame, unknown, extent) => {
    const { span } = frame;
    const host: Names = {
      load: (name) => attempt(() => at(name).load(frame)),
      store: (name, value) => at(name).store(frame, value),
    };
    const forgetting = new Forgetting(frame.rt, unknown, extent);
    for (const block of blocks) forgetting.block(block, new Scope(host));
    frame.span = span;
  };
}

/** What something gives, undefined where it raises. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof PyRaise) return undefined;
    throw thrown;
  }
}

class Scope {
  readonly bindings = new Map<string, Binding>();

  constructor(readonly names: Names) {}
}

class Forgetting {
  readonly #followed = new Set<readonly Statement[]>();

  constructor(
    readonly rt: Machine,
    readonly unknown: PyUnknown,
    readonly extent: Extent,
  ) {}

  /** @param inCallee The statements are a function's own: names they bind are its own too. */
  block(body: readonly Statement[], scope: Scope, inCallee = false, depth = 0): void {
    const { writes, globals } = effectsOf(body);
    const own = new Set<string>();
    for (const write of writes) {
      this.rt.step();
      if (write.kind === 'name' && (!inCallee || globals.has(write.name))) own.add(write.name);
      this.#write(write, scope, depth);
    }
    for (const name of own)
      if (this.extent === 'changed' || scope.names.load(name) === undefined)
        scope.names.store(name, this.unknown);
  }

  #write(write: Write, scope: Scope, depth: number): void {
    switch (write.kind) {
      case 'name': {
        const value = write.from === undefined ? undefined : this.#read(write.from, scope);
        scope.bindings.set(write.name, { value, from: write.from, where: scope });
        return;
      }
      case 'attribute':
        return this.#attribute(write.of, write.attribute, scope);
      case 'contents':
        return this.#contents(write.of, scope, depth);
      case 'call':
        return this.#call(write.call, scope, depth);
    }
  }

  #attribute(of: Expression, attribute: string, scope: Scope): void {
    const object = this.#read(of, scope);
    if (object === undefined) this.#weighSources(of, scope);
    else if (this.extent === 'changed' || this.#attributeOf(object, attribute) === undefined)
      attempt(() => setAttribute(this.rt, object, attribute, this.unknown));
  }

  #contents(of: Expression, scope: Scope, depth: number): void {
    if (this.extent === 'missing') return;
    const value = this.#read(of, scope);
    if (value === undefined) return this.#weighSources(of, scope, 'contents');
    if (!(value instanceof PyObject) || value instanceof PyUnknown) return;
    if (value.forgetContents()) return;
    const method = value.cls.lookup('__setitem__');
    if (method instanceof PyFunction) this.#follow(method, [value], depth, undefined, scope);
    else if (isContainer(value)) this.#rebind(of, scope, new UnknownContents(this.unknown));
    else this.#rebind(of, scope);
  }

  /** Puts the unknown where an expression found its value. */
  #rebind(place: Expression, scope: Scope, unknown = this.unknown): void {
    switch (place.kind) {
      case 'Name': {
        const binding = scope.bindings.get(place.id);
        scope.bindings.delete(place.id);
        if (binding?.from !== undefined && binding.from !== place)
          this.#rebind(binding.from, binding.where, unknown);
        if (binding === undefined) scope.names.store(place.id, unknown);
        else scope.bindings.set(place.id, { value: unknown, from: undefined, where: scope });
        return;
      }
      case 'Attribute': {
        const object = this.#read(place.value, scope);
        if (object !== undefined) attempt(() => setAttribute(this.rt, object, place.attribute, unknown));
        return;
      }
      case 'Subscript':
        return this.#rebind(place.value, scope, unknown);
      default:
        return this.#weighSources(place, scope);
    }
  }

  #call(call: Call, scope: Scope, depth: number): void {
    const { callee } = call;
    const args = call.args.map((arg) => this.#read(arg, scope));
    if (callee.kind !== 'Attribute') {
      const target = this.#read(callee, scope);
      if (target instanceof PyFunction) this.#follow(target, args, depth, call, scope);
      else if (target instanceof PyObject && callee.kind === 'Name' && callee.id === 'setattr')
        this.#weighSources(call.args[0], scope);
      return;
    }
    const receiver = this.#read(callee.value, scope);
    if (receiver === undefined) {
      if (MUTATORS.has(callee.attribute)) this.#weighSources(callee.value, scope, 'contents');
      return;
    }
    const method = this.#attributeOf(receiver, callee.attribute);
    if (method instanceof PyFunction) this.#follow(method, args, depth, call, scope);
    else if (method instanceof PyMethod && method.callee instanceof PyFunction)
      this.#follow(method.callee, [method.self, ...args], depth, call, scope);
    else if (MUTATORS.has(callee.attribute)) this.#contents(callee.value, scope, depth);
    else if (callee.attribute.endsWith('_') && receiver instanceof PyObject && receiver.keepsState)
      this.#inPlace(receiver, callee.attribute);
  }

  /** `value.method_()`: what it holds changes; whether it learns is more than that. */
  #inPlace(value: PyObject, method: string): void {
    if (method === 'requires_grad_' || !value.forgetContents()) this.unknown.weighed = true;
  }

  /** What a function of the program may change when it is called. */
  #follow(
    callee: PyFunction,
    args: readonly (PyValue | undefined)[],
    depth: number,
    call: Call | undefined,
    caller: Scope,
  ): void {
    const { body } = callee.code;
    if (body === undefined || depth >= DEPTH || this.#followed.has(body)) return;
    this.#followed.add(body);
    const { namespace } = callee.globals;
    const scope = new Scope({
      load: (name) => namespace.get(name) ?? this.rt.builtins.get(name),
      store: (name, value) => namespace.set(name, value),
    });
    const offset = args.length - (call?.args.length ?? 0);
    for (const [index, { name }] of callee.signature.parameters.entries()) {
      const keyword = call?.keywords.find((each) => each.name === name)?.value;
      const from = keyword ?? (index < offset ? receiverOf(call) : call?.args[index - offset]);
      const value = keyword === undefined ? args[index] : this.#read(keyword, caller);
      scope.bindings.set(name, { value, from, where: caller });
    }
    this.block(body, scope, true, depth + 1);
  }

  /** A value without running anything of the program but attribute lookups; undefined where that does not do. */
  #read(node: Expression, scope: Scope): PyValue | undefined {
    switch (node.kind) {
      case 'Name': {
        const binding = scope.bindings.get(node.id);
        return binding === undefined ? scope.names.load(node.id) : binding.value;
      }
      case 'Attribute': {
        const object = this.#read(node.value, scope);
        return object === undefined ? undefined : this.#attributeOf(object, node.attribute);
      }
      case 'Subscript': {
        const container = this.#read(node.value, scope);
        const { index } = node;
        if (container === undefined || index.kind !== 'Constant') return undefined;
        return attempt(() => getItem(this.rt, container, index.value));
      }
      default:
        return undefined;
    }
  }

  #attributeOf(value: PyValue, name: string): PyValue | undefined {
    return attempt(() => findAttribute(this.rt, value, name));
  }

  /**
   * For a change of something that comes from other things: containers among these are forgotten, state weighs. What a call
   * gives is taken for new where only its contents change.
   */
  #weighSources(
    node: Expression | undefined,
    scope: Scope,
    change: 'itself' | 'contents' = 'itself',
    depth = 0,
  ): void {
    if (node === undefined || depth > DEPTH || (node.kind === 'Call' && change === 'contents')) return;
    if (node.kind === 'Name') {
      const binding = scope.bindings.get(node.id);
      const value = binding === undefined ? scope.names.load(node.id) : binding.value;
      if (value instanceof PyObject && isContainer(value))
        this.#rebind(node, scope, new UnknownContents(this.unknown));
      else if (value instanceof PyObject && keepsState(value)) this.unknown.weighed = true;
      else if (value === undefined && binding !== undefined)
        this.#weighSources(binding.from, binding.where, change, depth + 1);
      return;
    }
    eachSubexpression(node, (inner) => this.#weighSources(inner, scope, change, depth + 1));
  }
}

/** What a method is called on. */
function receiverOf(call: Call | undefined): Expression | undefined {
  return call?.callee.kind === 'Attribute' ? call.callee.value : undefined;
}

function isContainer(value: PyObject): boolean {
  return value instanceof PyList || value instanceof PyDict || value instanceof PySet;
}

function keepsState(value: PyObject): boolean {
  if (value instanceof PyClass || value instanceof PyFunction) return false;
  return value.keepsState || !value.cls.native;
}
