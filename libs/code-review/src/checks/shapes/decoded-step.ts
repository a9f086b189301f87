import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, loopsOf, nodesOf, statementsIn, targetsOf, holds } from '../../ask/tree.js';

const DECODE = (step: string): string => `
import torch

def greedy(model, memory, most, begin):
    said = torch.full((1, 1), begin)
    for _ in range(most):
        scores = model.head(model.decode(said, memory)[:, ${step}])
        next_word = scores.argmax(-1)
        said = torch.cat([said, next_word.unsqueeze(1)], dim=1)
    return said
`;

export const decodedStep: Check = {
  id: 'decoded-step',
  title: 'The first step read where the last one is meant',
  severity: 'warning',
  why: 'What comes next follows from the last position of what has been said so far; position 0 answers the first word, in every turn the same.',
  instead: 'Read position -1: out[:, -1].',
  needs:
    'A loop that puts a word behind those said so far, chosen from position 0 of what the network gives for all of them.',
  wrong: [DECODE('0').replace('[:, 0])', '[:, 0])  # <--')],
  right: [DECODE('-1')],
  *run(program) {
    if (!/\bcat\(|concat\(/.test(program.source) || !/argmax|topk|multinomial|max\(/.test(program.source))
      return;
    for (const loop of loopsOf(program)) {
      const body = statementsIn(loop.body);
      const grown = body.find((one) => {
        const [name = ''] = targetsOf(one);
        return (
          /^\w+$/.test(name) &&
          one.kind === 'Assign' &&
          new RegExp(String.raw`^(torch\.cat|torch\.concat|tf\.concat)\([[(]\s*${name}\s*,`).test(
            one.value.span.text,
          )
        );
      });
      const [said = ''] = grown === undefined ? [] : targetsOf(grown);
      if (grown === undefined || functionsAround(program, loop.span).length === 0) continue;
      const text = loop.body.map(({ span }) => span.text).join('\n');
      // Turned over, or one word at a time: position 0 is the only one, or the last.
      if (/flip|\[:,\s*-1|reverse|transpose|permute|\[-1|hidden|cache|past/.test(text)) continue;
      const read = nodesOf(program, 'Subscript').find(
        ({ index, span, value }) =>
          holds(loop.span, span) &&
          index.span.text.replaceAll(/\s/g, '') === ':,0' &&
          (new RegExp(String.raw`\(\s*${said}\b`).test(value.span.text) ||
            body.some(
              (one) =>
                one.kind === 'Assign' &&
                targetsOf(one).includes(value.span.text) &&
                new RegExp(String.raw`\(\s*${said}\s*[,)]`).test(one.value.span.text),
            )),
      );
      if (read === undefined) continue;
      yield {
        at: read.span,
        message: `Position 0 is what follows the first word of ${said}, whatever has been put behind it.`,
        evidence: [places(['it is put behind here', grown.span])],
      };
    }
  },
};
