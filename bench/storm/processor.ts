import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second (getconf CLK_TCK is 100 wherever Node runs). */
const TICK_MS = 10;

interface ProcessTimes {
  readonly parent: number;
  /** Its own and that of its children that have ended, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Processor time in milliseconds that a process has used with everything it has started, user and system together; read
 * off /proc (proc_pid_stat(5): ppid is field 4, utime, stime, cutime, cstime are 14 to 17). 0 where there is no /proc.
 */
export async function processorTimeOf(pid: number): Promise<number> {
  const names = await readdir('/proc').catch(() => []);
  const times = new Map<number, ProcessTimes>();
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    if (stat !== null) times.set(Number(name), parsed(stat));
  }
  const below = (process: number): number => {
    let sum = times.get(process)?.milliseconds ?? 0;
    for (const [child, { parent }] of times) if (parent === process) sum += below(child);
    return sum;
  };
  return below(pid);
}

function parsed(stat: string): ProcessTimes {
  // The name of the program comes second, in parentheses, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), milliseconds: ticks * TICK_MS };
}
