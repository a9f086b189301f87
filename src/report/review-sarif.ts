import { pathToFileURL } from 'node:url';
import {
  CHECKS,
  JUDGEMENTS,
  type Evidence,
  type Finding,
  type Region,
  type Severity,
} from '@tensormark/code-review';
import type { Reviewed } from './reviewed.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  design: 'note',
  remark: 'note',
};

const RULES = [...CHECKS, ...JUDGEMENTS];

/** A review in SARIF 2.1.0, with every check as a rule. */
export function reviewAsSarif(reviewed: Reviewed, version: string): Record<string, unknown> {
  const uri = uriOf(reviewed.file);
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Tensormark',
            version,
            rules: RULES.map(({ id, title, why, instead, severity }) => ({
              id,
              name: id.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase()),
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: instead },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: reviewed.findings.map((finding) => resultOf(finding, uri)),
      },
    ],
  };
}

/** As written where it is relative, so that the report can travel with the file. */
function uriOf(file: string): string {
  return file.startsWith('/') ? pathToFileURL(file).href : encodeURI(file.replaceAll('\\', '/'));
}

function resultOf(finding: Finding, uri: string): Record<string, unknown> {
  const index = RULES.findIndex(({ id }) => id === finding.check);
  const related = finding.evidence.flatMap((evidence) => (evidence.kind === 'places' ? evidence.places : []));
  return {
    ruleId: finding.check,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: LEVELS[finding.severity],
    message: { text: [finding.message, ...finding.evidence.flatMap(saying), finding.why].join(' ') },
    locations: [{ physicalLocation: physical(finding, uri) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, at) => ({
            id: at,
            message: { text: place.what },
            physicalLocation: physical(place, uri),
          })),
        }),
    ...(finding.fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: finding.fix.what },
              artifactChanges: [
                {
                  artifactLocation: { uri },
                  replacements: [
                    { deletedRegion: regionOf(finding.fix), insertedContent: { text: finding.fix.text } },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

function physical(region: Region, uri: string): Record<string, unknown> {
  return { artifactLocation: { uri }, region: regionOf(region) };
}

function regionOf({ line, column, endLine, endColumn }: Region): Record<string, number> {
  return { startLine: line, startColumn: column, endLine, endColumn };
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
