import type { Check } from './check.js';
import { CHECKS } from './checks/table.js';
import type { Region, Severity } from './finding.js';
import { JUDGEMENTS } from './running/judgements/table.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  design: 'note',
  remark: 'note',
};

/** A place in a file, as far as it is known. */
export type SarifPlace = Pick<Region, 'line'> & Partial<Region>;

/** Something that was found, in the words of whoever reports it. */
export interface SarifResult {
  readonly check: string;
  readonly severity: Severity;
  readonly text: string;
  readonly uri: string;
  readonly place?: SarifPlace | undefined;
  readonly related?: readonly (SarifPlace & { readonly what: string })[] | undefined;
  readonly fix?: (SarifPlace & { readonly what: string; readonly text: string }) | undefined;
}

export interface SarifOptions {
  readonly version?: string;
  /** `all`: every check is a rule of the log; `found`: those of which something was found. */
  readonly rules: 'all' | 'found';
  /** Texts that stand in the log itself, as there is no such file elsewhere. */
  readonly artifacts?: readonly { readonly uri: string; readonly text: string }[];
}

/** What was found as a log in SARIF 2.1.0. */
export function sarifLog(
  results: readonly SarifResult[],
  { version, rules: which, artifacts }: SarifOptions,
): Record<string, unknown> {
  const known = rulings();
  const found = [...new Set(results.map(({ check }) => check))];
  const rules =
    which === 'all'
      ? known.map(ruleOf)
      : found.map((id): Rule => {
          const ruling = known.find((each) => each.id === id);
          return ruling === undefined ? { id } : ruleOf(ruling);
        });
  const indices = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Tensormark', ...(version !== undefined && { version }), rules } },
        columnKind: 'utf16CodeUnits',
        ...(artifacts !== undefined && {
          artifacts: artifacts.map(({ uri, text }) => ({ location: { uri }, contents: { text } })),
        }),
        results: results.map((result) => resultOf(result, indices.get(result.check))),
      },
    ],
  };
}

/** A check as SARIF has it; of what no check is known under that id, the id alone. */
interface Rule {
  readonly id: string;
  readonly name?: string;
  readonly shortDescription?: { readonly text: string };
  readonly fullDescription?: { readonly text: string };
  readonly help?: { readonly text: string };
  readonly defaultConfiguration?: { readonly level: string };
}

type Ruling = Pick<Check, 'id' | 'title' | 'why' | 'instead' | 'severity'>;

function rulings(): readonly Ruling[] {
  return [...CHECKS, ...JUDGEMENTS];
}

function ruleOf({ id, title, why, instead, severity }: Ruling): Rule {
  return {
    id,
    name: id.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: instead },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(
  { check, severity, text, uri, place, related = [], fix }: SarifResult,
  ruleIndex: number | undefined,
): Record<string, unknown> {
  return {
    ruleId: check,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: { text },
    locations: [{ physicalLocation: physical(uri, place) }],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ what, ...at }, id) => ({
        id,
        message: { text: what },
        physicalLocation: physical(uri, at),
      })),
    }),
    ...(fix !== undefined && { fixes: [fixOf(fix, uri)] }),
  };
}

function physical(uri: string, place: SarifPlace | undefined): Record<string, unknown> {
  return { artifactLocation: { uri }, ...(place !== undefined && { region: regionOf(place) }) };
}

function regionOf({ line, column, endLine, endColumn }: SarifPlace): Record<string, number> {
  return {
    startLine: line,
    ...(column !== undefined && { startColumn: column }),
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  };
}

function fixOf(
  { what, text, ...place }: NonNullable<SarifResult['fix']>,
  uri: string,
): Record<string, unknown> {
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
