/** What a new exam begins with: small, whole and valid. */
export const STARTING_POINT = `format: 1
exam: my-exam
title: My exam
questions:
  - id: 1
    kind: essay
    title: Batch normalisation
    marks: 4
    prompt: Explain what batch normalisation does during training, and what changes at inference.
    rubric:
      - id: statistics
        says: Normalises each channel with the statistics of the mini-batch
        marks: 2
        terms: [mini-batch, batch statistics]
      - id: inference
        says: Uses running averages at inference
        marks: 2
        terms: [running average, moving average]
`;
