import { lineWith, type CodeFacts } from '../../facts.js';
import { written, type Shown, type Step } from './step.js';

/** The loader that is trained from: the only one, or the only one that is called so. */
function shuffled(facts: CodeFacts): Shown {
  const loaders = facts.program?.loaders ?? [];
  const unsure = { is: undefined, says: 'Whether the training data is shuffled could not be told for sure.' };
  const named = loaders.filter(({ made }) => {
    const text = facts.quote(made.span?.place.line)?.text ?? '';
    return /^\s*(?:self\.)?train|train\s*=\s*True/.test(text) && !/train\s*=\s*False/.test(text);
  });
  const [loader, ...others] = loaders.length === 1 ? loaders : named;
  if (
    loader === undefined ||
    others.length > 0 ||
    loader.named.has('sampler') ||
    loader.named.has('batch_sampler')
  )
    return unsure;
  const shuffle = loader.named.get('shuffle');
  const line = loader.made.span?.place.line;
  if (shuffle === true) return { is: true, says: 'The loader that is trained from shuffles.', line };
  const text = facts.quote(line)?.text ?? '';
  return shuffle === false || (shuffle === undefined && !/shuffle|\*\*/.test(text))
    ? { is: false, says: 'The loader that is trained from does not shuffle.', line }
    : unsure;
}

/** Whether the examples of a split are drawn at random, or are the first and the last of their order. */
function splitAtRandom({ text }: CodeFacts): Shown {
  const drawn = lineWith(
    text,
    /\btrain_test_split\((?!.*shuffle\s*=\s*False)|\brandom_split\(|\bShuffleSplit\(/,
  );
  if (drawn !== undefined) return { is: true, says: `Line ${drawn} splits at random.`, line: drawn };
  const cut = lineWith(
    text,
    /\w\[\s*:\s*\w+\s*\].*\w\[\s*:\s*\w+\s*\]|\w\[\s*:\s*(?:split|n_train|train_size|cut|num_train)\w*\s*\]/,
  );
  return cut === undefined || /permut|np\.random|random\.shuffle|sample\(|shuffle\(/.test(text)
    ? { is: undefined, says: 'How the data are split could not be told for sure.' }
    : { is: false, says: `Line ${cut} splits the data in their order.`, line: cut };
}

/** What is done with the data. */
export const DATA: readonly Step[] = [
  {
    subject: 'batch-size',
    words: /\bmini-?batch(?:es|ing)?\b(?!\s+(?:size|norm\w*|gradient))/i,
    present: [/\b(?:in|by|with|provides?) (?:shuffled )?mini-?batches\b/i],
    absent: [
      /\b(?:whole|entire|full|all (?:of )?the) (?:training )?(?:set|data(?:set)?) (?:at once|in (?:one|a single) (?:step|batch))\b/i,
      /\bfull[- ]batch\b/i,
    ],
    shows: (facts) =>
      facts.program !== undefined && facts.program.loaders.length > 0
        ? { is: true, says: 'A loader gives batches.' }
        : written(
            facts,
            /\bbatch_size\s*=|\.fit\(|\.batch\(/,
            /batch|loader|range\(\s*0|randperm|chunk|split\(\s*\w+\s*,\s*\d/i,
            'batches',
          ),
  },
  {
    subject: 'shuffling',
    words: /\bshuffl(?:e|ing)\b(?!\s*(?:=|is))/i,
    present: [
      /\bshuffle\s*(?:=|is|is set to|set to)\s*true\b/i,
      /\b(?:data|samples|examples|images|batches|set|loader)\b[^.]*\b(?:is|are|gets?)\s+(?:also |correctly |properly |randomly |always )*shuffled\b/i,
      /\bshuffles\b[^.]*\b(?:data|samples|examples|images|set)\b/i,
    ],
    absent: [
      /\bshuffle\s*(?:=|is|is set to|set to)\s*false\b/i,
      /\b(?:is|are)(?:n't| not| never)\s+(?:being |randomly )?shuffled\b/i,
      /\bunshuffled\b/i,
      /\b(?:does not|doesn't|never|not) shuffle\b/i,
    ],
    checks: /^no-shuffle$/,
    elsewhere: /\b(?:test\w*|valid\w*|dev|both)\b/i,
    shows: shuffled,
  },
  {
    subject: 'preprocessing',
    present: [
      /\b(?:images?|inputs?|data|pixels?|pixel values|features?|columns|variables|series|targets?)\b[^.]*\b(?:is|are|get|were)\s+(?:also |correctly |properly |first )*(?:normali[sz]ed|standardi[sz]ed)\b/i,
    ],
    absent: [
      /\b(?:images?|inputs?|data|pixels?|pixel values|features?|columns|variables|series)\b[^.]*\b(?:is|are)(?:n't| not| never)\s+(?:being )?(?:normali[sz]ed|standardi[sz]ed)\b/i,
      /\bno (?:input |data |image )?(?:normali[sz]ation|standardi[sz]ation) of the (?:images?|inputs?|data|pixels)\b/i,
      /\b(?:transforms?\.)?Normalize(?:\(\))?\s+(?:is|transform is) (?:missing|not used|absent)\b/,
    ],
    checks: /^normalize-missing$/,
    elsewhere: /\b(?:test\w*|valid\w*|dev|both)\b/i,
    doubtful: /\b(?:batch|layer|norm layer|between 0 and 1|mean|standard deviation|statistics|\[0)\b/i,
    shows: (facts) =>
      written(
        facts,
        /\bNormalize\(|\/=?\s*255|StandardScaler\(|MinMaxScaler\(|Rescaling\(|rescale\s*=/,
        /normali[sz]|standardi[sz]|\bmean\b|\bstd\b|weights\.transforms|v2\./i,
        'a normalisation of its inputs',
      ),
  },
  {
    subject: 'preprocessing',
    words: /\b(?:data |image )?augment(?:ation|ations|ing)\b/i,
    present: [
      /\b(?:images?|data|pictures?|samples?)\b[^.]*\b(?:is|are|get)\s+(?:also |randomly )*augmented\b/i,
    ],
    absent: [/\b(?:images?|data|pictures?|samples?)\b[^.]*\b(?:is|are)(?:n't| not| never) augmented\b/i],
    elsewhere: /\b(?:test\w*|valid\w*|dev|both)\b/i,
    shows: (facts) =>
      written(
        facts,
        /Random(?:Horizontal|Vertical|Rotation|Crop|ResizedCrop|Affine|Perspective|Erasing|Flip|Zoom|Translation|Contrast|Brightness|Grayscale|Invert)|ColorJitter|AutoAugment|RandAugment|TrivialAugment|(?:rotation_range|shift_range|horizontal_flip|zoom_range)\s*=/,
        /augment|albument|jitter|flip|mixup|cutmix|imgaug|\bA\.\w+\(|noise|crop|rotat/i,
        'an augmentation of its data',
      ),
  },
  {
    subject: 'validation',
    words:
      /\b(?:a |the )?(?:validation|held[- ]out)(?: (?:set|data|split|loop|step|phase))?\b(?!\s+(?:loss|accuracy|images?|loader))/i,
    present: [
      /\b(?:model|network|it|performance|accuracy)\b[^.]*\b(?:is|are|gets?) (?:also |then |regularly )*(?:validated|evaluated|tested|measured) (?:on|after|every|each)\b/i,
      /\b(?:held out|used|set aside|reserved|split off|kept) for validation\b/i,
    ],
    absent: [
      /\b(?:model|network|it|performance|accuracy)\b[^.]*\b(?:is|are)(?:n't| not| never) (?:validated|evaluated|tested)\b/i,
      /\b(?:no|without(?: any)?|lacks?(?: an?)?|missing) (?:validation|evaluation|test(?:ing)?|held[- ]out)(?: (?:set|data|split|loop|step|phase))?\b/i,
    ],
    doubtful:
      /\b(?:without|in|during|before) (?:torch\.)?(?:no_grad|eval|the validation)|\b(?:correct\w*|proper\w*|train)\b/i,
    shows: (facts) =>
      written(
        facts,
        /validation_(?:split|data)\s*=|\.evaluate\(|\b(?:val|valid|validation|test|dev|eval)_?(?:loader|dl|dataloader|set|ds|data|dataset|iter|gen\w*|x|generator)\b/i,
        /val|test|eval|dev\b|accuracy|metric/i,
        'data to validate with',
      ),
  },
  {
    subject: 'preprocessing',
    present: [
      /\b(?:labels?|targets?|classes|y_\w+)\b[^.]*\b(?:is|are|get|gets|were|have been)\s+(?:first |also |then )*(?:one[- ]?hot(?:[- ]encoded)?|(?:converted|turned|transformed|encoded|changed)\s+(?:in)?(?:to|as|into)\s+one[- ]?hot)/i,
      /\bone[- ]?hot (?:encodes|encoding is (?:used|applied))\b/i,
    ],
    absent: [
      /\b(?:labels?|targets?|classes|y_\w+)\b[^.]*\b(?:is|are|were)(?:n't| not| never)\s+(?:being )?(?:one[- ]?hot|converted|encoded)/i,
    ],
    checks: /^(?:labels-loss|class-columns)$/,
    shows: (facts) =>
      written(
        facts,
        /to_categorical\(|one_hot\(|OneHotEncoder\(|get_dummies\(|LabelBinarizer\(|np\.eye\(|label_mode\s*=\s*['"]categorical|class_mode\s*=\s*['"]categorical/,
        /(?<!_)categorical(?!_cross)|one_?hot|eye\(|binari[sz]e/i,
        'an encoding of its labels as one-hot vectors',
      ),
  },
  {
    subject: 'preprocessing',
    present: [
      /\b(?:pixels?(?: values?)?|images?|inputs?|data|features?)\b[^.]*\b(?:is|are|get|gets|were)\s+(?:also |first |correctly |properly )*(?:re)?scaled\b/i,
      /\b(?:pixels?(?: values?)?|images?|inputs?)\b[^.]*\bdivided by 255\b/i,
      /\bscal(?:es|ing) (?:the )?(?:pixels?(?: values?)?|images?|inputs?|data)\b[^.]*\b(?:to|between|by)\b/i,
    ],
    absent: [
      /\b(?:pixels?(?: values?)?|images?|inputs?|data|features?)\b[^.]*\b(?:is|are|were)(?:n't| not| never)\s+(?:being )?(?:(?:re)?scaled|divided by 255)\b/i,
    ],
    doubtful: /\b(?:mean|standard deviation|\[-1|-1|test|valid\w*|unit)\b/i,
    elsewhere: /\b(?:test\w*|valid\w*|dev|both|same way|identical\w*|alike|equally)\b/i,
    shows: (facts) =>
      written(
        facts,
        /\/=?\s*255|\bToTensor\(|Rescaling\(|rescale\s*=|MinMaxScaler\(|StandardScaler\(|preprocess_input/,
        /scal|norm|255|\bmean\b|\bstd\b|transform/i,
        'a scaling of its inputs',
      ),
  },
  {
    subject: 'preprocessing',
    present: [
      /\b(?:normali[sz]ed|standardi[sz]ed)\b.*\b(?:mean|standard deviation|statistics|zero mean|unit variance)\b/i,
      /\b(?:zero mean|unit variance|mean (?:of )?0)\b/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /\bNormalize\(|StandardScaler\(|\bNormalization\(|preprocess_input/,
        /\bmean\b|\bstd\b|normali[sz]|weights\.transforms|v2\./i,
        'a normalisation by mean and standard deviation',
      ),
  },
  {
    subject: 'split',
    present: [
      /\bsplit (?:up )?(?:randomly|at random)\b/i,
      /\b(?:random|randomly) split\b/i,
      /\brandom split\b/i,
    ],
    absent: [
      /\bsplit\b[^.;]*\b(?:chronological\w*|in (?:the )?(?:order|sequence)|by time|not (?:random\w*|shuffled))\b/i,
      /\bchronological split\b/i,
    ],
    shows: splitAtRandom,
  },
  {
    subject: 'recurrence',
    isOfNetwork: true,
    present: [
      /\b(?:last|final) (?:time ?)?step\b[^.;]*\b(?:is|are|gets?) (?:passed|used|fed|given|taken)\b/i,
      /\b(?:uses?|takes?|passes|only) (?:only )?(?:the )?(?:output of the )?(?:last|final) (?:time ?)?step\b/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /\[\s*:\s*,\s*-1\s*(?:,\s*:\s*)?\]/,
        /\[-1\]|hidden|\bh\b|h_n|LSTM|GRU|RNN/,
        'a choice of the last step',
      ),
  },
  {
    subject: 'padding',
    words: /\bpadding masks?\b/i,
    present: [
      /\bpadd(?:ing|ed)\b[^.]*\b(?:is|are)\s+(?:also |correctly |properly )*(?:masked|packed|ignored|left out)\b/i,
    ],
    absent: [
      /\bpadd(?:ing|ed)\b[^.]*\b(?:is|are)(?:n't| not| never) (?:being )?(?:masked|packed|ignored|left out)\b/i,
    ],
    checks: /^pads-learned$/,
    shows: (facts) =>
      written(
        facts,
        /pack_padded_sequence\(|padding_mask|ignore_index|mask_zero|padding_idx/,
        /mask|pack|lengths|pad/i,
        'a mask of its padding',
      ),
  },
];
