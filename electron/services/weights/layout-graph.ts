import dagre from '@dagrejs/dagre';
import { badInput } from '../../../shared/domain/error.ts';
import { edgesOf, inputId, nodeId, outputId, type ModelGraph } from '../../../shared/domain/weights/graph.ts';
import { BOX, type GraphDrawing } from '../../../shared/domain/weights/graph-drawing.ts';

/** Laying out takes seconds for 2,000 and grows faster than the graph. */
const MOST_NODES = 3000;
const BETWEEN_NODES = 24;
const BETWEEN_LAYERS = 44;

/** Places a graph in layers, inputs at the top. Refuses a graph of more than 3,000 operators, inputs and outputs. */
export function layoutGraph(graph: ModelGraph, name: string): GraphDrawing {
  const ids = [
    ...graph.inputs.map(({ name }) => inputId(name)),
    ...graph.nodes.map((_, at) => nodeId(at)),
    ...graph.outputs.map(({ name }) => outputId(name)),
  ];
  if (ids.length > MOST_NODES)
    throw badInput(
      `${name} has ${ids.length} operators, inputs and outputs, more than the ${MOST_NODES} that can be drawn; read it with a tool for larger graphs.`,
    );
  const layered = new dagre.graphlib.Graph();
  layered.setGraph({ rankdir: 'TB', nodesep: BETWEEN_NODES, ranksep: BETWEEN_LAYERS });
  for (const id of ids) layered.setNode(id, { ...BOX });
  for (const { from, to } of edgesOf(graph)) layered.setEdge(from, to, {});
  dagre.layout(layered);
  const { width = 0, height = 0 } = layered.graph();
  const places = ids.map((id) => {
    const { x, y } = layered.node(id);
    return { id, x: Number(x), y: Number(y) };
  });
  return { graph, places, width, height };
}
