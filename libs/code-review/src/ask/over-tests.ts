import type { Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { goneOver, isOfTesting } from './gone-over.js';
import { callsOf, functionsAround, holds, loopsOf } from './tree.js';

/** Whether the nearest loop around a place goes over a loader that is called one to test with. */
export function isOverTests(program: Program, span: Span): boolean {
  const around = loopsOf(program).filter((loop) => holds(loop.span, span));
  const nearest = around.toSorted((a, b) => b.span.start - a.span.start)[0];
  if (nearest?.kind !== 'For') return false;
  const over = goneOver(nearest.iterable).span.text;
  const turns = /^range\((\w*(?:episode|batch|step|task)\w*)\)$/i.exec(over)?.[1];
  if (turns !== undefined) return isOfTesting(turns.toLowerCase());
  return [over, ...givenAs(program, span, over)].some(
    (name) => isOfTesting(name) && /load|iter|dl$|batches|^(test|val|valid|validation)$/i.test(name),
  );
}

/** What calls of the function around a place hand over as one of its parameters. */
function givenAs(program: Program, span: Span, name: string): readonly string[] {
  const home = functionsAround(program, span).at(-1);
  const parameters = (home?.parameters ?? []).filter((one) => one.name !== 'self');
  const at = parameters.findIndex((one) => one.name === name);
  if (home === undefined || at < 0) return [];
  return callsOf(program).flatMap(({ callee, args, keywords }) => {
    if (!new RegExp(String.raw`^(self\.)?${home.name}$`).test(callee.span.text)) return [];
    const given = keywords.find((one) => one.name === name)?.value ?? args[at];
    return given === undefined ? [] : [given.span.text];
  });
}
