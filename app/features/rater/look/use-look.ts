import { useState } from "react";
import { firstLook, type Look, type LookMode, lookAt } from "../../../domain/look.ts";
import type { ShownColumn } from "../../../domain/rater-views.ts";

export interface LookState {
  look: Look;
  isOpen: boolean;
  /** Opens one image large. */
  show: (imageId: string) => void;
  /** Opens several side by side; of this column, where one is meant. */
  compare: (mode: LookMode, columnId?: string | null) => void;
  change: (look: Look) => void;
  close: () => void;
}

/** What is looked at closely. Which image stands for each column is remembered while the page is open. */
export function useLook(columns: readonly ShownColumn[]): LookState {
  const [look, setLook] = useState<Look>(() => firstLook(columns.map((column) => column.images.length)));
  const [isOpen, setOpen] = useState(false);
  function show(imageId: string) {
    columns.forEach((candidate, column) => {
      const row = candidate.images.findIndex((image) => image.imageId === imageId);
      if (row < 0) return;
      setLook(lookAt(look, { column, row }, "one"));
      setOpen(true);
    });
  }
  function compare(mode: LookMode, columnId: string | null = null) {
    const at = columns.findIndex((column) => column.columnId === columnId);
    setLook({ ...look, mode, column: at < 0 ? look.column : at });
    setOpen(true);
  }
  return { look, isOpen, show, compare, change: setLook, close: () => setOpen(false) };
}
