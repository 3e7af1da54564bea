import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../../app/bridge.ts';

export const useMerge = () =>
  useMutation({
    mutationFn: async (file: File) =>
      value(bridge.review.merge({ fileName: file.name, text: await file.text() })),
  });
