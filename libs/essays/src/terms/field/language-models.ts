import type { Synonyms } from '../synonyms.js';

/** Language models: what they read, how they write, and how they are adapted. */
export const LANGUAGE_MODELS: readonly Synonyms[] = [
  ['tokenisation', 'tokeniser', 'split into tokens', 'split text into tokens', 'cut into tokens'],
  ['byte pair encoding', 'bpe', 'subword unit', 'subword tokenisation'],
  ['out of vocabulary', 'oov', 'unseen word', 'unknown token', 'words not in the vocabulary'],
  ['perplexity', 'exponential of the cross entropy', 'exponentiated cross entropy'],
  ['skip gram', 'skipgram'],
  ['continuous bag of words', 'cbow'],
  ['negative sampling', 'sampled negatives', 'random negative examples'],
  ['key value cache', 'kv cache', 'cached keys and values', 'cache the keys and values'],
  ['greedy decoding', 'most likely token at each step', 'likeliest token at each step'],
  ['nucleus sampling', 'top p sampling', 'top p'],
  ['top k sampling', 'sample from the k most likely tokens'],
  ['sampling temperature', 'softmax temperature', 'temperature of the softmax'],
  ['in context learning', 'few shot prompting', 'examples in the prompt', 'few shot learning'],
  ['chain of thought', 'intermediate reasoning steps'],
  ['instruction tuning', 'instruction finetuning', 'instruction following'],
  ['human feedback', 'rlhf', 'human preference', 'preference data', 'preferred by humans'],
  ['low rank adaptation', 'lora', 'low rank update', 'low rank matrices'],
  ['retrieval augmented generation', 'rag', 'retrieved documents', 'retrieved passages'],
  ['hallucination', 'made up facts', 'invented facts', 'make up facts', 'invent facts', 'hallucinate'],
  ['exposure bias', 'errors accumulate during generation'],
];
