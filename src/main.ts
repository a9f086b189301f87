#!/usr/bin/env node
import { Refused, WrongUsage, type ExitCode } from './command.js';
import { VERBS } from './commands/table.js';
import { processOutput, type Output } from './terminal/output.js';

function overview(): string {
  const width = Math.max(...[...VERBS.keys()].map((verb) => verb.length));
  return [
    'Tensormark grades deep-learning exams.',
    '',
    'usage: tensormark VERB [ARGUMENTS]',
    '',
    ...[...VERBS].map(([verb, { summary }]) => `  ${verb.padEnd(width)}  ${summary}`),
    '',
    'tensormark VERB --help tells more. Exit codes: 0 done, 1 findings or refused input, 2 wrong usage.',
    '',
  ].join('\n');
}

async function main(args: readonly string[], output: Output): Promise<ExitCode> {
  const [verb, ...rest] = args;
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    output.write(overview());
    return verb === undefined ? 2 : 0;
  }
  if (verb === '--version') {
    const { version } = await import('./version.js');
    output.write(`${version}\n`);
    return 0;
  }
  const known = VERBS.get(verb);
  if (known === undefined) {
    output.say(`tensormark: there is no verb "${verb}"; the verbs are ${[...VERBS.keys()].join(', ')}`);
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
    if (error instanceof WrongUsage) {
      output.say(`tensormark ${verb}: ${error.message}\nusage: tensormark ${verb} ${command.usage}`);
      return 2;
    }
    if (error instanceof Refused) {
      output.say(`tensormark ${verb}: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2), processOutput());
