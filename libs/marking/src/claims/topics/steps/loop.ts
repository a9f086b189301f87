import { numberOf, type Program } from '@tensormark/frameworks';
import { lineWith, type CodeFacts } from '../../facts.js';
import { written, type Shown, type Step } from './step.js';

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

/** A penalty on the weights of layers, as Keras has it, where the optimiser shows none. */
function penalised({ text }: CodeFacts, other: Shown): Shown {
  const line = lineWith(text, /_regularizer\s*=\s*(?!None)|\bregularizers\.|\bl2\(/i);
  if (line !== undefined) return { is: true, says: `Line ${line} puts a penalty on weights.`, line };
  return other.is === false || !isOfKeras(text)
    ? other
    : { is: false, says: 'No layer and no optimiser has a penalty on weights.' };
}

/** Whether all is done by Keras, and no optimiser is given a decay of weights. */
function isOfKeras(text: string): boolean {
  return /\bkeras\b/.test(text) && !/\btorch\b|weight_decay|regulari[sz]|AdamW/i.test(text);
}

const happens = (program: Program | undefined, kind: 'backward' | 'step' | 'zero-grad' | 'scheduler-made') =>
  program?.events.find((event) => event.kind === kind)?.moment.span?.place.line;

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

/** What a loop of training does. */
export const LOOP: readonly Step[] = [
  {
    subject: 'gradients',
    present: [
      /\bgradients?\b[^.]*\b(?:are|is|get|being)\s+(?:also |always |correctly |properly |indeed )*(?:zeroed|reset|cleared|set to (?:zero|0|none))\b/i,
      /\bzero_?grad\b(?:\(\))?\s+is\s+(?:also |correctly |properly |indeed )*(?:called|used|there|present)\b/i,
      /\b(?:calls|uses)\s+(?:\w+\.)?zero_?grad\b/i,
      /\b(?:resets?|zero(?:es|s)|clears?) (?:the |its |all )*gradients?\b/i,
    ],
    absent: [/\boptimi[sz]er\b[^.]*\b(?:is|are)(?:n't| not| never) (?:zeroed|reset|cleared)\b/i],
    // Between the two it wipes out what is to be stepped by: that it is done is not that.
    elsewhere:
      /\bafter\b[^.]*\bbackward\b|\bbetween\b[^.]*\bstep\b|\bbefore (?:the )?(?:optimi[sz]er(?:'s)? )?step\b|\bwipes?\b/i,
    shows: zeroed,
  },
  {
    subject: 'gradients',
    elsewhere: /\bzero_?grad\b/i,
    doubtful: /\bzero_?grad\b/i,
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
      /\b(?:calls|uses|with|by)\s+(?:\w+\.)?eval\(\)/i,
      /\b(?:done|carried out|performed|run|computed|measured|evaluated|validated|tested)\b(?:\s+\w+){0,2}\s+in\s+(?:the )?(?:eval(?:uation)?|inference|test)[ -]?mode\b/i,
    ],
    absent: [
      /\b(?:never|not|n't|without)\b[^.]*\b(?:put|puts|set|sets|switch\w*|chang\w+|goes?|placed)\b[^.]*\b(?:in|into|to)\s+(?:the )?(?:eval(?:uation)?|inference|test)[ -]?mode\b/i,
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
    present: [
      /\b(?:calls?|sets?|uses?)\s+(?:\w+\.)?train\(\)/i,
      /\b(?:\w+\.)?train\(\)\s+is\s+(?:also |correctly |properly |indeed )*(?:called|used|there|present)\b/i,
      /\b(?:put|set|switched|changed|goes)\b(?:\s+\w+){0,2}\s+(?:in|into|to)\s+(?:the )?train(?:ing)?[ -]mode\b/i,
      /\bswitch(?:es|ed)?\b[^.]*\bbetween\s+(?:the )?train(?:ing)?\s+(?:mode\s+)?and\s+(?:the )?(?:eval(?:uation)?|test)[ -]?mode/i,
    ],
    checks: /^train-missing$/,
    shows: (facts) => {
      const found = facts.findings.find(({ check }) => check === 'train-missing' || check === 'eval-missing');
      const line = lineWith(facts.text, /\.train\(\s*(?:True)?\s*\)/);
      if (line === undefined && !/\btraining\s*=|keras/.test(facts.text))
        return { is: false, says: 'The code never calls train().' };
      return line === undefined || found !== undefined
        ? { is: undefined, says: found?.message ?? 'Whether there is a call of train() could not be told.' }
        : { is: true, says: `Line ${line} calls train().`, line };
    },
  },
  {
    subject: 'modes',
    words:
      /\b(?:with\s+)?(?:torch\.)?no_grad(?:\(\))?|\bno[ -]grad\b(?: context| block)?|\binference_mode\b|\bgradient (?:tracking|calculation|computation)\b(?= is (?:not )?(?:disabled|switched off|turned off))/i,
    present: [
      /\bgradient (?:tracking|calculation|computation)s? (?:is|are) (?:disabled|switched off|turned off)\b/i,
      /\b(?:evaluat\w*|validat\w*|test\w*|done|run|computed|predict\w*)\b[^.]*\bwithout (?:tracking )?gradients?\b(?! (?:clipping|descent))/i,
    ],
    absent: [
      /\bgradient (?:tracking|calculation|computation)s?\s+(?:(?:is|are)\s+)?(?:still\s+)?(?:enabled|switched on|turned on|on|active)\b/i,
    ],
    checks: /^no-grad-missing$/,
    shows: (facts) => {
      const shown = written(
        facts,
        /no_grad|inference_mode/,
        /set_grad_enabled|requires_grad_\(|enable_grad/,
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
    subject: 'optimiser',
    words: /\bmomentum\b/i,
    shows: (facts) => setting(facts, 'momentum', 'momentum', /^(?!SGD$)/),
  },
  {
    subject: 'optimiser',
    words: /\bweight[ _-]?decay\b|\bL2(?:[ -](?:regulari[sz](?:ation|er)|penalty|norm))?(?!\w)/i,
    present: [/\bregulari[sz]ed (?:with|by) (?:an? )?L2\b/i],
    shows: (facts) => {
      const own = setting(facts, 'weight_decay', 'weight decay', /^AdamW$/);
      return own.is === true ? own : penalised(facts, own);
    },
  },
  {
    subject: 'learning-rate',
    words:
      /\b(?:learning[ -]?rate|lr)[ -]?(?:schedul(?:e|er|ing)s?|decay|warm-?up|annealing)\b|\b(?:cosine|step|exponential|linear|one-?cycle)[ -](?:annealing[ -]|decay[ -])?schedul(?:e|er)\b|\bschedulers?\b/i,
    present: [
      /\b(?:learning[ -]?rate|lr)\b[^.]*\b(?:is|gets?)\s+(?:also |then |gradually )*(?:reduced|decayed|decreased|lowered|halved|divided|annealed|adapted|scheduled|warmed up)\b/i,
      /\b(?:learning[ -]?rate|lr)\s+(?:decays|decreases|drops|falls|shrinks)\b/i,
    ],
    absent: [
      /\b(?:learning[ -]?rate|lr)\b[^.]*\b(?:is|stays?|remains?|kept|keeps?)\s+(?:always |the )*(?:constant|fixed|unchanged|same)\b/i,
      /\b(?:learning[ -]?rate|lr)\b[^.]*\b(?:is|gets?)(?:n't| not| never)\s+(?:reduced|decayed|decreased|lowered|annealed|changed|adapted|scheduled)\b/i,
    ],
    // Between two steps of a schedule it does stay the same.
    doubtful: /\b(?:for|until|within|first|every|each|between|per|during)\b/i,
    shows: (facts) => {
      const line = happens(facts.program, 'scheduler-made');
      const amiss = facts.findings.find(({ check }) => check.startsWith('scheduler-'));
      if (amiss !== undefined) return { is: undefined, says: amiss.message, line: amiss.line };
      return line !== undefined
        ? { is: true, says: `Line ${line} makes a schedule of the learning rate.`, line }
        : written(
            facts,
            /lr_scheduler\.\w+\(|ReduceLROnPlateau\(|LearningRateScheduler\(|schedules\.\w+\(/,
            /schedul|param_groups|LambdaLR|warmup|decay\s*\*\*|decay_steps/i,
            'a schedule of the learning rate',
          );
    },
  },
  {
    subject: 'learning-rate',
    present: [
      /\bschedulers?\b[^.;]*\bis (?:also |correctly )?(?:stepped|called)\b(?! (?:after|before|in|every|each))/i,
    ],
    absent: [/\bschedulers?\b[^.;]*\b(?:is|gets)(?:n't| not| never) (?:ever )?(?:stepped|called|used)\b/i],
    checks: /^scheduler-/,
    shows: (facts) => {
      const found = facts.findings.find(({ check }) => check.startsWith('scheduler-'));
      return found === undefined
        ? written(facts, /\bsched\w*\.step\(/i, /sched|\.step\(|callbacks/i, 'a step of the schedule')
        : {
            is: /sched\w*\.step\(/i.test(facts.text) ? undefined : false,
            says: found.message,
            line: found.line,
          };
    },
  },
  {
    subject: 'loss',
    words: /\b(?:KL|kullback[- ]leibler)(?:[- ](?:divergence|loss|term))?(?!\w)/i,
    shows: (facts) =>
      written(
        facts,
        /\bkl_div(?:ergence)?\(|\bKLDivLoss\(|\bkl\w*\s*=|(?:log_?var|log_?sigma)\w*\.exp\(\)|exp\((?:z_)?log_?var/i,
        /\bkl|logvar|log_var|diverg/i,
        'a divergence',
      ),
  },
  {
    subject: 'loss',
    isOfNetwork: true,
    words: /\breparameteri[sz]ation(?: trick)?\b/i,
    shows: (facts) =>
      written(
        facts,
        /\brandn_like\(|\.rsample\(|random\.normal\(|epsilon\s*=/,
        /rand|normal|sample/i,
        'a sample by a reparameterisation',
      ),
  },
  {
    subject: 'device',
    words: /\b(?:a |the )?(?:gpus?|cuda)\b/i,
    absent: [
      /\b(?:nothing|neither|not|never|n't)\b[^.]*\b(?:moved|sent|transferred|put|placed|copied)\b[^.]*\b(?:to|on|onto)\s+(?:a |the )?(?:gpu|cuda|device)\b/i,
      /\b(?:only|always|entirely)\b[^.]*\bon (?:a |the )?cpu\b/i,
      /\b(?:stays?|remains?|runs?|(?:is|are) (?:kept|left|trained))\s+on (?:a |the )?cpu\b/i,
    ],
    present: [
      /\b(?:moved|sent|transferred|put|copied)\b[^.]*\b(?:to|on|onto)\s+(?:a |the )?(?:gpu|cuda)\b/i,
      /\b(?:runs?|trains?|trained) on (?:a |the )?(?:gpu|cuda)\b/i,
      /\b(?:moved|sent|transferred|put|copied)\b[^.]*\b(?:to|on|onto)\s+(?:a |the )?(?:same |right |correct )?device\b/i,
      /\b(?:is|are)\s+on (?:a |the )?(?:same |right |correct )device\b/i,
    ],
    doubtful:
      /^(?!.*\b(?:nothing|neither|uses?|used|only|entirely|always|no|stays?|remains?)\b)|\b(?:labels?|targets?|inputs?|data|images?|masks?|batch\w*|model|net\w*|both|available)\b/i,
    shows: (facts) =>
      written(
        facts,
        /cuda|\bmps\b|\.to\(\s*(?:device|self\.device)/,
        /device|gpu|accelerat|lightning/i,
        'a move to a GPU',
      ),
  },
  {
    subject: 'gradients',
    words: /\b(?:gradient[ -](?:norm )?clipping|clipping of (?:the )?gradients|clip_grad_\w+)\b/i,
    present: [
      /\bgradients?\b[^.]*\b(?:is|are|get|being)\s+(?:also |correctly |properly |indeed )*clipped\b/i,
      /\bclips? (?:the )?gradients?\b/i,
    ],
    absent: [
      /\bgradients?\b[^.]*\b(?:is|are)(?:n't| not| never) (?:being )?clipped\b/i,
      /\bforg[eo]t(?:s|ting)? to clip (?:the |its )?gradients?\b/i,
      /\b(?:not|n't|never) clip (?:the |its )?gradients?\b/i,
    ],
    shows: (facts) =>
      written(
        facts,
        /clip_grad_(?:norm|value)|clipnorm|clipvalue|clip_by_(?:global_)?norm|gradient_clip_val/,
        /clip|clamp/i,
        'a clipping of gradients',
      ),
  },
];
