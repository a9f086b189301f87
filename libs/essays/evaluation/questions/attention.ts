import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const ATTENTION: EvaluatedQuestion = {
  name: 'attention',
  asked: 'Explain self-attention in a transformer and compare it with a recurrent network.',
  points: [
    {
      id: 'scores',
      says: 'Queries are compared with keys by dot products to give attention scores.',
      wordings: ['The dot product of a query with all keys says how much attention a token gets.'],
    },
    {
      id: 'weighted',
      says: 'The softmax of the scores gives weights for a weighted sum of the values.',
      wordings: ['After a softmax the values are averaged with these weights.'],
    },
    {
      id: 'scale',
      says: 'The scores are divided by the square root of the key dimension so that the softmax does not saturate.',
      wordings: ['Dividing by the square root of d keeps the softmax out of saturation.'],
    },
    {
      id: 'position',
      says: 'Attention ignores order, so positional encodings are added.',
      wordings: ['The order of the words is not known without position embeddings.'],
    },
    {
      id: 'parallel',
      says: 'All positions are processed in parallel, while a recurrent network goes step by step.',
      wordings: [
        'A recurrent network must wait for the previous step, a transformer processes all tokens at once.',
      ],
    },
    {
      id: 'quadratic',
      says: 'The cost grows quadratically with the length of the sequence.',
      wordings: ['Time and memory are O(n^2) in the length.'],
    },
  ],
  misconceptions: [{ id: 'knows-order', says: 'Self-attention knows the order of the words by itself.' }],
  answers: [
    marked(
      'good',
      `
Each token is projected to a query, a key and a value. {scores+|The dot product between a token's query and every key says how relevant the other tokens are.} {scale+|These scores are scaled by 1/sqrt(d_k), otherwise softmax would saturate and gradients get tiny}, and {weighted+|after softmax they are used as weights to average the values.} {position+|As the operation is permutation equivariant, position embeddings have to be added to the inputs.} {parallel+|Unlike an RNN which must go token by token, everything can be computed in parallel}, but {quadratic+|memory and time are O(n^2) in the sequence length.}`,
    ),
    marked(
      'wrong',
      `
{scores!|Values are compared with each other by dot products}, and {weighted!|the softmax gives weights for the sum of the keys.} Self-attention knows the order of the words by itself, so {position!|no positional encoding is needed.} {parallel!|A transformer processes the tokens one after the other while a recurrent network works in parallel.} {quadratic!|The cost is linear in the length of the sequence.}`,
    ),
    marked(
      'short',
      `{weighted+|softmax(QK^T/sqrt(d))V, i.e. each output is a weighted average of the values.} {parallel+|Parallel instead of sequential.}`,
    ),
    marked(
      'partial',
      `
Self-attention lets every word look at every other word in the sentence and {weighted~|decide which of them are important.} {parallel+|RNNs have to read the words one by one, transformers can read all of them at the same time}, so training on GPUs is faster. {position+|Because of this the transformer does not know the order of words and needs positional encoding.}`,
    ),
    marked(
      'waffle',
      `
Transformers were introduced in the paper "Attention is all you need" and changed the whole field. ChatGPT is a transformer too. Attention is inspired by human attention, we also focus on the important things. Compared with a recurrent network a transformer is more modern and gives better results on nearly all tasks.`,
    ),
    marked(
      'non-native',
      `
Every word make three vectors: query, key, value. {scores+|The query multiply with keys of all words and result is how much attention.} {weighted+|Then softmax and sum of values with this weights.} The RNN {parallel+|is slow because next step must wait the previous, but transformer calculate all words same time.}`,
    ),
    marked(
      'paraphrase',
      `
{scores+|Every word asks a question, and all words hold up a label; the better the label fits the question}, {weighted+|the more of that word's content is mixed into the answer, with shares that add up to one.} {position+|Shuffle the words and the same thing comes out for each, so someone has to write the seat number on every word first.} {quadratic+|Since everybody talks to everybody, a text twice as long makes four times the work.}`,
    ),
    marked(
      'salad',
      `Query key value dot product softmax weighted sum square root dimension positional encoding order parallel recurrent step by step quadratic length.`,
    ),
    marked(
      'formula',
      `$$\\mathrm{Attention}(Q,K,V) = \\mathrm{softmax}\\left(\\frac{QK^T}{\\sqrt{d_k}}\\right)V$$`,
    ),
    marked(
      'long',
      `
A recurrent network summarises everything it has read in one state vector. Information from the first word has to survive a long chain of updates to be of use at the hundredth. Self-attention does away with the chain: any position can fetch information from any other in one hop. Technically, three linear maps turn the embedding of each token into query, key and value. {scores+|To find out what token i should look at, its query is multiplied with the keys of all tokens.} {scale+|The products have a variance that is proportional to the dimension, thus they are divided by its square root, which keeps the softmax out of its flat regions.} {weighted+|The softmax turns the row into positive numbers that sum to one, and the new representation is the correspondingly weighted mixture of the value vectors.}

{parallel+|None of this has to wait for the preceding token, and the whole sequence is a handful of matrix products, which is what GPUs are good at; a recurrence can't be parallelised over time.} {quadratic+|The price is a score matrix with n times n entries: doubling the context quadruples memory and compute.} Since nothing in these formulas depends on where a token stands, {position+|sinusoids or learned vectors that encode the position are added to the embeddings.}`,
    ),
    marked(
      'rnn-only',
      `A recurrent network has a hidden state that is passed from step to step. It shares weights over time. The hidden state at the end can be used for classification. For long sequences gradients vanish.`,
    ),
    marked(
      'truncated',
      `Self-attention compares queries with keys by dot products to give attention scores and the`,
    ),
  ],
};
