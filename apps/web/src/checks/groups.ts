import type { Check } from '../api/types.js';

const SAYS: Readonly<Record<Check['group'], string>> = {
  shapes: 'Shapes',
  losses: 'Losses and outputs',
  training: 'The training loop',
  parameters: 'Parameters and layers',
  data: 'Data',
  keras: 'Keras and TensorFlow',
  devices: 'Devices',
  python: 'Python',
  running: 'Seen when the network is run',
};

/** Checks under what they look at, in the order they come in. */
export function groupsOf(
  checks: readonly Check[],
): { readonly group: Check['group']; readonly says: string; readonly checks: readonly Check[] }[] {
  return [...new Set(checks.map(({ group }) => group))].map((group) => ({
    group,
    says: SAYS[group],
    checks: checks.filter((check) => check.group === group),
  }));
}

/** Whether a check speaks of all the words sought, in its title or its id. */
export function matches({ id, title }: Pick<Check, 'id' | 'title'>, sought: string): boolean {
  const said = `${title} ${id} ${id.replaceAll('-', ' ')}`.toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
