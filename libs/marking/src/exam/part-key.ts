/** What a part goes by in its exam: "1.a" for part a of question 1, "2" for a question that is one part itself. */
export function partKey(question: { readonly id: string }, part?: { readonly id: string }): string {
  return part === undefined ? question.id : `${question.id}.${part.id}`;
}
