import { pathToFileURL } from 'node:url';
import { sarifLog, type Evidence } from '@tensormark/code-review';
import type { Reviewed } from './reviewed.js';

/** A review in SARIF 2.1.0, with every check as a rule. */
export function reviewAsSarif({ file, findings }: Reviewed, version: string): Record<string, unknown> {
  const uri = uriOf(file);
  return sarifLog(
    findings.map((finding) => ({
      check: finding.check,
      severity: finding.severity,
      text: [finding.message, ...finding.evidence.flatMap(saying), finding.why].join(' '),
      uri,
      place: finding,
      related: finding.evidence.flatMap((each) => (each.kind === 'places' ? each.places : [])),
      fix: finding.fix,
    })),
    { version, rules: 'all' },
  );
}

/** As written where it is relative, so that the report can travel with the file. */
function uriOf(file: string): string {
  return file.startsWith('/') ? pathToFileURL(file).href : encodeURI(file.replaceAll('\\', '/'));
}

function saying(evidence: Evidence): string[] {
  switch (evidence.kind) {
    case 'shapes':
      return evidence.shapes.map(({ what, shape }) => `${what} [${shape.join(', ')}].`);
    case 'numbers':
      return evidence.numbers.map(({ what, value }) => `${what}: ${value}.`);
    case 'error':
      return [`${evidence.type}: ${evidence.message}`];
    case 'curve':
    case 'places':
      return [];
  }
}
