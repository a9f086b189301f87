import type { Group } from './checks/groups.js';
import { CHECK_GROUPS } from './checks/table.js';
import type { Severity } from './finding.js';
import { JUDGEMENTS } from './running/judgements/table.js';

/** What there is to say of a check: what is found, why it matters, when it speaks, and on which programs. */
export interface DescribedCheck {
  readonly id: string;
  readonly group: Group;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly instead: string;
  readonly needs: string;
  /** Programs with the fault, its line marked by `# <--`. */
  readonly wrong: readonly string[];
  /** Programs that are alike and have it not. */
  readonly right: readonly string[];
}

/** Every check, by groups, and what is judged of a network that was run. */
export function describedChecks(): readonly DescribedCheck[] {
  return [
    ...CHECK_GROUPS.flatMap(({ name, checks }) =>
      checks.map(({ id, severity, title, why, instead, needs, wrong, right }): DescribedCheck => ({
        id,
        group: name,
        severity,
        title,
        why,
        instead,
        needs,
        wrong: wrong.map(withoutMargin),
        right: right.map(withoutMargin),
      })),
    ),
    ...JUDGEMENTS.map(({ id, severity, title, why, instead, probe }): DescribedCheck => ({
      id,
      group: 'running',
      severity,
      title,
      why,
      instead,
      needs: `The network was run, with the probe "${probe}".`,
      wrong: [],
      right: [],
    })),
  ];
}

const withoutMargin = (code: string): string => code.replace(/^\n+|\s+$/g, '');
