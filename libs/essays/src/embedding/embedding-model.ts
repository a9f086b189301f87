/** Which model looked, so that what it found can be told from what another finds. */
export interface ModelIdentity {
  /** As its folder is called. */
  readonly name: string;
  /** Of the model's file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** What ran it, with its version. */
  readonly runtime: string;
}

/**
 * A model that puts sentences of like meaning near to each other. It finds where an answer speaks to an item; it never says that
 * anything is covered.
 */
export interface EmbeddingModel {
  readonly identity: ModelIdentity;
  /** One text in, one vector of length 1 out. */
  embed(text: string): Promise<Float32Array>;
}
