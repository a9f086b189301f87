import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { ArrayFacts } from './array-facts.js';
import { application, kerasCall, wholeOf } from './names.js';

/** What `TextVectorization` makes of texts, as far as it was told. */
export function ofWords(value: Value): ArrayFacts | undefined {
  const layer = kerasCall(application(value)?.callee);
  if (layer?.name !== 'TextVectorization') return undefined;
  const { args } = layer;
  if ((args.named.get('output_mode') ?? 'int') !== 'int') return {};
  return {
    shape: [undefined, wholeOf(args.named.get('output_sequence_length'))],
    vocabulary: wholeOf(argument(args, 'max_tokens', 0)),
  };
}

/** How many numbers of words a `Tokenizer` gives at most, counted from 0. */
export function wordsOf(tokenizer: Datum | undefined): number | undefined {
  const call = kerasCall(tokenizer);
  return call?.name === 'Tokenizer' ? wholeOf(argument(call.args, 'num_words', 0)) : undefined;
}

/** Whether it is what a generator reads of folders. */
export function isFromFolder(datum: Datum | undefined): boolean {
  return (
    datum instanceof Value && datum.made.kind === 'operation' && datum.made.name === 'flow_from_directory'
  );
}
