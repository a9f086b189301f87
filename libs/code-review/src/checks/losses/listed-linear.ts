import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, holds, loopsOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

/**
 * Linear layers in a list, however many, that a loop calls one upon the other and does nothing else with:
 * `for layer in self.layers: x = layer(x)`.
 */
export function* listedLinearInARow(program: Program): Generator<Found> {
  if (!program.source.includes('ModuleList')) return;
  for (const owner of classesOf(program)) {
    const inside = statementsIn(methodOf(owner, '__init__')?.body ?? []);
    for (const made of inside) {
      const [name = ''] = targetsOf(made);
      if (made.kind !== 'Assign' || !/^self\.\w+$/.test(name) || !isOfLinear(made.value)) continue;
      const attribute = name.slice('self.'.length);
      // Whatever else is put into the list, or wrapped around its layers, may bend.
      if (
        new RegExp(String.raw`\.${attribute}(\.(append|extend|insert)\b|\[[^\]]*\]\s*=[^=])`).test(
          program.source,
        )
      )
        continue;
      for (const loop of loopsOf(program)) {
        if (loop.kind !== 'For' || !holds(owner.span, loop.span)) continue;
        const call = onlyCalled(loop, name);
        if (call === undefined) continue;
        yield {
          at: call.span,
          message:
            'The linear layers of this list are called one upon the other, with no activation between them.',
          evidence: [places(['the layers', made.span])],
        };
      }
    }
  }
}

/** `nn.ModuleList([nn.Linear(a, b) for a, b in sizes])` */
function isOfLinear(value: tree.Expression): boolean {
  if (value.kind !== 'Call' || !/(^|\.)ModuleList$/.test(value.callee.span.text)) return false;
  const [list] = value.args;
  return (
    (list?.kind === 'ListComp' || list?.kind === 'GeneratorExp') &&
    list.element.kind === 'Call' &&
    /(^|\.)(Linear|Conv[123]d)$/.test(list.element.callee.span.text)
  );
}

/** The call of an element where a loop does nothing but hand what it gave to the next, under whatever names. */
function onlyCalled({ target, iterable, body }: tree.For, name: string): tree.Assign | undefined {
  const isIndex = iterable.kind === 'Call' && iterable.callee.span.text === 'range';
  const [call, ...others] = body;
  if (call?.kind !== 'Assign' || call.value.kind !== 'Call' || call.value.args.length !== 1) return undefined;
  const { callee, args } = call.value;
  const isElement = isIndex
    ? callee.kind === 'Subscript' &&
      callee.value.span.text === name &&
      callee.index.span.text === target.span.text
    : iterable.span.text === name && callee.span.text === target.span.text;
  const [gives] = targetsOf(call);
  if (!isElement || gives === undefined || call.targets.length !== 1) return undefined;
  const given = args[0]?.span.text;
  // The same under another name.
  const [moved, ...more] = others;
  if (moved === undefined) return gives === given ? call : undefined;
  const isMoved =
    moved.kind === 'Assign' && moved.value.span.text === gives && targetsOf(moved).join() === given;
  return isMoved && more.length === 0 ? call : undefined;
}
