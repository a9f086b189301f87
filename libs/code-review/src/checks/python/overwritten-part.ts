import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf } from '../../ask/tree.js';
import type { Program } from '@tensormark/frameworks';

const WAVES = (part: string): string => `
import torch

def table(length, width):
    angles = torch.arange(length).unsqueeze(1) / 10000 ** (torch.arange(0, width, 2) / width)
    made = torch.zeros(length, width)
    made[:, 0::2] = torch.sin(angles)
    made[:, ${part}] = torch.cos(angles)${part === '1::2' ? '' : '  # <--'}
    return made
`;

export const overwrittenPart: Check = {
  id: 'overwritten-part',
  title: 'A part that is written twice, one after the other',
  severity: 'warning',
  why: 'What was put there first is gone before anything reads it: one of the two was meant for another part.',
  instead: 'Write the second to the part that it was meant for.',
  needs:
    'Two assignments in a row to the same slice of a tensor or array, of which the second does not read it.',
  wrong: [WAVES('0::2')],
  right: [WAVES('1::2')],
  *run(program) {
    for (const body of bodiesOf(program)) {
      for (const [at, second] of body.entries()) {
        const first = body[at - 1];
        const part = first && partOf(first);
        if (
          part === undefined ||
          partOf(second) !== part ||
          second.kind !== 'Assign' ||
          first?.kind !== 'Assign'
        )
          continue;
        const name = /^[\w.]+/.exec(part)?.[0] ?? '';
        // What is worked out of what was there, or calls something, may need the first.
        if (
          new RegExp(String.raw`(?<![\w.])${name.replaceAll('.', String.raw`\.`)}\b`).test(
            second.value.span.text,
          )
        )
          continue;
        if (first.value.span.text === second.value.span.text) continue;
        yield {
          at: second.span,
          message: `${part} was given its values in the line before, and loses them here.`,
          evidence: [places(['they are given here', first.span])],
        };
      }
    }
  },
};

/** The slice that a statement gives values, as it is written: only slices, which are of tensors and arrays. */
function partOf(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== 'Subscript' || !/:/.test(target.index.span.text)) return undefined;
  const text = target.span.text.replaceAll(/\s/g, '');
  // An index that is drawn or asked for may be another each time.
  return /^[\w.]+\[[\w.:,+*/-]+\]$/.test(text) ? text : undefined;
}

function bodiesOf(program: Program): readonly (readonly tree.Statement[])[] {
  const own = (['FunctionDef', 'For', 'While', 'With'] as const).flatMap((kind) =>
    nodesOf(program, kind).map(({ body }) => body),
  );
  return [program.body, ...own];
}
