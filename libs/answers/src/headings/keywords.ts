/**
 * What a keyword before a number promises: a question, a part of one, or an answer to either ("Ans 2:").
 * `weak` words also open ordinary sentences or numbered things that are no questions.
 */
export interface Keyword {
  readonly word: string;
  readonly names: 'question' | 'part' | 'answer';
  readonly weak?: true;
}

function words(names: Keyword['names'], ...list: string[]): readonly Keyword[] {
  return list.map((word) => ({ word, names }));
}

function weakWords(names: Keyword['names'], ...list: string[]): readonly Keyword[] {
  return list.map((word) => ({ word, names, weak: true }));
}

/** Lower case, without full stops. A language is one line; nothing else changes when one is added. */
const KEYWORDS: readonly Keyword[] = [
  ...words(
    'question',
    'question',
    'questions',
    'quest',
    'ques',
    'qn',
    'qu',
    'q',
    'problem',
    'prob',
    'task',
    'exercise',
  ),
  ...weakWords('question', 'ex', 'section', 'sec', 'item', 'assignment', 'no', 'number'),
  ...words('part', 'part', 'subpart', 'subquestion', 'sub-question', 'sub-part', 'pt'),
  ...words('answer', 'answer', 'ans', 'solution', 'soln', 'sol', 'response', 'working', 'reply'),
  ...words('question', 'frage', 'aufgabe', 'übung'),
  ...words('part', 'teil', 'teilaufgabe'),
  ...words('answer', 'antwort', 'lösung'),
  ...words('question', 'pregunta', 'ejercicio', 'problema'),
  ...words('part', 'apartado', 'parte'),
  ...words('answer', 'respuesta', 'solución'),
  ...words('question', 'esercizio', 'domanda', 'quesito'),
  ...words('answer', 'risposta', 'soluzione'),
  ...words('question', 'exercice', 'problème'),
  ...words('part', 'partie'),
  ...words('answer', 'réponse'),
  ...words('question', 'questão', 'pergunta', 'exercício', 'tarefa'),
  ...words('answer', 'resposta'),
  ...words('question', 'vraag', 'opgave', 'opdracht'),
  ...words('part', 'deel'),
  ...words('answer', 'antwoord'),
  ...words('question', 'fråga', 'uppgift', 'spørgsmål', 'oppgave', 'kysymys', 'tehtävä'),
  ...words('answer', 'svar', 'vastaus'),
  ...words('question', 'pytanie', 'zadanie', 'otázka', 'úloha', 'soru', 'câu'),
  ...words('question', 'вопрос', 'задача', 'задание', 'питання', 'завдання', 'ερώτηση', 'άσκηση'),
  ...words('answer', 'ответ', 'відповідь'),
  ...words(
    'question',
    '问题',
    '問題',
    '题目',
    '題目',
    '问',
    '問',
    '题',
    '題',
    '質問',
    '설문',
    '문제',
    '질문',
  ),
  ...words('part', '部分'),
  ...words('answer', '答案', '答', '解答', '回答', '답'),
  ...words('question', 'السؤال', 'سؤال', 'שאלה', 'سوال', 'प्रश्न'),
  ...words('answer', 'الجواب', 'الإجابة', 'תשובה', 'उत्तर'),
];

const BY_WORD: ReadonlyMap<string, Keyword> = new Map(
  [...KEYWORDS].toReversed().map((keyword) => [keyword.word, keyword]),
);

/** The keyword that a word is, in any case; nothing for other words. */
export function keywordOf(word: string): Keyword | undefined {
  return BY_WORD.get(word.toLowerCase());
}

/** Words that may stand between "answer" and what it answers. */
export const LINKING_WORDS: ReadonlySet<string> = new Set([
  'to',
  'for',
  'of',
  'the',
  'number',
  'no',
  'nr',
  'num',
  'zu',
  'auf',
  'für',
  'a',
  'la',
  'el',
  'al',
  'à',
  'de',
  'numéro',
  'nummer',
  'número',
]);

/** Words that say a heading goes on with an answer begun earlier. */
export const CONTINUATION =
  /\b(?:cont(?:inued|inuation|'?d|\.|d)?|ctd|fortsetzung|suite|continuación|continuazione)(?![\p{L}])|（续）|\(续\)/iu;
