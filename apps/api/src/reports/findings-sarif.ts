import { sarifLog } from '@tensormark/code-review';
import type { Evidence } from '@tensormark/marking';
import type { ReportPart } from './reports.contract.js';

type Finding = Extract<Evidence, { kind: 'finding' }>;

/**
 * The findings in the code of a report's answers as SARIF 2.1.0. Each answer in which something was found is a file of its own and
 * stands in the log with its text, since lines are the answer's and there is no such file elsewhere.
 */
export function findingsAsSarif(parts: readonly ReportPart[]): Record<string, unknown> {
  const reviewed = parts.flatMap(({ key, text, evidence }) => {
    const findings = evidence.filter((each): each is Finding => each.kind === 'finding');
    return findings.length === 0 ? [] : [{ uri: `answers/${encodeURIComponent(key)}.md`, text, findings }];
  });
  return sarifLog(
    reviewed.flatMap(({ uri, findings }) =>
      findings.map(({ check, severity, says, why, place, fix }) => ({
        check,
        severity,
        text: [says, why].filter((said) => said !== undefined).join(' '),
        uri,
        place,
        fix,
      })),
    ),
    { rules: 'found', artifacts: reviewed },
  );
}
