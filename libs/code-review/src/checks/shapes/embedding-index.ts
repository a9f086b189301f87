import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import { behind } from '../../ask/ancestry.js';
import { errorCheck } from '../../ask/error-check.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { inWords, layerOf } from '../../ask/errors.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const indexRefused = errorCheck(
  {
    id: 'embedding-index',
    title: 'An embedding looked up with what is no index',
    why: 'Embeddings take whole numbers from 0 to num_embeddings - 1; floats and numbers beyond raise an error.',
    instead:
      'Hand over indices as int64 (x.long()), and make num_embeddings larger than the largest of them.',
    needs: 'A call of the embedding on a tensor of known type or values.',
    wrong: [
      `
import torch
import torch.nn as nn
embedding = nn.Embedding(100, 16)
vectors = embedding(torch.randint(0, 1000, (4, 12)))  # <--
`,
      `
import torch
import torch.nn as nn
embedding = nn.Embedding(100, 16)
tokens = torch.rand(4, 12)
vectors = embedding(tokens)  # <--
`,
      `
import numpy as np
import torch
import torch.nn as nn
embedding = nn.Embedding(1000, 16)
users = torch.FloatTensor(np.load("users.npy"))
vectors = embedding(users)  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
embedding = nn.Embedding(100, 16)
vectors = embedding(torch.randint(0, 100, (4, 12)))
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isIndex =
      /Expected tensor for argument #1 'indices' to have one of the following scalar types/.test(
        error.message,
      ) ||
      (error.message.startsWith('index out of range') &&
        layerOf(error)?.layer?.type.startsWith('Embedding') === true);
    if (at === undefined || !isIndex) return undefined;
    return {
      at,
      message: 'What the embedding is looked up with are no indices it has.',
      evidence: [places(['the embedding', layerOf(error)?.span]), inWords(error)],
    };
  },
);

export const embeddingIndex: ErrorCheck = {
  ...indexRefused,
  *run(program) {
    yield* indexRefused.run(program);
    for (const { module, args, moment } of layerCalls(program, 'Embedding')) {
      const [given] = args.positional;
      const rows = module.layer?.config['num_embeddings'];
      if (typeof rows !== 'number' || !isValue(given)) continue;
      const drawn = drawnBelow(behind(given));
      if (drawn === undefined || drawn <= rows || moment.span === undefined) continue;
      yield {
        at: moment.span,
        message: `The embedding has ${rows} rows, and the indices drawn go up to ${drawn - 1}.`,
        evidence: [places(['the embedding', module.span], ['the indices', given.span])],
      };
    }
  },
};

/** The bound of `torch.randint(low, high, …)`, which no number drawn reaches. */
function drawnBelow({ made }: Value): number | undefined {
  if (made.kind !== 'fresh' || made.by !== 'randint' || made.args === undefined) return undefined;
  const { positional, named } = made.args;
  const high = named.get('high') ?? (typeof positional[1] === 'bigint' ? positional[1] : positional[0]);
  return typeof high === 'bigint' ? Number(high) : undefined;
}
