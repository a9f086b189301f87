import type { Note, Span } from '../split.js';

interface Address {
  /** Lower-case words without which the pattern cannot match: looking for them first is much cheaper. */
  readonly needs: readonly string[];
  readonly pattern: RegExp;
}

/**
 * Ways in which a text turns to whoever marks it, or to a machine that might. Each is a plain pattern without nested
 * repetition. That one matches proves no intent: an essay on prompt injection will match too, and the note says only
 * what stands there.
 */
const PATTERNS: readonly Address[] = [
  {
    needs: ['instruction', 'prompt', 'rule', 'guideline', 'scheme'],
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\s{1,4}(?:(?:all|any|the|your|of|these|those|every|everything)\s{1,4}){0,3}(?:previous|prior|above|earlier|preceding|other|existing|system|original|marking|grading)\s{1,4}(?:instruction|prompt|rule|guideline|scheme)s?/gi,
  },
  {
    needs: ['marking scheme', 'mark scheme', 'rubric', 'instructions'],
    pattern:
      /\b(?:ignore|disregard)\s{1,4}(?:the\s{1,4})?(?:marking scheme|mark scheme|rubric|instructions)/gi,
  },
  {
    needs: ['dear'],
    pattern:
      /\bdear\s{1,4}(?:grader|marker|examiner|professor|assessor|instructor|teacher|chatgpt|claude|ai|llm|assistant)\b/gi,
  },
  {
    needs: ['grader', 'marker', 'examiner', 'assessor', ' ai', 'llm', 'language model', 'grading'],
    pattern:
      /\b(?:note|message|attention|instructions?|memo)\s{0,3}(?:to|for)?\s{1,4}(?:the\s{1,4})?(?:grader|marker|examiner|assessor|ai|llm|language model|grading (?:system|software|model))\b/gi,
  },
  {
    needs: ['you'],
    pattern:
      /\byou are\s{1,4}(?:now\s{1,4})?(?:an?\s{1,4})?(?:(?:helpful|lenient|generous|expert|automated)\s{1,4}){0,2}(?:ai|llm|language model|assistant|grader|marker|examiner|chatbot|chatgpt)\b/gi,
  },
  {
    needs: ['as a'],
    pattern:
      /\bas an?\s{1,4}(?:ai|llm|(?:ai|large)?\s{0,4}language model|ai assistant|ai model)(?=\s{0,4},)/gi,
  },
  {
    needs: ['mark', 'point', 'score', 'grade', 'credit', 'percent', '100', '10/10'],
    pattern:
      /\b(?:give|award|assign|grant|grade|mark|score)\s{1,4}(?:(?:me|this|it|us|the|my|student|answer|submission|paper|question|with|as|a|an)\s{1,4}){0,5}(?:(?:full|maximum|max|top|highest|perfect|all(?: the)?|100)\s{1,4}(?:marks?|points?|scores?|grades?|credit|percent)\b|100\s?%|10\/10)/gi,
  },
  {
    needs: ['mark', 'point', 'score', 'grade', 'credit'],
    pattern:
      /\b(?:must|should|deserves?(?: to)?)\s{1,4}(?:receive|get|be (?:given|awarded))\s{1,4}(?:the\s{1,4})?(?:full|maximum|top|highest|perfect)\s{1,4}(?:marks?|points?|scores?|grades?|credit)\b/gi,
  },
  {
    needs: ['please'],
    pattern: /\bplease\s{1,4}(?:be (?:kind|lenient|generous)|let me pass|pass me|don'?t fail me|give me)\b/gi,
  },
  { needs: ['prompt'], pattern: /\b(?:system|developer)\s{1,2}prompt\s{0,2}[:=]/gi },
  {
    needs: ['<|', 'inst]', '<<sys', '##'],
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<SYS>>|^#{2,4} ?(?:System|Instruction)s?:/gm,
  },
];

const LONGEST_QUOTE = 160;
const MOST_NOTES = 50;

/** Every place that turns to the grader, quoted with its sentence. Nothing in it is ever obeyed. */
export function findAddressedToGrader(text: string): readonly Note[] {
  const spans: Span[] = [];
  const lower = text.toLowerCase();
  for (const { needs, pattern } of PATTERNS) {
    if (!needs.some((word) => lower.includes(word))) continue;
    for (const match of text.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
      if (spans.length > MOST_NOTES * PATTERNS.length) break;
    }
  }
  spans.sort((one, other) => one.start - other.start);
  const notes: Note[] = [];
  let end = -1;
  for (const span of spans) {
    const sentence = sentenceAround(text, span);
    if (sentence.start < end || notes.length >= MOST_NOTES) continue;
    end = sentence.end;
    const quote = text.slice(sentence.start, sentence.end).replace(/\s+/g, ' ');
    notes.push({
      kind: 'addressed-to-grader',
      span: sentence,
      says: `This reads as if addressed to whoever marks: “${quote}”. It is kept as part of the document and changes nothing.`,
    });
  }
  return notes;
}

/** The sentence, or as much of it as is worth quoting. */
function sentenceAround(text: string, span: Span): Span {
  let { start, end } = span;
  const from = Math.max(0, span.start - LONGEST_QUOTE / 2);
  while (start > from && !/[.!?\n\r\f>]/.test(text.charAt(start - 1))) start--;
  while (start < span.start && /\s/.test(text.charAt(start))) start++;
  const to = Math.min(text.length, Math.max(span.end, start + LONGEST_QUOTE));
  while (end < to && !/[.!?\n\r\f]/.test(text.charAt(end))) end++;
  return { start, end };
}
