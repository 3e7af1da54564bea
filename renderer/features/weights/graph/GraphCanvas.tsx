import { Button, useComputedColorScheme } from '@mantine/core';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react';
import { BOX } from '../../../../shared/domain/weights/graph-drawing.ts';
import { draw, type Line, type Scene } from './draw.ts';
import css from './Graph.module.css';
import type { Box } from './parts.ts';
import { centred, fitted, pointAt, zoomed, type Size, type View } from './view.ts';

const STEP = 60;
const CLICK_PIXELS = 4;
const ZOOM = 1.25;

/** What a person moved the view to, null for all of the graph, and what was chosen then: a later choice comes into sight. */
interface Moved {
  readonly view: View | null;
  readonly chosen: string | null;
}

/** The graph, drawn; drag or arrow keys move it, the wheel or + and − zoom it, 0 shows all, a click chooses, a double click opens a group. */
export function GraphCanvas({
  size: whole,
  boxes,
  edges,
  traced,
  found,
  chosen,
  onChoose,
  onOpen,
}: {
  /** Of the whole drawing. */
  size: Size;
  boxes: readonly Box[];
  edges: readonly { readonly from: string; readonly to: string }[];
  traced: ReadonlySet<string> | null;
  found: ReadonlySet<string>;
  chosen: string | null;
  onChoose: (id: string | null) => void;
  onOpen: (group: string) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [moved, setMoved] = useState<Moved>({ view: null, chosen: null });
  const scheme = useComputedColorScheme();
  const places = useMemo(() => new Map(boxes.map((box) => [box.id, box])), [boxes]);
  const still = moved.view ?? fitted(whole, size);
  const place = chosen === null || chosen === moved.chosen ? undefined : places.get(chosen);
  const view = place === undefined || isInSight(place, still, size) ? still : centred(place, still, size);
  const setView = (view: View | null) => setMoved({ view, chosen });
  const scene = useMemo<Scene>(
    () => ({ boxes, edges: linesOf(edges, places), traced, found, chosen }),
    [boxes, edges, places, traced, found, chosen],
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
      const ratio = window.devicePixelRatio;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (element.width !== width) element.width = width; // a size that is set anew is a canvas made anew
      if (element.height !== height) element.height = height;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      element.style.colorScheme = scheme; // the colours are those of the scheme
      const style = getComputedStyle(document.documentElement);
      const { fontFamily: family } = getComputedStyle(document.body);
      draw(context, scene, view, size, { family, colour: (name) => style.getPropertyValue(name) });
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
  const hitAt = (at: { x: number; y: number }): Box | undefined => {
    const { x, y } = pointAt(view, at);
    return boxes.find((box) => Math.abs(box.x - x) <= BOX.width / 2 && Math.abs(box.y - y) <= BOX.height / 2);
  };
  const onPointerUp = ({ nativeEvent: { offsetX: x, offsetY: y } }: PointerEvent) => {
    const wasClick = drag.current?.far === false;
    drag.current = null;
    if (wasClick) onChoose(hitAt({ x, y })?.id ?? null);
  };
  const onDoubleClick = ({ nativeEvent: { offsetX: x, offsetY: y } }: MouseEvent) => {
    const hit = hitAt({ x, y });
    if (hit?.kind === 'group') onOpen(hit.id);
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
    else if (event.key === 'Enter' && chosen !== null && places.get(chosen)?.kind === 'group') onOpen(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css['drawing']} ref={frame}>
      <canvas
        ref={canvas}
        className={css['canvas']}
        role="img"
        aria-label={`Graph of the model: ${boxes.length} boxes of operators, inputs and outputs; the list beside names them`}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onDoubleClick={onDoubleClick}
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

const linesOf = (
  edges: readonly { readonly from: string; readonly to: string }[],
  places: ReadonlyMap<string, Box>,
): Line[] =>
  edges.flatMap(({ from, to }) => {
    const [above, below] = [places.get(from), places.get(to)];
    if (above === undefined || below === undefined) return [];
    const ends = { x1: above.x, y1: above.y + BOX.height / 2, x2: below.x, y2: below.y - BOX.height / 2 };
    return [{ from, to, ...ends }];
  });

function isInSight(place: { x: number; y: number }, view: View, size: Size): boolean {
  const x = place.x * view.scale + view.x;
  const y = place.y * view.scale + view.y;
  return view.scale >= 0.45 && x > 0 && y > 0 && x < size.width && y < size.height;
}
