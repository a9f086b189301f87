/** Layers that are losses, by the function that each is. */
export const LOSS_FUNCTIONS: Readonly<Record<string, string>> = {
  CrossEntropyLoss: 'cross_entropy',
  NLLLoss: 'nll_loss',
  NLLLoss2d: 'nll_loss',
  BCELoss: 'binary_cross_entropy',
  BCEWithLogitsLoss: 'binary_cross_entropy_with_logits',
  MultiMarginLoss: 'multi_margin_loss',
  MSELoss: 'mse_loss',
  L1Loss: 'l1_loss',
  SmoothL1Loss: 'smooth_l1_loss',
  HuberLoss: 'huber_loss',
  KLDivLoss: 'kl_div',
  PoissonNLLLoss: 'poisson_nll_loss',
  GaussianNLLLoss: 'gaussian_nll_loss',
  SoftMarginLoss: 'soft_margin_loss',
  HingeEmbeddingLoss: 'hinge_embedding_loss',
  MultiLabelMarginLoss: 'multilabel_margin_loss',
  MultiLabelSoftMarginLoss: 'multilabel_soft_margin_loss',
  MarginRankingLoss: 'margin_ranking_loss',
  CosineEmbeddingLoss: 'cosine_embedding_loss',
  TripletMarginLoss: 'triplet_margin_loss',
  TripletMarginWithDistanceLoss: 'triplet_margin_with_distance_loss',
  CTCLoss: 'ctc_loss',
};

export const LOSS_NAMES: ReadonlySet<string> = new Set(Object.values(LOSS_FUNCTIONS));
