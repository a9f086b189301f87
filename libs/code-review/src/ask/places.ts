import type { Span } from '@tensormark/python';
import { isValue } from '@tensormark/frameworks';
import type { Datum, Moment, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Evidence } from '../finding.js';

type Placed = Extract<Evidence, { kind: 'places' }>['places'][number];

/** A place with what stands there. */
export function place(what: string, span: Span | undefined): Placed[] {
  if (span === undefined) return [];
  const { line, column, endLine, endColumn } = span.place;
  return [{ what, line, column, endLine, endColumn }];
}

/** Evidence that points at places of the program. */
export function places(...items: readonly (readonly [what: string, span: Span | undefined])[]): Evidence {
  return { kind: 'places', places: items.flatMap(([what, span]) => place(what, span)) };
}

/** Where something is made, if it is a value of the program. */
export function spanOf(datum: Datum | undefined): Span | undefined {
  return isValue(datum) ? datum.span : undefined;
}

/**
 * Where a value is made. A layer in an `nn.Sequential` has no line of its own in the forward, so it is where the layer
 * is made.
 */
export function spanOfMaking(value: Value): Span | undefined {
  const { made, span } = value;
  if (made.kind !== 'layer') return span;
  return isCalledBySequential(made.module, span) ? made.module.span : span;
}

function isCalledBySequential(layer: ProgramModule, span: Span | undefined): boolean {
  const own = layer.span;
  if (own === undefined || span === undefined) return false;
  const { parents } = layer;
  return parents.some(({ types }) => types.includes('Sequential'));
}

/** Where the program itself makes a module: of a network of torchvision's, the call that it makes. */
export function spanInProgram({ file }: Program, { span, made }: ProgramModule): Span | undefined {
  if (span?.source.file === file) return span;
  let activation = made?.activation;
  while (activation !== undefined && activation.calledAt?.source.file !== file) activation = activation.outer;
  return activation?.calledAt;
}

/** Whether something happens inside a function that only reading entered: nothing in the file calls it. */
export function isEnteredByReading(moment: Moment): boolean {
  let { activation } = moment;
  while (activation?.outer !== undefined) activation = activation.outer;
  return activation !== undefined && activation.calledAt === undefined;
}
