const WORLD = /(^|[._])(envs?|environment|game|sim|simulator|world)$/i;

/** Whether what is written before `.step(…)` names an environment that an agent acts in: its steps change no weights. */
export function isNamedAsEnvironment(written: string): boolean {
  return WORLD.test(written);
}
