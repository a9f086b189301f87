import { z } from 'zod';
import { Decimal } from '../exams/exams.contract.js';

const Figure = z.number().nullable();

export const AgreementFigures = z
  .object({
    pairs: z.int().meta({ description: 'Answers that both have marked, each without the other' }),
    exact: Figure.meta({
      description: 'Share with the same marks; null below `enough` pairs, like all figures',
    }),
    withinOneStep: Figure,
    meanDifference: Figure.meta({
      description: 'In marks; above zero the first named is the more generous',
    }),
    kappa: Figure.meta({
      description: 'Quadratic weighted kappa, of single parts alone; null also where all marks are the same',
    }),
  })
  .meta({ id: 'AgreementFigures' });
export type Figures = z.infer<typeof AgreementFigures>;

export const AgreementView = z
  .object({
    enough: z.int().meta({ description: 'From how many pairs on there are figures' }),
    step: Decimal.meta({ description: 'In which steps marks are given' }),
    machine: z
      .object({
        share: z.number().meta({ description: 'Of the answers, whose proposal is kept back' }),
        waiting: z.int().meta({ description: 'Answers of the sample on which nobody has decided yet' }),
        unknown: z.int().meta({ description: 'Decided on where the machine did not know: in no figure' }),
        overall: AgreementFigures,
        parts: z.array(AgreementFigures.extend({ part: z.string(), title: z.string() })),
      })
      .meta({ description: 'The machine against the people who marked without seeing its proposal' }),
  })
  .extend({
    markers: z
      .object({
        overall: AgreementFigures,
        parts: z.array(AgreementFigures.extend({ part: z.string(), title: z.string() })),
      })
      .meta({ description: 'First markers against second ones, who did not see the first mark' }),
  })
  .meta({ id: 'MarkingAgreement', description: 'How far those who mark agree' });
export type AgreementView = z.infer<typeof AgreementView>;
