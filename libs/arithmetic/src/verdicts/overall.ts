import type { VerdictKind } from './verdicts.js';
import type { Pair } from '../working.js';

/** One verdict for a chain: an error in any pair counts, what was not understood only where nothing else was. */
export function overallVerdict(pairs: readonly Pair[]): VerdictKind {
  const kinds = new Set<VerdictKind>(
    pairs.map(({ verdict }) =>
      verdict.kind === 'running-total' && verdict.link.kind === 'false' ? 'false' : verdict.kind,
    ),
  );
  for (const kind of ['false', 'running-total', 'rounded', 'true'] as const) if (kinds.has(kind)) return kind;
  return 'not-understood';
}
