import dagre from '@dagrejs/dagre';
import { BOX, type GraphLayout } from '../../../shared/domain/weights/graph-drawing.ts';

const BETWEEN_BOXES = 24;
const BETWEEN_LAYERS = 44;

/** Places boxes, named by their numbers, in layers along the edges between them, the first at the top. */
export function layoutGraph(boxes: number, edges: readonly (readonly [number, number])[]): GraphLayout {
  const layered = new dagre.graphlib.Graph();
  layered.setGraph({ rankdir: 'TB', nodesep: BETWEEN_BOXES, ranksep: BETWEEN_LAYERS });
  for (let box = 0; box < boxes; box += 1) layered.setNode(String(box), { ...BOX });
  for (const [from, to] of edges) layered.setEdge(String(from), String(to), {});
  dagre.layout(layered);
  const { width = 0, height = 0 } = layered.graph();
  const places = Array.from({ length: boxes }, (_, box) => layered.node(String(box)));
  return { x: places.map(({ x }) => Number(x)), y: places.map(({ y }) => Number(y)), width, height };
}
