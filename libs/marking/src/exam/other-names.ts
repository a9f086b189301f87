import type { PartKind } from './definition.js';

/** What fields are called elsewhere: in other systems for exams, and by whoever writes a first one. */
export const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  exam: ['name', 'slug'],
  id: ['number', 'name', 'key', 'label'],
  title: ['heading', 'name'],
  kind: ['type'],
  marks: ['points', 'pts', 'score', 'weight', 'credit', 'credits', 'maxMarks', 'maxPoints'],
  prompt: ['text', 'question', 'description', 'body', 'content', 'stem'],
  questions: ['items', 'problems', 'tasks', 'exercises'],
  parts: ['subquestions', 'subparts', 'questions'],
  rubric: ['criteria', 'scheme', 'items', 'markscheme'],
  says: ['text', 'description', 'statement', 'label', 'criterion'],
  terms: ['keywords', 'words', 'keyphrases'],
  correct: ['answer', 'answers', 'solution', 'right'],
  options: ['choices', 'alternatives'],
  instructions: ['intro', 'introduction', 'preamble', 'rules'],
  ask: ['asks', 'quantities', 'values'],
  of: ['layer'],
  quantity: ['measure'],
};

/** What kinds of question are called elsewhere. */
export const OTHER_KINDS: Readonly<Record<PartKind, readonly string[]>> = {
  essay: ['text', 'prose', 'open', 'written', 'short-answer', 'long-answer', 'free-text', 'explanation'],
  numeric: ['number', 'numerical', 'calculation', 'count', 'parameters', 'math'],
  critique: ['review', 'code-review', 'debugging', 'bugs'],
  code: ['programming', 'coding', 'model', 'implementation'],
  choice: ['mcq', 'mc', 'multiple-choice', 'single-choice', 'multi-select', 'true-false', 'select'],
};

/** Those whose other names have this word, however it is spelled and divided. */
export function calledElsewhere(word: string, names: Readonly<Record<string, readonly string[]>>): string[] {
  const folded = (each: string): string => each.toLowerCase().replaceAll(/[\s_-]/g, '');
  return Object.keys(names).filter((name) => names[name]?.some((each) => folded(each) === folded(word)));
}
