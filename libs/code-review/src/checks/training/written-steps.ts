import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn } from '../../ask/tree.js';

/**
 * One optimiser's gradients are set to zero and computed, and another steps in its place: in a function that steps the first
 * nowhere, and steps the other twice.
 */
export function* stepsOfOther(program: Program): Generator<Found> {
  for (const home of nodesOf(program, 'FunctionDef')) {
    const calls = statementsIn(home.body).flatMap((one) => callOf(one));
    const zeroed = calls.filter(({ method }) => method === 'zero_grad').map(({ of }) => of);
    for (const of of new Set(zeroed)) {
      if (calls.some((one) => one.method === 'step' && one.of === of) || !OPTIMIZER.test(of)) continue;
      const at = calls.findLastIndex((one) => one.method === 'zero_grad' && one.of === of);
      const [backward, step, ...more] = calls.slice(at + 1).filter(({ method }) => method !== 'other');
      if (
        backward?.method !== 'backward' ||
        step?.method !== 'step' ||
        more.some(({ method }) => method === 'step')
      )
        continue;
      // The other has had a step of its own before.
      if (
        !zeroed.includes(step.of) ||
        calls.filter((one) => one.method === 'step' && one.of === step.of).length < 2
      )
        continue;
      // Handed to a function that may step it.
      if (
        new RegExp(String.raw`(?<!clip\w*)\([^()\n]*\b${of}\b`).test(
          bodyText(home).replaceAll(/clip\w*\([^()\n]*\)/g, ''),
        )
      )
        continue;
      yield {
        at: step.at.span,
        message: `${step.of} steps for gradients that ${of} was emptied for, and ${of} never steps.`,
        evidence: [places(['the gradients', backward.at.span])],
      };
    }
  }
}

const OPTIMIZER = /opt|optim/i;

interface Called {
  readonly method: 'zero_grad' | 'backward' | 'step' | 'other';
  readonly of: string;
  readonly at: tree.Statement;
}

function callOf(at: tree.Statement): readonly Called[] {
  if (at.kind !== 'Expr' || at.value.kind !== 'Call' || at.value.callee.kind !== 'Attribute') return [];
  const { attribute, value } = at.value.callee;
  const isKnown = attribute === 'zero_grad' || attribute === 'backward' || attribute === 'step';
  if (isKnown && attribute !== 'backward' && !OPTIMIZER.test(value.span.text)) return [];
  return [{ method: isKnown ? attribute : 'other', of: value.span.text, at }];
}

function bodyText({ body }: tree.FunctionDefinition): string {
  return body.map(({ span }) => span.text).join('\n');
}
