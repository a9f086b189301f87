import type { Check } from '../../check.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

export const maskOverQueries: Check = {
  id: 'mask-over-queries',
  title: 'Padding is masked as queries, not as keys',
  severity: 'design',
  why: 'A mask of shape (B, 1, T, 1) blots out whole rows: padded queries see nothing, and all others still see the padding.',
  instead: 'Put the tokens last: (tokens != pad).unsqueeze(1).unsqueeze(2), of shape (B, 1, 1, T).',
  needs:
    'A comparison of tokens with padding that is given a dimension behind them, and joined with a square mask or given to attention.',
  wrong: [
    `
import torch

def target_mask(tokens, pad_idx):
    padding = (tokens != pad_idx).unsqueeze(1).unsqueeze(3)  # <--
    causal = torch.tril(torch.ones(tokens.shape[1], tokens.shape[1])).bool()
    return padding & causal
`,
  ],
  right: [
    `
import torch

def target_mask(tokens, pad_idx):
    padding = (tokens != pad_idx).unsqueeze(1).unsqueeze(2)
    causal = torch.tril(torch.ones(tokens.shape[1], tokens.shape[1])).bool()
    both = (tokens != pad_idx).unsqueeze(1).unsqueeze(3) & (tokens != pad_idx).unsqueeze(1).unsqueeze(2)
    return padding & causal & both
`,
  ],
  *run(program) {
    if (!/unsqueeze|None/.test(program.source) || !/pad/i.test(program.source)) return;
    for (const one of statementsOf(program)) {
      if (one.kind !== 'Assign') continue;
      const text = one.value.span.text.replaceAll(/\s/g, '');
      const over =
        /^\(?([\w.]+)(?:!=|==)[\w.]+\)?(?:\.unsqueeze\(1\)\.unsqueeze\((?:3|-1)\)|\[:,None,:,None\])$/.exec(
          text,
        );
      if (over === null || !isPaddingText(text)) continue;
      const [name = ''] = targetsOf(one);
      const home = functionsAround(program, one.span).at(-1);
      const rest = program.source.slice(one.span.end, home?.span.end);
      // Rows and columns both, or used to blot out rows.
      if (!new RegExp(String.raw`\b${name}\s*[&*]\s*\w+|\w+\s*[&*]\s*${name}\b`).test(rest)) continue;
      if (
        !/tril|triu|causal|subsequent|sub_mask|look_?ahead|no_?peak/i.test(home?.span.text ?? program.source)
      )
        continue;
      yield {
        at: one.span,
        message: `${name} has the tokens where the queries are: keys that are padding are not masked.`,
        evidence: [],
      };
    }
  },
};

function isPaddingText(text: string): boolean {
  return /[!=]=(self\.|\w+\.)*\w*pad\w*/i.test(text);
}
