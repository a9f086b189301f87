import { describedChecks, didYouMean } from '@tensormark/code-review';
import { Refused, WrongUsage, type Command } from '../command.js';
import { checkAsText, listOfChecks } from '../report/checks-text.js';
import { readArguments } from '../terminal/arguments.js';

export const checks: Command = {
  usage: '[ID] [--json]',
  help: `
Lists what a review looks for: the ids that findings carry and that a mark scheme may name in its deductions. With an
id, tells of that check: why it matters, what to do instead, when it speaks, and programs with and without the fault.

  --json   one JSON object instead, with the examples

tensormark checks
tensormark checks softmax-ce`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
    const [id, ...more] = positionals;
    if (more.length > 0) throw new WrongUsage('give one id, or none');
    const all = describedChecks();
    const asked = id === undefined ? all : all.filter((check) => check.id === id);
    const [only] = asked;
    if (id !== undefined && only === undefined) throw new Refused(unknown(id, all));
    if (values.json === true) output.write(`${JSON.stringify({ checks: asked }, undefined, 2)}\n`);
    else if (id === undefined || only === undefined) output.write(listOfChecks(all, output.style));
    else output.write(checkAsText(only, output.style));
    return 0;
  },
};

function unknown(id: string, all: readonly { readonly id: string }[]): string {
  const meant = didYouMean(
    id,
    all.map((check) => check.id),
  );
  return `there is no check "${id}".${meant === undefined ? '' : ` Perhaps "${meant}" is meant.`} tensormark checks lists them all.`;
}
