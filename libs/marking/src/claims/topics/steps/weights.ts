import { lineWith, type CodeFacts } from '../../facts.js';
import { written, type Shown, type Step } from './step.js';

/** Whether some of the weights are kept as they are. */
function frozen(facts: CodeFacts): Shown {
  const unsure = { is: undefined, says: 'Which weights learn could not be told for sure.' };
  const found = facts.findings.find(({ check }) => /^(?:frozen-typo|head-attribute)$/.test(check));
  if (found !== undefined) return { ...unsure, says: found.message, line: found.line };
  const written = facts.text
    .split('\n')
    .findIndex((line) =>
      /\.requires_grad\s*=\s*False|requires_grad_\(\s*False|trainable\s*=\s*False/.test(line),
    );
  const parameters = facts.program?.modules.flatMap((module) => module.ownParameters) ?? [];
  const fixed = parameters.filter(({ trainable }) => !trainable).length;
  if (written >= 0)
    return fixed > 0 || /trainable\s*=\s*False/.test(facts.text)
      ? { is: true, says: `Line ${written + 1} keeps weights from learning.`, line: written + 1 }
      : unsure;
  return /requires_grad|trainable|freez/i.test(facts.text)
    ? unsure
    : { is: false, says: 'Nothing in the code keeps weights from learning.' };
}

/** Whether anything works against overfitting: dropout and penalties for sure, other things only to some. */
function regularised({ layers, isWhole, text, quote }: CodeFacts): Shown {
  const dropout = layers.find(
    ({ kind, config }) => kind === 'dropout' || Number(config?.['dropout'] ?? 0) > 0,
  );
  const line =
    dropout?.quote?.line ??
    lineWith(text, /weight_decay\s*=\s*(?!0\b)|_regularizer\s*=\s*(?!None)|\bregularizers\./);
  if (line !== undefined)
    return { is: true, says: `Line ${line} works against overfitting: ${quote(line)?.text ?? ''}`, line };
  const isOpen =
    /drop|decay|regulari|EarlyStopping|early_?stop|augment|Random\w+\(|_range\s*=|flip|norm|AdamW|noise|smoothing/i.test(
      text,
    );
  return !isWhole || isOpen
    ? { is: undefined, says: 'Whether anything works against overfitting could not be told for sure.' }
    : { is: false, says: 'There is no dropout, no penalty on weights and no early stopping.' };
}

/** Where weights come from, which of them learn, and what is kept of them. */
export const WEIGHTS: readonly Step[] = [
  {
    subject: 'weights',
    present: [
      /\b(?:weights|layers?|backbone|parameters|encoder|base(?: model)?|features?|body|network|model|convolution\w*)\b[^.,]*\b(?:is|are|stays?|kept|get|gets|remain)\s+(?:all |mostly |also |kept )?frozen\b/i,
      /\b(?:freez(?:es?|ing)|froze)\b[^.]*\b(?:weights|layers?|backbone|parameters|encoder|base|features?|body|network|model)\b/i,
      /\bonly (?:the )?(?:\w+ ){0,3}(?:layer|head|classifier|fc)\b[^.]*\b(?:is|are|gets?) (?:re)?(?:trained|updated|learned|optimi[sz]ed)\b/i,
    ],
    absent: [
      /\b(?:whole|entire|full|complete) (?:network|model|backbone)\b[^.]*\b(?:is|gets?|are) (?:being )?(?:fine-?tuned|trained|updated)\b/i,
      /\ball (?:of the |the )?(?:layers|weights|parameters)\b[^.]*\bare (?:fine-?tuned|trained|updated|trainable)\b/i,
    ],
    shows: frozen,
  },
  {
    subject: 'weights',
    present: [
      /\bpre-?trained\b/i,
      /\b(?:starts?|begins?|initiali[sz]ed|loaded|loads?|uses?) (?:\w+ ){0,3}imagenet(?: weights)?\b/i,
      /\btransfer learning\b/i,
    ],
    absent: [
      /\b(?:trained|training|learn\w*|starts?) from scratch\b/i,
      /\b(?:starts? (?:from|with)|begins? with) random(?:ly initiali[sz]ed)? weights\b/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /weights\s*=\s*(?!None|"None)\S|pretrained\s*=\s*True|from_pretrained\(|weights\s*=\s*['"]imagenet/,
        /pretrain|weights\s*=|hub\.|timm|load_|imagenet|models\.|applications/i,
        'weights that were learned before',
      ),
  },
  {
    subject: 'training-aids',
    words: /\bearly[ -]stopping\b/i,
    present: [/\bearly[ -]stopping (?:ends|stops|halts|monitors|watches)\b/i],
    // What it watches is another matter.
    elsewhere: /\b(?:watch|monitor|track|look)(?:s|es|ed|ing)?\b[^.]*\b(?:loss|accuracy)\b/i,
    shows: (facts) =>
      written(
        facts,
        // A schedule may have a patience of its own.
        /\bbreak\b/.test(facts.text)
          ? /EarlyStopping\(|early_?stop|\bpatience\b/i
          : /EarlyStopping\(|early_?stop/i,
        /\bbreak\b|no_improve|stop_training/i,
        'an early stopping',
      ),
  },
  {
    subject: 'training-aids',
    words: /(?<!\b(?:L1|L2|dropout)[ -])\bregulari[sz]ation\b(?! (?:strength|term|by|with|through))/i,
    present: [/\b(?:network|model|it|layers?)\b[^.]*\b(?:is|are) regulari[sz]ed\b/i],
    absent: [/\b(?:is|are)(?:n't| not| never) regulari[sz]ed\b/i, /\bunregulari[sz]ed\b/i],
    shows: regularised,
  },
  {
    subject: 'training-aids',
    words: /\b(?:model )?checkpoint(?:s|ing)?\b/i,
    present: [
      /\b(?:model|weights|state dict|network|parameters)\b[^.]*\b(?:is|are|gets?) (?:also |then |finally )*(?:saved|stored|written to)\b/i,
      /\bsaves? (?:the )?(?:best |trained |final )*(?:model|weights|network|parameters)\b/i,
    ],
    absent: [/\b(?:model|weights|network|parameters)\b[^.]*\b(?:is|are) (?:never|not) (?:saved|stored)\b/i],
    doubtful: /\bbest|lowest|highest|each|every\b/i,
    shows: (facts) =>
      written(
        facts,
        /torch\.save\(|\.save\(|ModelCheckpoint\(|save_weights\(|save_pretrained\(|save_model\(/,
        /save|checkpoint|ckpt|dump/i,
        'a saving of weights',
      ),
  },
  {
    subject: 'training-aids',
    words: /\b(?:mixed[ -]precision|automatic mixed precision|AMP|half precision)\b/,
    shows: (facts) =>
      written(
        facts,
        /autocast\(|GradScaler\(|mixed_float16|mixed_bfloat16/,
        /fp16|half\(|bfloat16|precision|amp/i,
        'mixed precision',
      ),
  },
  {
    subject: 'training-aids',
    words: /\b(?:random )?seeds?\b/i,
    present: [/\bseeds?\b (?:is|are) (?:fixed|set)\b/i],
    absent: [/\b(?:not|isn't|n't) reproducible\b/i],
    shows: (facts) =>
      written(
        facts,
        /manual_seed\(|seed_everything\(|set_seed\(|random\.seed\(|set_random_seed\(/,
        /seed|random_state|default_rng|generator/i,
        'a seed',
      ),
  },
  {
    subject: 'embedding',
    isOfNetwork: true,
    present: [
      /\bposition\w*(?: \w+)?\b[^.;]*\b(?:is|are|gets?) (?:also )?(?:learned|learnt|learnable|trainable|trained)\b/i,
      /\b(?:learned|learnable|trainable) position\w*/i,
    ],
    absent: [
      /\bposition\w*(?: \w+)?\b[^.;]*\b(?:is|are) (?:fixed|constant|sinusoidal|(?:not|never) (?:learned|learnt|learnable|trainable|trained))\b/i,
      /\b(?:fixed|sinusoidal) position\w*/i,
    ],
    shows: ({ text }) => {
      const learned = lineWith(
        text,
        /pos\w*\s*=\s*nn\.(?:Embedding|Parameter)\(|position\w*\s*=\s*(?:layers\.)?Embedding\(/i,
      );
      const fixed = lineWith(text, /\bsin\(/);
      if (learned !== undefined && fixed === undefined)
        return { is: true, says: `Line ${learned} makes positions that are learned.`, line: learned };
      const isFixed =
        learned === undefined &&
        fixed !== undefined &&
        /\bcos\(/.test(text) &&
        !/pos\w*\s*=[^\n]*Parameter|\bpe\s*=\s*nn\.Parameter/i.test(text);
      return isFixed
        ? { is: false, says: `Line ${fixed} computes positions that are fixed.`, line: fixed }
        : { is: undefined, says: 'Whether positions are learned could not be told for sure.' };
    },
  },
  {
    subject: 'pooling',
    isOfNetwork: true,
    present: [
      /\b(?:tokens?|representations?|outputs?|states?|embeddings?|vectors?|sequence|features)\b[^.;]*\b(?:is|are|gets?) (?:then |first |simply )*(?:averaged|mean[- ]pooled)\b/i,
      /\b(?:averages?|mean) (?:of|over) (?:all |the )*(?:tokens?|time ?steps?|positions?|hidden states|sequence)\b/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /\.mean\(\s*(?:dim\s*=\s*|axis\s*=\s*)?-?[12]\b|GlobalAverage|reduce_mean\(|AdaptiveAvgPool/,
        /mean|avg|average|sum\(/i,
        'an average',
      ),
  },
  {
    subject: 'gradients',
    present: [
      /\b(?:fakes?|generated (?:images?|samples?|data)|samples|targets?|outputs?|they)\b[^.;]*\b(?:is|are|gets?|being) (?:correctly |properly )*detached\b/i,
    ],
    absent: [/\b(?:is|are)(?:n't| not| never) detached\b/i, /\bwithout (?:a |any )?detach\w*/i],
    shows: (facts) =>
      written(
        facts,
        /\.detach\(/,
        /no_grad|stop_gradient|\.data\b|inference_mode|requires_grad|tolist|item\(\)\s*\)/,
        'a call of detach()',
      ),
  },
  {
    subject: 'attention',
    isOfNetwork: true,
    present: [
      /\b(?:scores?|dot[- ]?products?|products?|attention|logits)\b[^.]*\b(?:is|are|get)\s+(?:also |correctly |properly )*(?:scaled|divided)\b/i,
      /\bscaled dot[- ]product attention\b/i,
    ],
    absent: [
      /\b(?:scores?|dot[- ]?products?|products?|attention|logits)\b[^.]*\b(?:is|are)(?:n't| not| never)\s+(?:being )?(?:scaled|divided)\b/i,
      /\b(?:no|without|missing) scaling\b/i,
    ],
    checks: /^scale-missing$/,
    shows: (facts) =>
      facts.text.includes('softmax')
        ? written(
            facts,
            /sqrt\(|\*\*\s*-?\(?\s*-?0\.5|scaled_dot_product_attention/,
            /scale|norm\b|temperature|\/\s*\w|MultiheadAttention|MultiHeadAttention/,
            'a scaling of its scores',
          )
        : { is: undefined, says: 'Whether scores are scaled could not be told for sure.' },
  },
];
