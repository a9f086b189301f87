import { CHECKS, JUDGEMENTS } from '@tensormark/code-review';

const TITLES: ReadonlyMap<string, string> = new Map([
  ...[...CHECKS, ...JUDGEMENTS].map(({ id, title }): [string, string] => [id, title]),
  // What reading alone says, where no check of review has it.
  ['syntax', 'Code that is no Python'],
  ['raises', 'An error that the code raises'],
]);

/** What a check looks for, in words; the id of one that this version does not know. */
export function titleOfCheck(id: string): string {
  return TITLES.get(id) ?? id;
}
