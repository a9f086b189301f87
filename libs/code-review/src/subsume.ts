import type { Finding } from './finding.js';

/**
 * One fault is one finding: where the first of a pair is found, the second is about the same thing. `near` asks for the
 * same line; otherwise one anywhere in the file is enough.
 */
interface Subsumption {
  readonly check: string;
  readonly hides: string;
  readonly where: 'same-line' | 'anywhere';
}

const SUBSUMPTIONS: readonly Subsumption[] = [
  ...[
    'view-size',
    'rnn-layout',
    'target-shape',
    'residual-mismatch',
    'cat-mismatch',
    'shape-linear-in',
    'bn-features',
  ].map((hides): Subsumption => ({ check: 'last-batch', hides, where: 'same-line' })),
  ...['shape-linear-in', 'shape-conv-channels', 'bn-features', 'rnn-layout', 'refused'].map(
    (hides): Subsumption => ({ check: 'joined-otherwise', hides, where: 'anywhere' }),
  ),
  { check: 'shape-linear-in', hides: 'widths-by-name', where: 'same-line' },
  { check: 'flatten-missing', hides: 'shape-linear-in', where: 'same-line' },
  ...['shape-linear-in', 'shape-conv-channels', 'bn-features'].map((check): Subsumption => ({
    check,
    hides: 'widths-by-name',
    where: 'same-line',
  })),
  { check: 'normalize-channels', hides: 'transform-order', where: 'same-line' },
  { check: 'zero-or-constant-weights', hides: 'constant-by-kind', where: 'same-line' },
  { check: 'parts-of-other', hides: 'parts-mixed', where: 'same-line' },
  { check: 'parts-mixed', hides: 'known-returns', where: 'anywhere' },
  ...['flatten-size', 'shape-linear-in', 'target-shape'].map((hides): Subsumption => ({
    check: 'batch-absorbed',
    hides,
    where: 'anywhere',
  })),
  ...['batch-absorbed', 'argmax-batch'].map((check): Subsumption => ({
    check,
    hides: 'residual-mismatch',
    where: 'anywhere',
  })),
  { check: 'flatten-size', hides: 'shape-linear-in', where: 'same-line' },
  { check: 'pair-loss', hides: 'margin-form', where: 'same-line' },
  { check: 'softmax-dim', hides: 'weights-dim', where: 'same-line' },
  { check: 'parts-confused', hides: 'fold-unread', where: 'anywhere' },
  { check: 'bn-features', hides: 'norm-of-maps', where: 'same-line' },
  { check: 'overlap-product', hides: 'overlap-form', where: 'anywhere' },
  { check: 'focal-of-logarithm', hides: 'focal-form', where: 'anywhere' },
  { check: 'kl-sign', hides: 'divergence-sign', where: 'anywhere' },
  { check: 'ratio-turned', hides: 'probability-ratio-form', where: 'same-line' },
  { check: 'bootstrap-at-end', hides: 'discounted-form', where: 'same-line' },
  { check: 'end-turned', hides: 'discounted-form', where: 'same-line' },
  { check: 'stepped-name-only', hides: 'parameter-rebound', where: 'same-line' },
  { check: 'kl-form', hides: 'divergence-terms', where: 'same-line' },
  { check: 'sampling-form', hides: 'sample-sum', where: 'same-line' },
  { check: 'sampling-form', hides: 'noise-unread', where: 'anywhere' },
  { check: 'input-shape', hides: 'batch-missing', where: 'same-line' },
  ...['input-shape', 'target-shape', 'labels-loss', 'flatten-missing'].map((hides): Subsumption => ({
    check: 'fit-arguments',
    hides,
    where: 'anywhere',
  })),
  { check: 'coded-twice', hides: 'target-shape', where: 'anywhere' },
  { check: 'list-given', hides: 'rows-differ', where: 'same-line' },
  { check: 'layout-nhwc', hides: 'shape-conv-channels', where: 'same-line' },
  { check: 'target-shape', hides: 'residual-mismatch', where: 'same-line' },
  { check: 'loss-task', hides: 'residual-mismatch', where: 'same-line' },
  { check: 'softmax-one-unit', hides: 'softmax-ce', where: 'anywhere' },
  { check: 'variables-of-another', hides: 'judge-target', where: 'anywhere' },
  { check: 'variables-of-another', hides: 'step-missing', where: 'anywhere' },
  { check: 'return-missing', hides: 'refused', where: 'anywhere' },
  { check: 'outputs-named', hides: 'labels-loss', where: 'anywhere' },
  { check: 'validation-trains', hides: 'train-missing', where: 'anywhere' },
  ...['step-missing', 'stepped-other'].map((hides): Subsumption => ({
    check: 'twin-optimizer',
    hides,
    where: 'anywhere',
  })),
  { check: 'graph-cut', hides: 'stepped-other', where: 'anywhere' },
  { check: 'sampling-form', hides: 'sampling-uniform', where: 'same-line' },
  { check: 'noisy-target', hides: 'noise-rebuilt', where: 'same-line' },
  { check: 'term-cut', hides: 'same-operands', where: 'same-line' },
  ...['not-in-optimizer', 'order', 'zero-grad'].map((hides): Subsumption => ({
    check: 'stepped-other',
    hides,
    where: 'anywhere',
  })),
  { check: 'order', hides: 'stepped-graph', where: 'anywhere' },
  { check: 'backward-twice', hides: 'stepped-graph', where: 'anywhere' },
  { check: 'zero-grad', hides: 'order', where: 'anywhere' },
  { check: 'backward-missing', hides: 'order', where: 'anywhere' },
  { check: 'backward-missing', hides: 'zero-grad', where: 'anywhere' },
  { check: 'step-missing', hides: 'zero-grad', where: 'anywhere' },
  { check: 'plain-list', hides: 'empty-optimizer', where: 'anywhere' },
  { check: 'super-init', hides: 'empty-optimizer', where: 'anywhere' },
  { check: 'optimizer-before-change', hides: 'not-in-optimizer', where: 'anywhere' },
  { check: 'optimizer-before-change', hides: 'all-frozen', where: 'anywhere' },
  { check: 'init-misspelled', hides: 'empty-optimizer', where: 'anywhere' },
  { check: 'init-misspelled', hides: 'unknown-attribute', where: 'anywhere' },
  { check: 'init-misspelled', hides: 'call-signature', where: 'anywhere' },
  { check: 'method-as-value', hides: 'loss-accumulate', where: 'same-line' },
  { check: 'call-missing', hides: 'zero-grad', where: 'anywhere' },
  { check: 'call-missing', hides: 'step-missing', where: 'anywhere' },
  { check: 'call-missing', hides: 'backward-missing', where: 'anywhere' },
  { check: 'call-missing', hides: 'eval-missing', where: 'anywhere' },
  { check: 'call-missing', hides: 'train-missing', where: 'anywhere' },
  { check: 'return-in-loop', hides: 'step-missing', where: 'anywhere' },
  { check: 'graph-cut', hides: 'refused', where: 'anywhere' },
  { check: 'loss-shadowed', hides: 'refused', where: 'same-line' },
  { check: 'backward-no-grad', hides: 'refused', where: 'anywhere' },
  { check: 'normalize-channels', hides: 'residual-mismatch', where: 'same-line' },
  { check: 'layout-nhwc', hides: 'flatten-size', where: 'anywhere' },
  { check: 'cat-mismatch', hides: 'shape-conv-channels', where: 'anywhere' },
  { check: 'target-shape', hides: 'backward-not-scalar', where: 'anywhere' },
  { check: 'residual-mismatch', hides: 'backward-not-scalar', where: 'anywhere' },
  { check: 'leaf-moved', hides: 'refused', where: 'anywhere' },
  { check: 'refused', hides: 'grad-of-computed', where: 'anywhere' },
  { check: 'loss-accumulate', hides: 'backward-twice', where: 'same-line' },
  { check: 'batch-missing', hides: 'refused', where: 'same-line' },
  { check: 'rnn-layout', hides: 'state-sizes', where: 'same-line' },
  { check: 'state-sizes', hides: 'refused', where: 'same-line' },
  { check: 'state-of-lstm', hides: 'refused', where: 'same-line' },
  { check: 'input-dtype', hides: 'refused', where: 'same-line' },
  { check: 'keys-not-turned', hides: 'refused', where: 'anywhere' },
  { check: 'keys-not-turned', hides: 'residual-mismatch', where: 'anywhere' },
  { check: 'copied-call', hides: 'unused-layer', where: 'same-line' },
  // What was seen to be refused is said in the words in which it is refused.
  ...['call-signature', 'keras-name', 'graph-names'].map((check): Subsumption => ({
    check,
    hides: 'library-arguments',
    where: 'same-line',
  })),
  ...['unknown-attribute', 'graph-names'].map((check): Subsumption => ({
    check,
    hides: 'library-name',
    where: 'same-line',
  })),
];

/** Leaves each fault one finding, in the order of lines. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const once = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.check}:${finding.line}:${finding.column}`;
    if (!once.has(key)) once.set(key, finding);
  }
  const all = [...once.values()];
  const kept = all.filter(
    (finding) =>
      !isInOtherWords(finding, all) &&
      !SUBSUMPTIONS.some(
        ({ check, hides, where }) =>
          hides === finding.check &&
          all.some((other) => other.check === check && (where === 'anywhere' || other.line === finding.line)),
      ),
  );
  return kept.toSorted((a, b) => a.line - b.line || a.column - b.column || a.check.localeCompare(b.check));
}

/** Whether a check that has words of its own for it tells the error of a line that is told as Python words it too. */
function isInOtherWords({ check, line }: Finding, all: readonly Finding[]): boolean {
  return (
    check === 'refused' &&
    all.some((other) => other.check !== check && other.severity === 'error' && other.line === line)
  );
}
