import type { Evidence } from '@tensormark/marking';
import type { ReportPart } from './reports.contract.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

type Finding = Extract<Evidence, { kind: 'finding' }>;
type Place = NonNullable<Finding['place']>;

const LEVELS: Readonly<Record<Finding['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  design: 'note',
  remark: 'note',
};

/** An answer with what was found in its code. */
interface Reviewed {
  readonly uri: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * The findings in the code of a report's answers as SARIF 2.1.0. Each answer in which something was found is a file of its own and
 * stands in the log with its text, since lines are the answer's and there is no such file elsewhere.
 */
export function findingsAsSarif(parts: readonly ReportPart[]): Record<string, unknown> {
  const reviewed = parts.flatMap(({ key, text, evidence }): Reviewed[] => {
    const findings = evidence.filter((each): each is Finding => each.kind === 'finding');
    return findings.length === 0 ? [] : [{ uri: `answers/${encodeURIComponent(key)}.md`, text, findings }];
  });
  const checks = new Map(reviewed.flatMap(({ findings }) => findings.map((each) => [each.check, each])));
  const rules = [...checks.values()];
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Tensormark', rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: reviewed.map(({ uri, text }) => ({ location: { uri }, contents: { text } })),
        results: reviewed.flatMap(({ uri, findings }) =>
          findings.map((finding) => ({
            ruleId: finding.check,
            ruleIndex: rules.findIndex(({ check }) => check === finding.check),
            level: LEVELS[finding.severity],
            message: { text: [finding.says, finding.why].filter((said) => said !== undefined).join(' ') },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri },
                  ...(finding.place !== undefined && { region: regionOf(finding.place) }),
                },
              },
            ],
            ...(finding.fix !== undefined && { fixes: [fixOf(finding.fix, uri)] }),
          })),
        ),
      },
    ],
  };
}

function ruleOf({ check, instead }: Finding): Record<string, unknown> {
  return { id: check, ...(instead !== undefined && { help: { text: instead } }) };
}

function regionOf({ line, column, endLine, endColumn }: Place): Record<string, number> {
  return {
    startLine: line,
    ...(column !== undefined && { startColumn: column }),
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  };
}

function fixOf({ what, text, ...place }: NonNullable<Finding['fix']>, uri: string): Record<string, unknown> {
  return {
    description: { text: what },
    artifactChanges: [
      {
        artifactLocation: { uri },
        replacements: [{ deletedRegion: regionOf(place), insertedContent: { text } }],
      },
    ],
  };
}
