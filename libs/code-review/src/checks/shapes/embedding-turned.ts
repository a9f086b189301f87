import type { Check } from '../../check.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';

const NET = (sizes: string): string => `
import torch.nn as nn

class Words(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embed = nn.Embedding(${sizes})

    def forward(self, x):
        return self.embed(x)
`;

/** Names that can only be the width of a vector, and only the number of words there are. */
const WIDTH =
  /^(\w+\.)*((word|char|token|tag|pos|src|tgt|trg)_?)?((emb(ed(ding)?)?s?_?(dim|size|width|sz|features)\w*)|(dim_?(emb|embed|embedding|model))|d_?(model|embed|emb|word_vec)|hidden_?(dim|size)|(factor|latent)_?(num|dim|size))$/i;
const COUNT =
  /^(len\(.*(vocab|words?|tokens?|chars?|stoi|itos|idx|index|dictionary)\w*\)|(\w+\.)*((src|tgt|trg|n|num|input|output|word|char|tag)_?)*(vocab(ulary)?(_?(size|len|sz))?|voc_size|(num|n)_?(words|tokens|embeddings|chars|users|items|vocab)|ntokens?|(user|item)_num))$/i;

export const embeddingTurned: Check = {
  id: 'embedding-turned',
  title: 'Embedding with its two sizes in each other’s place',
  severity: 'error',
  why: 'Embedding takes how many words there are first, and the width of their vectors second; crossed, most words lie beyond the table.',
  instead: 'nn.Embedding(vocab_size, embed_dim).',
  needs: 'Names that say what each size is, in the other order.',
  wrong: [NET('embed_dim, vocab_size').replace('vocab_size)\n\n', 'vocab_size)  # <--\n\n')],
  right: [NET('vocab_size, embed_dim'), NET('embedding_dim=embed_dim, num_embeddings=vocab_size')],
  *run(program) {
    if (!/Embedding\(/.test(program.source)) return;
    for (const { call, path } of torchCalls(program)) {
      if (path !== 'torch.nn.Embedding') continue;
      const count = writtenArgument(call, 0, 'num_embeddings')?.span.text ?? '';
      const width = writtenArgument(call, 1, 'embedding_dim')?.span.text ?? '';
      if (!WIDTH.test(count) || !COUNT.test(width) || COUNT.test(count) || WIDTH.test(width)) continue;
      yield {
        at: call.span,
        message: `${count} stands where the number of words belongs, and ${width} where the width of their vectors does.`,
        evidence: [],
      };
    }
  },
};
