import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { edgesOf } from '../../../../shared/domain/weights/graph.ts';
import { BOX, type GraphDrawing } from '../../../../shared/domain/weights/graph-drawing.ts';
import { draw, type Scene } from './draw.ts';
import css from './Graph.module.css';
import type { Part } from './parts.ts';
import { centred, fitted, pointAt, zoomed, type Size, type View } from './view.ts';

const STEP = 60;
const CLICK_PIXELS = 4;
const ZOOM = 1.25;

/** What a person moved the view to, null for all of the graph, and what was chosen then: a later choice comes into sight. */
interface Moved {
  readonly view: View | null;
  readonly chosen: string | null;
}

/** The graph, drawn; drag or arrow keys move it, the wheel or + and − zoom it, 0 shows all, a click chooses. */
export function GraphCanvas({
  drawing,
  parts,
  traced,
  found,
  chosen,
  onChoose,
}: {
  drawing: GraphDrawing;
  parts: readonly Part[];
  traced: ReadonlySet<string> | null;
  found: ReadonlySet<string>;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [moved, setMoved] = useState<Moved>({ view: null, chosen: null });
  const scheme = useComputedColorScheme();
  const places = useMemo(() => new Map(drawing.places.map((place) => [place.id, place])), [drawing]);
  const still = moved.view ?? fitted(drawing, size);
  const place = chosen === null || chosen === moved.chosen ? undefined : places.get(chosen);
  const view = place === undefined || isInSight(place, still, size) ? still : centred(place, still, size);
  const setView = (view: View | null) => setMoved({ view, chosen });
  const scene = useMemo<Scene>(
    () => ({ parts: placed(parts, places), edges: lines(drawing, places), traced, found, chosen }),
    [drawing, parts, places, traced, found, chosen],
  );

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null || size.width === 0) return undefined;
    const request = requestAnimationFrame(() => {
      element.style.colorScheme = scheme; // the colours below are those of the scheme
      const ratio = window.devicePixelRatio;
      element.width = Math.round(size.width * ratio);
      element.height = Math.round(size.height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const style = getComputedStyle(document.documentElement);
      draw(context, scene, view, size, (name) => style.getPropertyValue(name));
    });
    return () => cancelAnimationFrame(request);
  }, [scene, view, size, scheme]);

  const latest = useRef({ view, setView });
  useEffect(() => {
    latest.current = { view, setView };
  });
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault(); // a listener of React's could not
      const { view, setView } = latest.current;
      setView(zoomed(view, Math.exp(-event.deltaY / 400), { x: event.offsetX, y: event.offsetY }));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const middle = { x: size.width / 2, y: size.height / 2 };
  const zoom = (factor: number) => setView(zoomed(view, factor, middle));
  const drag = useRef<{ x: number; y: number; far: boolean } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, far: false };
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const from = drag.current;
    if (from === null) return;
    const [x, y] = [clientX - from.x, clientY - from.y];
    if (!from.far && Math.hypot(x, y) < CLICK_PIXELS) return;
    drag.current = { x: clientX, y: clientY, far: true };
    setView({ ...view, x: view.x + x, y: view.y + y });
  };
  const onPointerUp = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    const wasClick = drag.current?.far === false;
    drag.current = null;
    if (!wasClick) return;
    const { x, y } = pointAt(view, { x: offsetX, y: offsetY });
    const hit = drawing.places.find(
      (place) => Math.abs(place.x - x) <= BOX.width / 2 && Math.abs(place.y - y) <= BOX.height / 2,
    );
    onChoose(hit?.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[
      event.key
    ];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) setView({ ...view, x: view.x + (step[0] ?? 0), y: view.y + (step[1] ?? 0) });
    else if (event.key === '+' || event.key === '=') zoom(ZOOM);
    else if (event.key === '-') zoom(1 / ZOOM);
    else if (event.key === '0') setView(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css['drawing']} ref={frame}>
      <canvas
        ref={canvas}
        className={css['canvas']}
        role="img"
        aria-label={`Graph of the model: ${parts.length} operators, inputs and outputs; the list beside names them`}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
        data-scale={view.scale.toFixed(3)}
      />
      <div className={css['zoom']}>
        <Button size="compact-xs" variant="default" aria-label="Zoom in" onClick={() => zoom(ZOOM)}>
          +
        </Button>
        <Button size="compact-xs" variant="default" aria-label="Zoom out" onClick={() => zoom(1 / ZOOM)}>
          −
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setView(null)}>
          Show all
        </Button>
      </div>
    </div>
  );
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const placed = (parts: readonly Part[], places: Places): Scene['parts'] =>
  parts.map((part) => ({ ...part, x: places.get(part.id)?.x ?? 0, y: places.get(part.id)?.y ?? 0 }));

const lines = ({ graph }: GraphDrawing, places: Places): Scene['edges'] =>
  edgesOf(graph).flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    return from === undefined || to === undefined
      ? []
      : [{ ...edge, x1: from.x, y1: from.y + BOX.height / 2, x2: to.x, y2: to.y - BOX.height / 2 }];
  });

function isInSight(place: { x: number; y: number }, view: View, size: Size): boolean {
  const x = place.x * view.scale + view.x;
  const y = place.y * view.scale + view.y;
  return view.scale >= 0.45 && x > 0 && y > 0 && x < size.width && y < size.height;
}
