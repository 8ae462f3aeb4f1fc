import { type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { cx } from "../../../components/cx.ts";
import { boxesAcross, type Direction, type Place } from "../../../domain/look.ts";
import { isWhole, type PanZoom, type Point, panBy, pinch, WHOLE, zoomAt } from "../../../domain/pan-zoom.ts";

/** A touch that travels so far without zoom goes on to the next image. */
const SWIPE_PX = 48;
/** A press that moves less is a click. */
const STILL_PX = 4;
const DOUBLE_CLICK_SCALE = 2.5;

export interface LookStageProps {
  stageRef: RefObject<HTMLElement | null>;
  label: string;
  groups: readonly (readonly Place[])[];
  view: PanZoom;
  onView: (change: (view: PanZoom) => PanZoom) => void;
  onSwipe: (direction: Direction) => void;
  onPick: (place: Place) => void;
  renderBox: (place: Place) => ReactNode;
}

/**
 * Boxes that fill the room, each with one image: wheel, pinch and drag move all of them together. With one finger and no
 * zoom a swipe goes on to the next image.
 */
export function LookStage(props: LookStageProps) {
  const { stageRef, label, groups, view, renderBox } = props;
  const room = useRoom(stageRef);
  const gestures = useGestures(props);
  const outer = boxesAcross(groups.length, room.width, room.height);
  const most = Math.max(...groups.map((group) => group.length));
  const inner = boxesAcross(most, room.width / outer, room.height / Math.ceil(groups.length / outer));
  return (
    <section
      ref={stageRef}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys pan and zoom what the stage shows.
      tabIndex={0}
      aria-label={label}
      {...gestures}
      className={cx(
        "grid min-h-0 min-w-0 touch-none gap-2 select-none focus-visible:outline-offset-[-2px] sm:gap-3",
        isWhole(view) ? "cursor-zoom-in" : "cursor-grab active:cursor-grabbing",
      )}
      style={gridOf(outer, Math.ceil(groups.length / outer))}
    >
      {groups.map((group) => (
        <div
          key={`${group[0]?.column}:${group.length > 1 ? "all" : group[0]?.row}`}
          className="grid min-h-0 min-w-0 gap-1"
          style={gridOf(inner, Math.ceil(most / inner))}
        >
          {group.map((place) => (
            <div
              key={`${place.column}:${place.row}`}
              data-box={`${place.column}:${place.row}`}
              className="relative min-h-0 min-w-0 overflow-hidden rounded-sm bg-sunken"
            >
              {renderBox(place)}
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

function gridOf(across: number, down: number) {
  return {
    gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${down}, minmax(0, 1fr))`,
  };
}

function useRoom(stage: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [room, setRoom] = useState({ width: window.innerWidth, height: window.innerHeight });
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      setRoom((now) => (now.width === width && now.height === height ? now : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);
  return room;
}

/** One pointer: where it was last, and where it went down. */
interface Finger {
  last: Point;
  down: Point;
}

function useGestures({ stageRef, view, onView, onSwipe, onPick }: LookStageProps) {
  const fingers = useRef(new Map<number, Finger>());
  /** The box that the gesture began in: all lengths are parts of it. */
  const box = useRef<{ place: Place; rect: DOMRect } | null>(null);
  /** A gesture that had two fingers is no click and no swipe. */
  const wasPinch = useRef(false);
  const latest = useRef(onView);
  latest.current = onView;

  useEffect(() => {
    const stage = stageRef.current;
    if (!stage) return;
    // Listened to by hand: React's wheel listeners cannot keep the page from zooming.
    function onWheel(event: WheelEvent) {
      const under = boxAt(event);
      if (!under) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015));
      const at = partOf(under.rect, { x: event.clientX, y: event.clientY });
      latest.current((now) => zoomAt(now, factor, at));
    }
    stage.addEventListener("wheel", onWheel, { passive: false });
    return () => stage.removeEventListener("wheel", onWheel);
  }, [stageRef]);

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || (event.target as Element).closest("button, a")) return;
      const at = { x: event.clientX, y: event.clientY };
      if (fingers.current.size === 0) {
        box.current = boxAt(event.nativeEvent);
        wasPinch.current = false;
      }
      if (!box.current) return;
      fingers.current.set(event.pointerId, { last: at, down: at });
      if (fingers.current.size > 1) wasPinch.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const finger = fingers.current.get(event.pointerId);
      const rect = box.current?.rect;
      if (!finger || !rect) return;
      const from = partOf(rect, finger.last);
      finger.last = { x: event.clientX, y: event.clientY };
      const to = partOf(rect, finger.last);
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const still = partOf(rect, other.last);
        onView((now) => pinch(now, [from, still], [to, still]));
      } else {
        onView((now) => panBy(now, { x: to.x - from.x, y: to.y - from.y }));
      }
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const finger = fingers.current.get(event.pointerId);
      fingers.current.delete(event.pointerId);
      if (!finger || wasPinch.current) return;
      const x = event.clientX - finger.down.x;
      const y = event.clientY - finger.down.y;
      if (Math.hypot(x, y) < STILL_PX && box.current) onPick(box.current.place);
      else if (event.pointerType !== "mouse" && isWhole(view)) {
        const direction = swipeOf(x, y);
        if (direction) onSwipe(direction);
      }
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      fingers.current.delete(event.pointerId);
    },
    onDoubleClick(event: React.MouseEvent<HTMLElement>) {
      const under = boxAt(event.nativeEvent);
      if (!under || (event.target as Element).closest("button, a")) return;
      const at = partOf(under.rect, { x: event.clientX, y: event.clientY });
      onView((now) => (isWhole(now) ? zoomAt(now, DOUBLE_CLICK_SCALE, at) : WHOLE));
    },
  };
}

/** A swipe to the left brings what is at the right. */
function swipeOf(x: number, y: number): Direction | null {
  if (Math.max(Math.abs(x), Math.abs(y)) < SWIPE_PX) return null;
  if (Math.abs(x) > Math.abs(y)) return x < 0 ? "right" : "left";
  return y < 0 ? "down" : "up";
}

/** The box at a point of the window; captured pointers and controls in a box do not tell by their target. */
function boxAt({ clientX, clientY }: { clientX: number; clientY: number }) {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const box = element.closest<HTMLElement>("[data-box]");
    const [column, row] = box?.dataset.box?.split(":").map(Number) ?? [];
    if (box && column !== undefined && row !== undefined) {
      return { place: { column, row }, rect: box.getBoundingClientRect() };
    }
  }
  return null;
}

function partOf(rect: DOMRect, { x, y }: Point): Point {
  return { x: (x - rect.left) / rect.width - 0.5, y: (y - rect.top) / rect.height - 0.5 };
}
