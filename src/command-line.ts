import { isRefused, isWrongUsage, type ExitCode } from './command.js';
import { VERBS, type Verb } from './commands/table.js';
import { processOutput, type Output } from './terminal/output.js';

function overview(verbs: ReadonlyMap<string, Verb>): string {
  const width = Math.max(...[...verbs.keys()].map((verb) => verb.length));
  return [
    'Tensormark grades deep-learning exams.',
    '',
    'usage: tensormark VERB [ARGUMENTS]',
    '',
    ...[...verbs].map(([verb, { summary }]) => `  ${verb.padEnd(width)}  ${summary}`),
    '',
    'tensormark VERB --help tells more. Exit codes: 0 done, 1 findings or refused input, 2 wrong usage.',
    '',
  ].join('\n');
}

/** What `tensormark ARGUMENTS` does: picks the verb, runs it, and says how it ended. */
export async function commandLine(
  args: readonly string[],
  serverVerbs: ReadonlyMap<string, Verb>,
  output: Output = processOutput(),
): Promise<ExitCode> {
  const verbs = new Map([...VERBS, ...serverVerbs]);
  const [verb, ...rest] = args;
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    output.write(overview(verbs));
    return verb === undefined ? 2 : 0;
  }
  if (verb === '--version') {
    const { version } = await import('./version.js');
    output.write(`${version}\n`);
    return 0;
  }
  const known = verbs.get(verb);
  if (known === undefined) {
    output.say(`tensormark: there is no verb "${verb}"; the verbs are ${[...verbs.keys()].join(', ')}`);
    return 2;
  }
  const command = await known.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    output.write(`usage: tensormark ${verb} ${command.usage}\n\n${command.help.trim()}\n`);
    return 0;
  }
  try {
    return await command.run(rest, output);
  } catch (error) {
    if (isWrongUsage(error)) {
      output.say(`tensormark ${verb}: ${error.message}\nusage: tensormark ${verb} ${command.usage}`);
      return 2;
    }
    if (isRefused(error)) {
      output.say(`tensormark ${verb}: ${error.message}`);
      return 1;
    }
    throw error;
  }
}
