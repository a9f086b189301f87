import { docstringOf } from './docstring.js';
import type { FunctionDefinition, Statement } from './tree.js';

/** All of a function's definition but its body. */
export type FunctionHead = Omit<FunctionDefinition, 'kind' | 'body'>;

/** Reads what was passed over: the whole body, or only what stands first in it. */
export interface BodyReader {
  body(): readonly Statement[];
  /** The docstring, where it can be told from the first line alone; undefined where the body must be read for it. */
  doc(): string | null | undefined;
}

/** A function whose body is parsed when someone first asks for it. */
export class DeferredFunction implements FunctionDefinition {
  readonly kind = 'FunctionDef';
  readonly name: FunctionHead['name'];
  readonly nameSpan: FunctionHead['nameSpan'];
  readonly parameters: FunctionHead['parameters'];
  readonly returns: FunctionHead['returns'];
  readonly decorators: FunctionHead['decorators'];
  readonly isAsync: FunctionHead['isAsync'];
  readonly typeParameters: FunctionHead['typeParameters'];
  readonly span: FunctionHead['span'];
  readonly #reader: BodyReader;
  #body: readonly Statement[] | undefined = undefined;
  #doc: string | null | undefined = undefined;

  constructor(head: FunctionHead, reader: BodyReader) {
    this.name = head.name;
    this.nameSpan = head.nameSpan;
    this.parameters = head.parameters;
    this.returns = head.returns;
    this.decorators = head.decorators;
    this.isAsync = head.isAsync;
    this.typeParameters = head.typeParameters;
    this.span = head.span;
    this.#reader = reader;
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
