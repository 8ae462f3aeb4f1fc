import { X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../../../components/button.tsx";
import { type KeyName, keyNameOf } from "../../../domain/key-press.ts";
import {
  type Direction,
  type Look,
  type LookMode,
  lookAt,
  moveLook,
  nextMode,
  placesOf,
} from "../../../domain/look.ts";
import {
  isWhole,
  PAN_STEP,
  type PanZoom,
  panBy,
  WHOLE,
  ZOOM_STEP,
  zoomAt,
} from "../../../domain/pan-zoom.ts";
import type { ShownColumn } from "../../../domain/rater-views.ts";
import { rowLabel } from "../../../domain/slate.ts";
import { openKeySheet } from "../keys/key-sheet.tsx";
import { useListedKeys } from "../keys/page-keys.ts";
import { useKeysEnabled } from "../keys/use-keys-enabled.ts";
import { LookBox } from "./look-box.tsx";
import { LookStage } from "./look-stage.tsx";
import { LookToolbar, ZoomButtons } from "./look-toolbar.tsx";
import { usePreloaded } from "./use-preloaded.ts";

export interface LookDialogProps {
  columns: readonly ShownColumn[];
  look: Look;
  isOpen: boolean;
  onChange: (look: Look) => void;
  onClose: () => void;
  /** Offers to select a column. */
  onSelect?: (columnId: string) => void;
  selectedColumnId?: string | null;
  /** The ways to look that are offered. */
  modes?: readonly LookMode[];
  /** What a column is called, where its label alone does not say it. */
  nameOf?: (column: ShownColumn) => string;
}

const MODES: readonly LookMode[] = ["one", "column", "best"];

/**
 * Images as large as the window allows: one, all of a column, or one of each column, with one zoom for all of them. A
 * native modal: the browser keeps the focus inside, closes it on Esc and gives the focus back.
 */
export function LookDialog(props: LookDialogProps) {
  const { isOpen, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (isOpen && !dialog.current?.open) {
      dialog.current?.showModal();
      // Keys are for the images first, not for the first button.
      stage.current?.focus();
    }
    if (!isOpen && dialog.current?.open) dialog.current.close();
  }, [isOpen]);
  return (
    // Double clicks and keys in here are not the page's.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are listened to inside.
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
      className="m-auto h-[calc(100dvh-1.5rem)] max-h-none w-[calc(100vw-1.5rem)] max-w-none overflow-hidden rounded-xl border bg-raised p-0 text-text shadow-pop max-sm:h-dvh max-sm:w-screen max-sm:rounded-none max-sm:border-0"
    >
      {isOpen && <Looking {...props} {...{ titleId, stage }} close={() => dialog.current?.close()} />}
    </dialog>
  );
}

function Looking({
  columns,
  look,
  onChange,
  onSelect,
  selectedColumnId = null,
  modes = MODES,
  nameOf: givenName,
  titleId,
  stage,
  close,
}: LookDialogProps & { titleId: string; stage: RefObject<HTMLElement | null>; close: () => void }) {
  const t = useTranslations("turn.look");
  const tColumn = useTranslations("turn.column");
  const nameOf = givenName ?? ((shown: ShownColumn) => tColumn("name", { column: shown.label }));
  const [view, setView] = useState<PanZoom>(WHOLE);
  const [full, setFull] = useState(false);
  const [keysEnabled] = useKeysEnabled();
  const sizes = columns.map((column) => column.images.length);
  const column = columns[look.column];
  const move = (direction: Direction) => onChange(moveLook(look, direction, sizes));
  const columnKeys = columns.length > 1 ? `1 – ${columns.length}` : "1";

  usePreloaded(look, columns, sizes);
  useListedKeys([
    { caps: "← → ↑ ↓", effect: "arrows", keys: [] },
    { caps: "+ −", effect: "zoom", keys: [] },
    { caps: "0", effect: "whole", keys: [] },
    { caps: "Space", effect: "modes", keys: [] },
    { caps: "F", effect: "full", keys: [] },
    {
      caps: columnKeys,
      effect: onSelect ? "selectColumn" : "goToColumn",
      keys: [],
    },
    ...(onSelect ? [{ caps: "Enter", effect: "selectThis" as const, keys: [] }] : []),
  ]);

  function goToColumn(position: number) {
    const target = columns[position];
    if (!target) return;
    onChange({ ...look, column: position });
    onSelect?.(target.columnId);
  }
  function actionOf(name: KeyName): (() => void) | null {
    const [direction, by] = ARROWS[name] ?? [];
    if (direction && by) return () => (isWhole(view) ? move(direction) : setView(panBy(view, by)));
    if (name === "Space") return () => onChange({ ...look, mode: nextMode(look.mode, modes) });
    if (name === "Enter") return column && onSelect ? () => onSelect(column.columnId) : null;
    if (!keysEnabled) return null;
    if (name === "+") return () => setView(zoomAt(view, ZOOM_STEP));
    if (name === "-") return () => setView(zoomAt(view, 1 / ZOOM_STEP));
    if (name === "0") return () => setView(WHOLE);
    if (name === "F") return () => setFull(!full);
    if (name === "?") return openKeySheet;
    return /^[1-9]$/.test(name) ? () => goToColumn(Number(name) - 1) : null;
  }
  function onKeyDown(event: KeyboardEvent) {
    const name = keyNameOf({ ...pick(event), isComposing: event.nativeEvent.isComposing });
    if (name === null) return;
    const isOnButton = event.target instanceof Element && event.target.closest("button") !== null;
    if (isOnButton && (name === "Enter" || name === "Space")) return;
    const act = actionOf(name);
    if (!act) return;
    event.preventDefault();
    act();
  }
  const title = titleOf(t, look, column ? nameOf(column) : "");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys work wherever the focus is in the dialog.
    <div
      onKeyDown={onKeyDown}
      className="grid size-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] gap-2 p-2 sm:gap-3 sm:p-4"
    >
      <div className="flex items-center justify-between gap-3">
        <h2
          id={titleId}
          aria-live="polite"
          className="line-clamp-2 min-w-0 text-sm leading-tight font-semibold sm:text-lg"
        >
          {title}
        </h2>
        <div className="flex shrink-0 items-center sm:gap-1">
          <ZoomButtons view={view} onView={setView} full={full} onFull={setFull} />
          <IconButton type="button" size="sm" label={t("close")} onClick={close}>
            <X className="size-4" />
          </IconButton>
        </div>
      </div>
      <LookStage
        stageRef={stage}
        label={t("stage", { title })}
        groups={placesOf(look, sizes)}
        view={view}
        onView={setView}
        onSwipe={move}
        onPick={(place) => onChange(lookAt(look, place))}
        renderBox={(place) => (
          <LookBox
            {...{ place, columns, look, view, full, nameOf, modes }}
            onPick={(to) => onChange(lookAt(look, to))}
          />
        )}
      />
      <LookToolbar
        columns={columns}
        look={look}
        modes={modes}
        onChange={onChange}
        onMove={move}
        onSelect={onSelect && goToColumn}
        selectedColumnId={selectedColumnId}
      />
    </div>
  );
}

const ARROWS: Partial<Record<KeyName, [Direction, { x: number; y: number }]>> = {
  ArrowLeft: ["left", { x: PAN_STEP, y: 0 }],
  ArrowRight: ["right", { x: -PAN_STEP, y: 0 }],
  ArrowUp: ["up", { x: 0, y: PAN_STEP }],
  ArrowDown: ["down", { x: 0, y: -PAN_STEP }],
};

function pick({ key, code, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent) {
  return { key, code, shiftKey, ctrlKey, altKey, metaKey };
}

type LookTexts = ReturnType<typeof useTranslations<"turn.look">>;

function titleOf(t: LookTexts, look: Look, name: string): string {
  switch (look.mode) {
    case "one":
      return t("oneTitle", { column: name, image: rowLabel(look.picked[look.column] ?? 0) });
    case "column":
      return t("columnTitle", { column: name });
    case "best":
      return t("bestTitle");
    case "all":
      return t("allTitle");
  }
}
