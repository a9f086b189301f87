import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { isMean } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { termsOf } from '../../ask/sums.js';
import { functionsAround, holds, nodesOf, statementAt, statementsIn, statementsOf } from '../../ask/tree.js';
import { isTakenAway, mentions, signOfParts } from './kl-parts.js';

/** A divergence from the standard normal written out: `-0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())`. */
interface Divergence {
  readonly isNegative: boolean;
  readonly reduction: 'sum' | 'mean';
  /** The name it is given, if any. */
  readonly name: string | undefined;
  readonly span: Span;
}

const WRITTEN =
  /(-?)\s*(?:0?\.5|1\s*\/\s*2|\(1\s*\/\s*2\))\s*\*\s*\(?\s*torch\.(sum|mean)\((?:\s*torch\.(?:sum|mean)\()?\s*\(?\s*1\.?0?\s*\+\s*[\w.()*\s]+-\s*[\w.()*\s,]*\b(pow|\*\*|square|mu|mean)/;

/** Nobody writes it out at greater length. */
const MOST_WRITTEN = 300;

function divergencesIn(program: Program): Divergence[] {
  if (!/\btorch\.(sum|mean)\(/.test(program.source) || !program.source.includes('exp')) return [];
  return statementsOf(program).flatMap((statement) => {
    if (statement.kind !== 'Assign' && statement.kind !== 'Return') return [];
    const { value } = statement;
    const text = value?.span.text ?? '';
    const found = text.length < MOST_WRITTEN && text.includes('exp') ? WRITTEN.exec(text) : null;
    if (value === undefined || found === null || !/exp/.test(value.span.text)) return [];
    const isSubtracted = new RegExp(String.raw`-\s*$`).test(value.span.text.slice(0, found.index));
    const target = statement.kind === 'Assign' ? statement.targets[0] : undefined;
    return [
      {
        isNegative: found[1] === '-' || isSubtracted,
        reduction: found[2] === 'mean' && !/torch\.sum\(/.test(found[0]) ? 'mean' : 'sum',
        name: target?.kind === 'Name' ? target.id : undefined,
        span: statement.span,
      } as const,
    ];
  });
}

const VAE = `
import torch
import torch.nn.functional as F

def loss_function(recon, x, mu, logvar):
    rebuilt = F.binary_cross_entropy(recon, x, reduction='sum')
`;

const PARTS = (sign: string): string => `
import torch

def loss_of(x, made, mean, log_var):
    rebuilt = ((x - made) ** 2).flatten(1).sum(1).mean()
    inner = (1 + log_var - mean ** 2 - torch.exp(log_var)).flatten(1)
    each = ${sign}0.5 * torch.sum(inner, dim=-1)
    return rebuilt + each.mean()
`;

export const klSign: Check = {
  id: 'kl-sign',
  title: 'A divergence with the wrong sign',
  severity: 'warning',
  why: 'The divergence from the standard normal is -1/2 Σ(1 + log σ² - μ² - σ²); without the minus a VAE is rewarded for going away from it.',
  instead: 'Write -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()).',
  needs: 'The sum written out, and added to the loss.',
  wrong: [
    PARTS('').replace('dim=-1)', 'dim=-1)  # <--'),
    `${VAE}
    kl = 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())  # <--
    return rebuilt + kl
`,
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt - kl  # <--
`,
  ],
  right: [
    PARTS('-'),
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt + kl
`,
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    bound = -rebuilt - kl
    return -bound
`,
    `${VAE}
    bound = 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt - bound
`,
  ],
  *run(program) {
    yield* signOfParts(program);
    for (const { isNegative, name, span } of divergencesIn(program)) {
      if (name === undefined) continue;
      if (isNegative) {
        const at = takenFromLoss(program, name, span);
        if (at !== undefined)
          yield {
            at,
            message: `${name} has its minus already, and is taken away from what is to become small.`,
            evidence: [places(['the divergence', span])],
          };
        continue;
      }
      if (isTakenAway(program, name)) continue;
      yield {
        at: span,
        message: 'The divergence is written without its minus, and added to the loss.',
        evidence: [],
      };
    }
  },
};

const DIVERGENCE = (squared: string): string => `
import torch

def divergence(mean, log_std):
    return -0.5 * (1 + 2 * log_std - mean ** 2 - ${squared}).sum(1).mean()
`;

const SQUARE = /\*\*2|pow|square|^(\w+)\*\1$/;

export const klForm: Check = {
  id: 'kl-form',
  title: 'A divergence of a variance that is taken for a deviation',
  severity: 'warning',
  why: 'The divergence is -1/2 Σ(1 + log σ² - μ² - σ²), and log σ² is 2 log σ: both terms must speak of the same, or its least value is at another spread than 1.',
  instead: 'Write 1 + 2 * log_std - mean**2 - exp(2 * log_std), or 1 + logvar - mean**2 - exp(logvar).',
  needs:
    'The sum written out, with twice the logarithm beside its exponential, or with it once beside the square of that.',
  wrong: [
    DIVERGENCE('torch.exp(log_std)').replace('.mean()', '.mean()  # <--'),
    DIVERGENCE('log_std.exp() ** 2')
      .replace('2 * log_std -', 'log_std -')
      .replace('.mean()', '.mean()  # <--'),
    `${VAE}
    return rebuilt - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar)  # <--
`,
    `${VAE}
    return rebuilt - 0.5 * torch.sum(1 + logvar - mu - logvar.exp())  # <--
`,
  ],
  right: [
    DIVERGENCE('torch.exp(log_std) ** 2'),
    DIVERGENCE('torch.exp(2 * log_std)'),
    DIVERGENCE('log_std.exp()').replace('2 * log_std -', 'log_std -'),
  ],
  *run(program) {
    if (!/exp|log_?var/.test(program.source)) return;
    const sums: tree.BinaryOperation[] = [];
    for (const node of nodesOf(program, 'BinOp')) {
      if (/^[-+]$/.test(node.operator) && node.span.text.length < MOST_WRITTEN) sums.push(node);
    }
    const seen = new Set<number>();
    for (const sum of sums) {
      const terms = termsOf(sum).map(({ sign, node }) => ({
        sign,
        text: node.span.text.replaceAll(/[\s()]/g, ''),
      }));
      if (terms.length !== 4 || seen.has(sum.span.start)) continue;
      const one = terms.find(({ text }) => /^1\.?0?$/.test(text));
      const log = terms.find(({ sign, text }) => sign === one?.sign && text !== one.text);
      const taken = terms.filter(({ sign }) => sign !== one?.sign).map(({ text }) => text);
      const [, twice, name = ''] = /^(2\.?0?\*)?([\w.]+)$/.exec(log?.text ?? '') ?? [];
      const spread = taken.find((text) => text.includes('exp') && text.includes(name));
      const isSquare = taken.some((text) => text !== spread && SQUARE.test(text));
      const isBare = taken.includes(name) && taken.some((text) => text !== name && SQUARE.test(text));
      if (
        log !== undefined &&
        taken.length === 2 &&
        spread === undefined &&
        isBare &&
        !seen.has(sum.span.start)
      ) {
        seen.add(sum.span.start);
        yield {
          at: sum.span,
          message: `${name} is added and taken away again: the last term is to be the variance, exp(${name}).`,
          evidence: [],
        };
      }
      const added = terms.find(
        ({ sign, text }) => sign === one?.sign && name !== '' && text.includes('exp') && text.includes(name),
      );
      const mean = taken.find((text) => text !== spread && /^\w*(mu|mean|mn)\w*$/i.test(text));
      const isLoss =
        added !== undefined ? taken.length === 1 && isSquare : spread !== undefined && taken.length === 2;
      if (
        name !== '' &&
        isLoss &&
        (added !== undefined || mean !== undefined) &&
        /^\w*(log|lv|var|sig|std)\w*$/i.test(name)
      ) {
        seen.add(sum.span.start);
        yield {
          at: sum.span,
          message:
            added !== undefined
              ? `${name} and its exponential have one sign: the variance is to be taken away.`
              : `${mean ?? ''} is taken away as it is, and is to be squared.`,
          evidence: [],
        };
        continue;
      }
      if (log === undefined || name === '' || spread === undefined || !isSquare || taken.length !== 2)
        continue;
      const plain = spread.replaceAll('torch.', '');
      const isOnce = plain === `exp${name}` || plain === `${name}.exp`;
      const isTwice =
        plain === `exp${name}**2` ||
        plain === `${name}.exp**2` ||
        plain === `exp${name}.pow2` ||
        plain === `${name}.exp.pow2`;
      if (!(twice === undefined ? isTwice : isOnce)) continue;
      seen.add(sum.span.start);
      yield {
        at: sum.span,
        message:
          twice === undefined
            ? `${name} stands once, as the logarithm of a variance, and its exponential is squared, as a deviation.`
            : `${name} stands twice, as the logarithm of a deviation, and its exponential is not squared.`,
        evidence: [],
      };
    }
  },
};

/** Where a divergence is subtracted from a loss of PyTorch's, and that is returned or given backward() as it is. */
function takenFromLoss(program: Program, name: string, span: Span): Span | undefined {
  const inside = functionsAround(program, span).at(-1)?.body ?? program.body;
  const statements = statementsIn(inside);
  for (const one of statements) {
    const value = one.kind === 'Return' || one.kind === 'Assign' ? one.value : undefined;
    if (value?.kind !== 'BinOp' || value.operator !== '-' || value.right.span.text !== name) continue;
    const from = value.left.span.text;
    const isLoss = statements.some(
      (other) =>
        other.kind === 'Assign' &&
        other.targets[0]?.span.text === from &&
        /^(F\.|nn\.functional\.|torch\.nn\.functional\.)?(binary_cross_entropy|mse_loss|l1_loss)\w*\(/.test(
          other.value.span.text,
        ),
    );
    const sum = one.kind === 'Assign' ? one.targets[0]?.span.text : undefined;
    if (isLoss && (sum === undefined || !isTakenAway(program, sum))) return value.span;
  }
  return undefined;
}

/** A reconstruction that is a mean over all pixels, added to a divergence summed over all examples. */
function* meanBesideSum(program: Program): Generator<Found> {
  for (const { reduction, name, span } of divergencesIn(program)) {
    if (reduction !== 'sum' || name === undefined || /\/|\bdim\b|mean\(/.test(span.text)) continue;
    const around = functionsAround(program, span).at(-1);
    const inside = around === undefined ? program.body : around.body;
    // Whatever else is done to it may make a mean of it: only `a + kl` is known to take it as it is.
    const uses = statementsIn(inside).filter(
      (one) => one.span.start > span.end && mentions(one.span.text, name),
    );
    const sum = new RegExp(
      String.raw`^(?:return|\w+\s*=)\s*\(?(?:(\w+)\s*\+\s*${name}|${name}\s*\+\s*(\w+))\s*(?:\)\s*\/\s*[\w.]+(?:\(\d?\)|\[0\])?)?\s*$`,
    );
    const other = uses.flatMap((one) => {
      const found = sum.exec(one.span.text);
      return found === null ? [] : [found[1] ?? found[2] ?? ''];
    })[0];
    if (other === undefined || uses.some((one) => /[*/]/.test(one.span.text) && !sum.test(one.span.text)))
      continue;
    const rebuilt = eventsOf(program, 'loss').find(
      ({ name: loss, moment }) =>
        /^(mse_loss|binary_cross_entropy|binary_cross_entropy_with_logits|l1_loss)$/.test(loss) &&
        moment.span !== undefined &&
        inside.some((one) => holds(one.span, moment.span ?? one.span)) &&
        new RegExp(String.raw`^\s*${other}\s*=`).test(statementAt(program, moment.span)?.span.text ?? ''),
    );
    const at = rebuilt?.moment.span;
    if (
      rebuilt === undefined ||
      at === undefined ||
      !isMean(rebuilt) ||
      /[*/]/.test(statementAt(program, at)?.span.text ?? '')
    )
      continue;
    yield {
      at,
      message:
        'The reconstruction is a mean over pixels and examples, and the divergence a sum over all of them.',
      severity: 'warning',
      why: 'The divergence is then hundreds of times heavier: the code is pressed into the prior, and every example is rebuilt as the same mean picture.',
      evidence: [places(['the divergence', span])],
    };
  }
}

export const klReduction: Check = {
  id: 'kl-reduction',
  title: 'A sum and a mean in one loss',
  severity: 'design',
  why: 'A reconstruction summed over pixels and examples outweighs a mean divergence by orders of magnitude: the prior has no say.',
  instead: 'Sum both, or take both per example.',
  needs:
    'The divergence written out with a mean beside a reconstruction with reduction="sum", or as a sum that is added as it is to a mean reconstruction.',
  wrong: [
    `${VAE}
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())  # <--
    return rebuilt + kl
`,
    `
import torch
import torch.nn.functional as F

def loss_function(recon, x, mu, logvar):
    rebuilt = F.mse_loss(recon, x)  # <--
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt + kl
`,
  ],
  right: [
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt + kl
`,
    `
import torch
import torch.nn.functional as F

def loss_function(recon, x, mu, logvar):
    rebuilt = F.mse_loss(recon, x)
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    kl = kl / x.numel()
    return rebuilt + kl
`,
  ],
  *run(program) {
    yield* meanBesideSum(program);
    if (!/reduction\s*=\s*['"]sum['"]/.test(program.source)) return;
    for (const { reduction, span } of divergencesIn(program))
      if (reduction === 'mean')
        yield {
          at: span,
          message: 'The divergence is a mean, and the reconstruction a sum.',
          evidence: [],
        };
  },
};

export const klUnread: Check = {
  id: 'kl-unread',
  title: 'A divergence that is no part of the loss',
  severity: 'warning',
  why: 'Without it nothing keeps the codes near the prior: what is drawn from the prior later is decoded to nonsense.',
  instead: 'Add it to the reconstruction: return rebuilt + kl.',
  needs: 'The divergence written out and given a name, in a function that reads the name nowhere.',
  wrong: [
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())  # <--
    return rebuilt
`,
  ],
  right: [
    `${VAE}
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return rebuilt, kl
`,
  ],
  *run(program) {
    for (const { name, span } of divergencesIn(program)) {
      const around = functionsAround(program, span).at(-1);
      if (name === undefined || around === undefined) continue;
      const text = around.span.text;
      if (text.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length !== 1) continue;
      yield { at: span, message: `${name} is computed here and added to nothing.`, evidence: [] };
    }
  },
};
