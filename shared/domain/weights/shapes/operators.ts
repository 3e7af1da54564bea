import { ARRANGING } from './arranging.ts';
import { CHOOSING } from './choosing.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { MAKING } from './making.ts';
import { PRODUCTS } from './products.ts';
import { RECURRENT } from './recurrent.ts';
import type { Rule } from './rule.ts';
import { TREES } from './trees.ts';
import { WINDOWS } from './windows.ts';

const standard = new Map([
  ...ELEMENTWISE,
  ...PRODUCTS,
  ...ARRANGING,
  ...CHOOSING,
  ...MAKING,
  ...WINDOWS,
  ...RECURRENT,
]);

/**
 * Operators whose outputs' shapes follow from their inputs, by domain: https://onnx.ai/onnx/operators/. Left out are those
 * that run other graphs (If, Loop, Scan), that hold lists of tensors, and that are for sound and pictures.
 */
export const RULES: ReadonlyMap<string, ReadonlyMap<string, Rule>> = new Map([
  ['', standard],
  ['ai.onnx', standard],
  ['ai.onnx.ml', new Map(TREES)],
]);
