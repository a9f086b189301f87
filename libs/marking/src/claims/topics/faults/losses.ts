import type { Fault } from './fault.js';

const TO_ANSWER = String.raw`(?:wrong|incorrect\w*|inappropriate|unsuitable|bad|not (?:suitable|right|correct|appropriate|compatible)|unsuited|does(?:n't| not) (?:match|suit|fit|go)|mismatch\w*|a problem|problematic|redundant|unnecessary|a mistake|an error|a bug|twice|double|already)`;

/** Losses that do not go with what they are given. */
export const LOSSES: readonly Fault[] = [
  {
    subject: 'loss',
    says: [
      /\bsoftmax\b.*\b(?:cross[ -_]?entropy|CE loss|the loss|CrossEntropyLoss)\b/i,
      /\b(?:cross[ -_]?entropy(?:loss)?|CrossEntropyLoss|the loss)\b.*\b(?:softmax|logits|raw scores)\b/i,
      /\bsoftmax\b.*\b(?:twice|two times|double|again|redundant|should (?:not|be removed)|shouldn't|needs? to (?:go|be removed)|unnecessary|not needed|must be removed)\b/i,
      /\b(?:double|duplicate|second|extra|two) softmax(?:es)?\b/i,
      /\bremov\w+ (?:the )?(?:final |last |extra )?softmax\b/i,
    ],
    checks: /^(?:softmax-ce|logsoftmax-ce|softmax-one-unit)$/,
  },
  {
    subject: 'loss',
    says: [
      /\bsigmoid\b.*\b(?:bce\w*|binary cross[ -]?entropy\w*)\b/i,
      /\b(?:bce\w*|binary cross[ -]?entropy\w*)\b.*\b(?:sigmoid|logits|probabilit\w+)\b/i,
      /\b(?:sigmoid\b.*\b(?:twice|two times|double|doubly|again)|(?:double|second|extra|two) sigmoids?)\b/i,
    ],
    checks: /^(?:bcelogits-double|bce-needs-prob|bce-sigmoid)$/,
  },
  {
    subject: 'loss',
    says: [
      /\bnll\w*\b.*\b(?:log[ _-]?softmax|log[ -]?probabilit\w+|logits|softmax)\b/i,
      /\b(?:log[ _-]?softmax)\b.*\bnll\w*/i,
    ],
    checks: /^nll-needs-log$/,
  },
  {
    subject: 'loss',
    says: [
      new RegExp(String.raw`\b(?:loss|criterion)(?: function)?\b[^,]*\b${TO_ANSWER}\b`, 'i'),
      /\b(?:wrong|incorrect|inappropriate|unsuitable) (?:choice of )?(?:loss|criterion)\b/i,
    ],
    checks:
      /^(?:softmax-ce|nll-needs-log|bce-\w+|bcelogits-double|loss-task|softmax-one-unit|target-\w+|kl-reduction|loss-sign)$/,
  },
];
