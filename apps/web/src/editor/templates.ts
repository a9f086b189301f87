export type QuestionKind = 'essay' | 'numeric' | 'critique' | 'code' | 'choice' | 'parts';

/** Whole questions to begin with, one of each kind: small, valid and to be written over. */
export const QUESTION_TEMPLATES: Readonly<Record<QuestionKind, string>> = {
  essay: `- id: NUMBER
  kind: essay
  title: What it is about
  marks: 4
  prompt: |
    What is asked, in Markdown, with formulas between $ signs.
  rubric:
    - id: first
      says: What a good answer says first
      marks: 2
      terms: [words that, such an answer, would use]
    - id: second
      says: What it says second
      marks: 2
      terms: [other words, for this]
`,
  numeric: `- id: NUMBER
  kind: numeric
  title: Counting parameters
  marks: 4
  prompt: |
    Images of $3 \\times 32 \\times 32$ pass a convolution with 16 filters of $5 \\times 5$ and a linear layer for 10
    classes. How many parameters has each? Show your working.
  network:
    input: [3, 32, 32]
    layers:
      - Conv2d: { name: convolution, out_channels: 16, kernel_size: 5, padding: 2 }
      - ReLU
      - AdaptiveAvgPool2d: 1
      - Flatten
      - Linear: { name: classifier, out_features: 10 }
  conventions:
    bias: either
  ask:
    - { id: convolution, says: Parameters of the convolution, quantity: parameters, of: convolution, marks: 2, method: 1 }
    - { id: classifier, says: Parameters of the classifier, quantity: parameters, of: classifier, marks: 2, method: 1 }
`,
  critique: `- id: NUMBER
  kind: critique
  title: Reviewing a model
  marks: 4
  prompt: |
    The model below is to tell ten digits apart. What is wrong with it, and what would you change?
  code: |
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(784, 128)
            self.second = nn.Linear(128, 10)

        def forward(self, x):
            return self.second(self.first(x.flatten(1)))
  input: [1, 28, 28]
  expects:
    - id: activation
      says: Nothing non-linear stands between the layers, so both are one linear layer
      marks: 4
      terms: [activation, non-linear, relu]
`,
  code: `- id: NUMBER
  kind: code
  title: Writing a model
  marks: 4
  prompt: |
    Write an nn.Module that gives ten scores for grey images of $28 \\times 28$ and uses a convolution.
  input: [1, 28, 28]
  requirements:
    - { id: shape, check: output-shape, shape: [10], says: Gives ten scores, marks: 2 }
    - { id: convolution, check: uses, layers: [Conv2d], says: Uses a convolution, marks: 2 }
`,
  choice: `- id: NUMBER
  kind: choice
  title: Choosing one of three
  marks: 1
  prompt: Which of these normalises over the batch?
  options:
    - { id: a, says: Layer normalisation }
    - { id: b, says: Batch normalisation }
    - { id: c, says: Dropout }
  correct: [b]
`,
  parts: `- id: NUMBER
  title: A question of parts
  parts:
    - id: a
      kind: essay
      marks: 2
      prompt: What is asked first.
      rubric:
        - { id: first, says: What a good answer says, marks: 2, terms: [words that, such an answer, would use] }
    - id: b
      kind: essay
      marks: 2
      prompt: What is asked second.
      rubric:
        - { id: second, says: What a good answer says, marks: 2, terms: [other words, for this] }
`,
};

/** What each is called where one chooses. */
export const KIND_NAMES: Readonly<Record<QuestionKind, { readonly name: string; readonly says: string }>> = {
  essay: { name: 'Essay', says: 'Prose, marked by rubric items' },
  numeric: { name: 'Numbers', says: 'With their working, recomputed from a network' },
  critique: { name: 'Critique', says: 'Of a model’s code that you give' },
  code: { name: 'Code', says: 'A model that students write' },
  choice: { name: 'Choice', says: 'One or more of several options' },
  parts: { name: 'Question of parts', says: 'Each of a kind of its own' },
};
