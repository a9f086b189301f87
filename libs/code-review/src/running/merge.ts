import type { Finding } from '../finding.js';
import type { Running } from './running.js';

/**
 * One fault is one finding: what running found that a check of the code has found already lends that its numbers. This is
 * the one place that says which are the same.
 */
const SAME_FAULT: Readonly<Record<string, readonly string[]>> = {
  'no-gradient': ['graph-cut', 'backward-no-grad'],
  'dropout-in-eval': ['functional-dropout'],
  'not-finite': ['log-unmasked'],
  'vanishing-gradient': ['sigmoid-deep', 'zero-or-constant-weights'],
  'rows-mixed': ['softmax-dim', 'batch-absorbed', 'view-for-transpose', 'rnn-layout'],
  'input-ignored': ['softmax-one-unit', 'argmax-one-logit', 'softmax-dim'],
  diverges: ['lr-range'],
  'nothing-learned': ['lr-range', 'all-frozen', 'params-unchanged'],
  'dead-layer': ['relu-on-output', 'init-scale'],
  'initial-loss': ['init-scale'],
};

/** The same with what running another network of the file found; what is known of a line already is not said twice. */
export function withOtherNetwork(
  findings: readonly Finding[],
  running: Ran | { readonly kind: 'not-run' | 'fault' },
): readonly Finding[] {
  if (running.kind !== 'ran') return findings;
  const isSaid = (found: Finding): boolean =>
    findings.some(
      ({ check, line }) =>
        line === found.line && (check === found.check || SAME_FAULT[found.check]?.includes(check) === true),
    );
  return inOrder([...findings, ...running.findings.filter((found) => !isSaid(found))]);
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => a.line - b.line || a.column - b.column || a.check.localeCompare(b.check),
  );
}

type Ran = Pick<Extract<Running, { readonly kind: 'ran' }>, 'kind' | 'findings'>;

/** The findings of reading and of running, each fault once, in the order of lines. */
export function mergedFindings(
  read: readonly Finding[],
  running: Ran | { readonly kind: 'not-run' | 'fault' } | undefined,
): readonly Finding[] {
  if (running?.kind !== 'ran') return read;
  const merged = [...read];
  for (const found of running.findings) {
    const same = merged.findIndex(
      ({ check }) => check === found.check || SAME_FAULT[found.check]?.includes(check) === true,
    );
    const known = merged[same];
    if (known) merged[same] = { ...known, evidence: [...known.evidence, ...found.evidence] };
    else merged.push(found);
  }
  return inOrder(merged);
}
