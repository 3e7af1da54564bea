import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { review } from '../../../../shared/contract/review.ts';
import { bridge, value } from '../../../app/bridge.ts';

export const useMoveEscalation = () =>
  useMutation({
    mutationFn: (move: z.input<typeof review.moveEscalation.input>) =>
      value(bridge.review.moveEscalation(move)),
  });
