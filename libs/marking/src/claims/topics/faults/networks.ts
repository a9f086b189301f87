import { lineWith } from '../../facts.js';
import { pairsOf } from '../between.js';
import type { Fault } from './fault.js';

/** Layers and tensors that do not go together, and what the language says of a network's class. */
export const NETWORKS: readonly Fault[] = [
  {
    subject: 'activation',
    says: [
      /\bcollaps\w+ (?:in)?to (?:a |one )?(?:single )?(?:linear|affine)/i,
      /\b(?:equivalent to|same as|nothing (?:more|but)|just|only|effectively|are|is) (?:a |one |an )?(?:single |big )?(?:linear|affine) (?:layer|map|transformation|function|operation|model)\b/i,
    ],
    checks: /^missing-nonlinearity$/,
    shown: (facts) => {
      const bare = pairsOf(facts).find(({ activated }) => activated === false);
      return facts.isWhole && facts.errors.length === 0 && bare !== undefined
        ? `${bare.from.path} feeds ${bare.to.path} with no activation between.`
        : undefined;
    },
  },
  {
    subject: 'shapes',
    says: [
      /\b(?:in_features|in_channels|input (?:size|features|channels|dimensions?)|num_features|shapes?|sizes?|dimensions?|number of (?:inputs?|features|channels|input \w+))\b.*\b(?:not match\w*|n't match\w*|mismatch\w*|wrong|incorrect\w*|incompatible|not (?:fit|agree|correct|equal)|n't (?:fit|agree)|disagree\w*|off|inconsistent|conflict\w*|should be|must be|needs? to be|has to be|instead of)\b/i,
      /\b(?:shape|size|dimension|channel|feature)s?(?: size)?[ -](?:mismatch|error|problem|conflict)\b/i,
      /\bmismatch\w*\b.*\b(?:shapes?|sizes?|dimensions?|channels?|features?|linear|conv\w*|fc\w*|layers?)\b/i,
      /\b(?:wrong|incorrect) (?:input |output )?(?:size|shape|dimensions?|number of (?:inputs?|input features|channels|features))\b/i,
      /\bexpects? \d[\d,]*\b/i,
    ],
    checks:
      /^(?:shape-\w+(?:-\w+)*|flatten-\w+|view-size|layout-nhwc|kernel-too-large|cat-mismatch|residual-mismatch|bn-features|groups-divide|rnn-layout|target-shape|raises)$/,
  },
  {
    subject: 'shapes',
    says: [
      /\b(?:not|never|n't|no|without|forgets?(?: to)?|missing|lacks?|needs? (?:a |to be )?|should(?: be)?)\b.*\bflatten(?:ed|ing|s)?\b/i,
      /\bflatten\w*\b.*\b(?:missing|absent|forgotten)\b/i,
    ],
    checks: /^(?:flatten-missing|flatten-size|shape-linear-in)$/,
    refuted: ({ layers, isWhole, errors }) =>
      isWhole && errors.length === 0
        ? layers.find(({ operation }) => /^(?:flatten|view|reshape)$/i.test(operation))?.quote?.line
        : undefined,
  },
  {
    subject: 'fault',
    says: [
      /\bsuper\(?\)?\.?(?:__init__)?\b.*\b(?:missing|not|never|forg\w+|n't|without)\b/i,
      /\b(?:missing|not|never|forg\w+|n't|without|no)\b.*\bsuper\b/i,
    ],
    checks: /^super-init$/,
    refuted: ({ text }) =>
      text.match(/^\s*class\s/gm)?.length === 1
        ? lineWith(text, /\bsuper\([^()]*\)\.__init__\(|\w+\.__init__\(\s*self/)
        : undefined,
  },
  {
    subject: 'fault',
    says: [/\b(?:not|never|n't)\b.*\bdefined\b/i, /\bundefined (?:name|variable)\b/i],
    checks: /^undefined-name$/,
  },
  {
    subject: 'fault',
    says: [/\b(?:python|plain|normal|regular|ordinary) lists?\b/i, /\bModuleList\b/i],
    checks: /^plain-list$/,
  },
  {
    subject: 'fault',
    says: [
      /\b(?:never|not|n't)\b.*\bused\b.*\b(?:forward|layer)|\bunused (?:layer|module)|\b(?:layer|self\.\w+) is (?:never|not) (?:used|called)\b/i,
    ],
    checks: /^unused-layer$/,
  },
  {
    subject: 'fault',
    says: [/\bbias(?:es)?\b.*\b(?:before|followed by)\b.*\b(?:norm\w*|bn)\b/i],
    checks: /^bias-before-bn$/,
  },
  {
    subject: 'fault',
    says: [
      /\brelu\b.*\b(?:outputs?|last|final|logits|predictions?)\b/i,
      /\b(?:last|final|output)\b(?: \w+)? relu\b/i,
    ],
    checks: /^relu-on-output$/,
  },
];
