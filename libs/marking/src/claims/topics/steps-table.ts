import { numberOf, type Program } from '@tensormark/frameworks';
import type { Subject } from '../claim.js';
import { lineWith, type CodeFacts } from '../facts.js';

/** What the code shows of a step; `is` is undefined wherever there is doubt. */
export interface Shown {
  readonly is: boolean | undefined;
  readonly says: string;
  readonly line?: number | undefined;
}

/** Something that a training program does or leaves out, and how answers put it. */
export interface Step {
  readonly subject: Subject;
  /** Its name, which a clause says to be there, or not to be there, or to be wanted. */
  readonly words?: RegExp;
  /** Phrases that say that it is done, and that it is not done. */
  readonly present?: readonly RegExp[];
  readonly absent?: readonly RegExp[];
  /** Checks of code review that find it left out. */
  readonly checks?: RegExp;
  /** Words with which a clause means something that the code does not settle. */
  readonly doubtful?: RegExp;
  shows(facts: CodeFacts): Shown;
}

/** There where the code has the words for it; nowhere where it has no word for anything like it. */
function written(facts: CodeFacts, it: RegExp, alike: RegExp, name: string): Shown {
  const line = lineWith(facts.text, it);
  if (line !== undefined) return { is: true, says: `Line ${line} has ${name}.`, line };
  return alike.test(facts.text)
    ? { is: undefined, says: `Whether the code has ${name} could not be told for sure.` }
    : { is: false, says: `The code has no ${name.replace(/^an? /, '')}.` };
}

/** A setting of the only optimiser there is; `own` are optimisers that have one unless told otherwise. */
function setting(facts: CodeFacts, argument: string, name: string, own: RegExp): Shown {
  const [optimiser, ...others] = facts.program?.optimizers ?? [];
  const unsure = { is: undefined, says: `Whether there is ${name} could not be told for sure.` };
  if (optimiser === undefined || others.length > 0 || optimiser.hasGroups || own.test(optimiser.type))
    return unsure;
  const line = optimiser.made.span?.place.line;
  const value = numberOf(optimiser.named.get(argument));
  if (value !== undefined) return { is: value !== 0, says: `${optimiser.type} has ${name} ${value}.`, line };
  // It may be given by its place among the arguments.
  const byPlace = /\w+\([^()]*\([^()]*\)\s*,[^,=()]+,/.test(facts.quote(line)?.text ?? '');
  return optimiser.named.has(argument) || byPlace
    ? unsure
    : { is: false, says: `${optimiser.type} is made without ${name}.`, line };
}

const happens = (program: Program | undefined, kind: 'backward' | 'step' | 'zero-grad' | 'scheduler-made') =>
  program?.events.find((event) => event.kind === kind)?.moment.span?.place.line;

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

function zeroed(facts: CodeFacts): Shown {
  const found = facts.findings.find(({ check }) => check === 'zero-grad');
  if (found !== undefined) {
    // Called in a place where it does not help: who says that it is called is not wrong.
    const is = /zero_grad|\.grad\b/.test(facts.text) ? undefined : false;
    return { is, says: found.message, line: found.line };
  }
  const line = happens(facts.program, 'zero-grad');
  if (line !== undefined) return { is: true, says: `Line ${line} sets the gradients to zero.`, line };
  return { is: undefined, says: 'Whether gradients are set to zero could not be told for sure.' };
}

/** Whether backward() comes before step() where each is called once. */
function backwardFirst({ program, findings }: CodeFacts): Shown {
  const found = findings.find(({ check }) => check === 'order');
  if (found !== undefined) return { is: false, says: found.message, line: found.line };
  const lines = (kind: 'backward' | 'step') =>
    new Set(
      program?.events.flatMap((event) => (event.kind === kind ? (event.moment.span?.place.line ?? []) : [])),
    );
  const [backward, ...more] = lines('backward');
  const [step, ...others] = lines('step');
  const isSure = more.length === 0 && others.length === 0;
  return backward !== undefined && step !== undefined && isSure && backward < step
    ? {
        is: true,
        says: `backward() is called at line ${backward}, and step() at line ${step}.`,
        line: backward,
      }
    : { is: undefined, says: 'In which order they are called could not be told for sure.' };
}

export const STEPS: readonly Step[] = [
  {
    subject: 'gradients',
    present: [
      /\bgradients?\b[^.]*\b(?:are|is|get|being)\s+(?:also |always |correctly |properly |indeed )*(?:zeroed|reset|cleared|set to (?:zero|0|none))\b/i,
      /\bzero_?grad\b(?:\(\))?\s+is\s+(?:also |correctly |properly |indeed )*(?:called|used|there|present)\b/i,
      /\b(?:calls|uses)\s+(?:\w+\.)?zero_?grad\b/i,
    ],
    shows: zeroed,
  },
  {
    subject: 'gradients',
    present: [/\bstep(?:\(\))?\b.*\bafter\b.*\bbackward\b/i, /\bbackward(?:\(\))?\b.*\bbefore\b.*\bstep\b/i],
    absent: [/\bbackward(?:\(\))?\b.*\bafter\b.*\bstep\b/i, /\bstep(?:\(\))?\b.*\bbefore\b.*\bbackward\b/i],
    checks: /^order$/,
    shows: backwardFirst,
  },
  {
    subject: 'modes',
    present: [
      /\b(?:put|set|switched|placed|changed|is|goes)\b(?:\s+\w+){0,2}\s+(?:in|into|to)\s+(?:the )?(?:eval(?:uation)?|inference|test)[ -]?mode\b/i,
      /\b(?:\w+\.)?eval\(\)\s+is\s+(?:also |correctly |properly |indeed )*(?:called|used|there|present)\b/i,
      /\b(?:calls|uses)\s+(?:\w+\.)?eval\(\)/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /\.eval\(\)|\.train\(\s*(?:mode\s*=\s*)?False/,
        /\beval\b|training=|training =/,
        'a call of eval()',
      ),
  },
  {
    subject: 'modes',
    words:
      /\b(?:with\s+)?(?:torch\.)?no_grad(?:\(\))?|\bno[ -]grad\b(?: context| block)?|\binference_mode\b|\bgradient (?:tracking|calculation|computation)\b(?= is (?:not )?(?:disabled|switched off|turned off))/i,
    present: [
      /\bgradient (?:tracking|calculation|computation)s? (?:is|are) (?:disabled|switched off|turned off)\b/i,
    ],
    checks: /^no-grad-missing$/,
    shows: (facts) => {
      const shown = written(
        facts,
        /no_grad|inference_mode/,
        /set_grad_enabled|requires_grad_?\b|enable_grad/,
        'torch.no_grad()',
      );
      // Where nothing is evaluated, none is wanted.
      return shown.is === false &&
        !facts.findings.some(({ check }) => /^(?:no-grad|eval)-missing$/.test(check))
        ? { ...shown, is: undefined }
        : shown;
    },
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
    doubtful: /\b(?:test|valid\w*|dev)\b/i,
    shows: shuffled,
  },
  {
    subject: 'optimiser',
    words: /\bmomentum\b/i,
    shows: (facts) => setting(facts, 'momentum', 'momentum', /^(?!SGD$)/),
  },
  {
    subject: 'optimiser',
    words: /\bweight[ _-]?decay\b|\bL2[ -](?:regulari[sz]ation|penalty)\b/i,
    shows: (facts) => setting(facts, 'weight_decay', 'weight decay', /^AdamW$/),
  },
  {
    subject: 'learning-rate',
    words:
      /\b(?:learning[ -]?rate|lr)[ -]?(?:schedul(?:e|er|ing)s?|decay|warm-?up|annealing)\b|\bschedulers?\b/i,
    shows: (facts) => {
      const line = happens(facts.program, 'scheduler-made');
      return line !== undefined
        ? { is: true, says: `Line ${line} makes a schedule of the learning rate.`, line }
        : written(
            facts,
            /lr_scheduler\.\w+\(/,
            /schedul|param_groups|LambdaLR|warmup|decay\s*\*\*/i,
            'a schedule of the learning rate',
          );
    },
  },
  {
    subject: 'device',
    words: /\b(?:a |the )?(?:gpus?|cuda)\b/i,
    absent: [
      /\b(?:nothing|neither|not|never|n't)\b[^.]*\b(?:moved|sent|transferred|put|placed|copied)\b[^.]*\b(?:to|on|onto)\s+(?:a |the )?(?:gpu|cuda|device)\b/i,
      /\b(?:only|always|entirely)\b[^.]*\bon (?:a |the )?cpu\b/i,
    ],
    present: [
      /\b(?:moved|sent|transferred|put|copied)\b[^.]*\b(?:to|on|onto)\s+(?:a |the )?(?:gpu|cuda)\b/i,
      /\b(?:runs?|trains?|trained) on (?:a |the )?(?:gpu|cuda)\b/i,
    ],
    doubtful: /\b(?:labels?|targets?|inputs?|data|images?|batch\w*|model|net\w*|both|available)\b/i,
    shows: (facts) =>
      written(
        facts,
        /cuda|\bmps\b|\.to\(\s*(?:device|self\.device)/,
        /device|gpu|accelerat|lightning/i,
        'a move to a GPU',
      ),
  },
  {
    subject: 'preprocessing',
    present: [
      /\b(?:images?|inputs?|data|pixels?|pixel values)\b[^.]*\b(?:is|are|get)\s+(?:also |correctly |properly )*(?:normali[sz]ed|standardi[sz]ed)\b/i,
    ],
    absent: [
      /\b(?:images?|inputs?|data|pixels?|pixel values)\b[^.]*\b(?:is|are)(?:n't| not| never)\s+(?:being )?(?:normali[sz]ed|standardi[sz]ed)\b/i,
      /\bno (?:input |data |image )?(?:normali[sz]ation|standardi[sz]ation) of the (?:images?|inputs?|data|pixels)\b/i,
      /\b(?:transforms?\.)?Normalize(?:\(\))?\s+(?:is|transform is) (?:missing|not used|absent)\b/,
    ],
    checks: /^normalize-missing$/,
    doubtful: /\b(?:batch|layer|norm layer|between 0 and 1|\[0)\b/i,
    shows: (facts) =>
      written(
        facts,
        /\bNormalize\(/,
        /normali[sz]|standardi[sz]|StandardScaler|MinMaxScaler|\bmean\b|\bstd\b|\/\s*255|weights\.transforms|v2\./i,
        'a normalisation of its inputs',
      ),
  },
];
