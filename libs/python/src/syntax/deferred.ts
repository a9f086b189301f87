import type { Span } from '../source/text.js';
import { docstringOf } from './docstring.js';
import type {
  ClassDefinition,
  ErrorStatement,
  Expression,
  FunctionDefinition,
  Keyword,
  ParameterNode,
  Statement,
} from './tree.js';

/** A body of a function or a class that was passed over. */
export interface PassedOver {
  readonly start: number;
  readonly end: number;
  /** Where the definition begins. */
  readonly definition: number;
  readonly of: 'function' | 'class';
  /** How many blocks the body stands in, itself among them. */
  readonly blocks: number;
}

/** Where a function's signature is that was passed over, from its first bracket to its colon. */
export interface HeadPassedOver {
  readonly start: number;
  readonly end: number;
  /** Where the function's definition begins. */
  readonly definition: number;
}

/** What a function takes, and what it is said to give. */
export interface FunctionSignature {
  readonly parameters: readonly ParameterNode[];
  readonly returns: Expression | undefined;
  /** What the body is instead, where all this is no Python after all. */
  readonly error?: ErrorStatement;
}

/** All of a function's definition but its signature and its body. */
export type FunctionHead = Omit<FunctionDefinition, 'kind' | 'body' | keyof FunctionSignature>;

/** Reads what was passed over: the whole body, or only what stands first in it. */
export interface BodyReader {
  body(): readonly Statement[];
  /** The docstring, where it can be told from the first line alone; undefined where the body must be read for it. */
  doc(): string | null | undefined;
}

/** A function whose body, and often its signature, is parsed when someone first asks for it. */
export class DeferredFunction implements FunctionDefinition {
  readonly kind = 'FunctionDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
  readonly typeParameters: readonly string[];
  readonly span: Span;
  #signature: FunctionSignature | (() => FunctionSignature);
  readonly #reader: BodyReader;
  #body: readonly Statement[] | undefined = undefined;
  #doc: string | null | undefined = undefined;

  /** @param signature A function that reads it, where it was passed over; all its defaults are constants then. */
  constructor(
    head: FunctionHead,
    signature: FunctionSignature | (() => FunctionSignature),
    reader: BodyReader,
  ) {
    this.name = head.name;
    this.nameSpan = head.nameSpan;
    this.decorators = head.decorators;
    this.isAsync = head.isAsync;
    this.typeParameters = head.typeParameters;
    this.span = head.span;
    this.#signature = signature;
    this.#reader = reader;
  }

  /** Whether its signature has yet to be read, which has nothing in it that a run could change. */
  get isUnread(): boolean {
    return typeof this.#signature === 'function';
  }

  get parameters(): readonly ParameterNode[] {
    return this.#read().parameters;
  }

  get returns(): Expression | undefined {
    return this.#read().returns;
  }

  #read(): FunctionSignature {
    const known = this.#signature;
    if (typeof known !== 'function') return known;
    const signature = known();
    this.#signature = signature;
    if (signature.error !== undefined) this.#body = [signature.error];
    return signature;
  }

  get body(): readonly Statement[] {
    this.#body ??= this.#reader.body();
    return this.#body;
  }

  get doc(): string | null {
    if (this.#doc === undefined && this.#body === undefined) this.#doc = this.#reader.doc();
    if (this.#doc === undefined) this.#doc = docstringOf(this.body);
    return this.#doc;
  }
}

/** All of a class's definition but its body. */
export type ClassHead = Omit<ClassDefinition, 'kind' | 'body'>;

/** A class whose body is parsed when someone first asks for it. */
export class DeferredClass implements ClassDefinition {
  readonly kind = 'ClassDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly string[];
  readonly span: Span;
  readonly #reader: BodyReader;
  #body: readonly Statement[] | undefined = undefined;

  constructor(head: ClassHead, reader: BodyReader) {
    this.name = head.name;
    this.nameSpan = head.nameSpan;
    this.bases = head.bases;
    this.keywords = head.keywords;
    this.decorators = head.decorators;
    this.typeParameters = head.typeParameters;
    this.span = head.span;
    this.#reader = reader;
  }

  get body(): readonly Statement[] {
    this.#body ??= this.#reader.body();
    return this.#body;
  }
}
