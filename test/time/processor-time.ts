/**
 * Milliseconds of processor time that this process has used. Tests that something is quick measure with it, so that they
 * say the same on a busy machine.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
