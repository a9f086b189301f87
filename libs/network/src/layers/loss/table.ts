import type { LayerDefinition } from '../../layer.js';
import type { OperationDefinition } from '../../operation.js';
import { CLASSIFICATION } from './classification.js';
import { RANKING } from './ranking.js';
import { REGRESSION } from './regression.js';

const { NLLLoss, CrossEntropyLoss, BCELoss, BCEWithLogitsLoss, MultiMarginLoss } = CLASSIFICATION;

export const LOSSES = {
  NLLLoss: NLLLoss.layer,
  CrossEntropyLoss: CrossEntropyLoss.layer,
  BCELoss: BCELoss.layer,
  BCEWithLogitsLoss: BCEWithLogitsLoss.layer,
  MultiMarginLoss: MultiMarginLoss.layer,
  MSELoss: REGRESSION.MSELoss.layer,
  L1Loss: REGRESSION.L1Loss.layer,
  SmoothL1Loss: REGRESSION.SmoothL1Loss.layer,
  HuberLoss: REGRESSION.HuberLoss.layer,
  KLDivLoss: REGRESSION.KLDivLoss.layer,
  PoissonNLLLoss: REGRESSION.PoissonNLLLoss.layer,
  GaussianNLLLoss: REGRESSION.GaussianNLLLoss.layer,
  SoftMarginLoss: REGRESSION.SoftMarginLoss.layer,
  HingeEmbeddingLoss: REGRESSION.HingeEmbeddingLoss.layer,
  MultiLabelMarginLoss: REGRESSION.MultiLabelMarginLoss.layer,
  MultiLabelSoftMarginLoss: REGRESSION.MultiLabelSoftMarginLoss.layer,
  MarginRankingLoss: RANKING.MarginRankingLoss.layer,
  CosineEmbeddingLoss: RANKING.CosineEmbeddingLoss.layer,
  TripletMarginLoss: RANKING.TripletMarginLoss.layer,
  TripletMarginWithDistanceLoss: RANKING.TripletMarginWithDistanceLoss.layer,
  CTCLoss: RANKING.CTCLoss.layer,
} satisfies Record<string, LayerDefinition>;

export const LOSS_OPERATIONS: readonly OperationDefinition[] = Object.values({
  ...CLASSIFICATION,
  ...REGRESSION,
  ...RANKING,
}).flatMap(({ operation }) => operation ?? []);
