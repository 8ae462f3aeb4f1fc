import { Check, Maximize2 } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { TextArea } from "../../components/inputs.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import { WordCounter } from "../../components/word-counter.tsx";
import type { ShownColumn, TurnView } from "../../domain/rater-views.ts";
import type { OutboxView } from "../rater/outbox/outbox.ts";
import { useProblemText } from "../rater/problem-text.ts";
import { SaveIndicator } from "../rater/save-indicator.tsx";
import type { SlatePictures } from "./use-slate-pictures.ts";

export interface ChoicePanelProps {
  view: TurnView;
  selected: ShownColumn | undefined;
  /** Choosing waits until every image has been seen to be there. */
  locked: boolean;
  pictures: SlatePictures;
  pending: boolean;
  error: ReactNode;
  fieldErrors: Record<string, string>;
  outbox: OutboxView;
  /** Both versions of what was changed here and elsewhere. */
  conflict: ReactNode;
  /** A remark that was kept on this device, or comes from another one. */
  shownCritique: string | null;
  critiqueRef: Ref<HTMLTextAreaElement>;
  onCritique: (text: string) => void;
  onZoom: () => void;
  tools: ReactNode;
}

/** What to do, the remark, and the button that confirms. */
export function ChoicePanel(props: ChoicePanelProps) {
  const { view, selected, locked, pictures, pending, error, fieldErrors, outbox, conflict, onZoom, tools } =
    props;
  const t = useTranslations("turn.choice");
  const tProblems = useTranslations("session.problems");
  const confirm = useRef<HTMLButtonElement>(null);
  const hydrated = useHydrated();
  return (
    <div className="flex flex-col gap-2 px-1 pt-1 max-lg:flex-1 lg:gap-4">
      <div className="max-lg:hidden">
        <h2 className="font-semibold">{t("title")}</h2>
        <p className="text-sm text-muted">{t("hint")}</p>
      </div>
      {error}
      {locked && pictures.failed.length > 0 && (
        <Alert tone="warning" title={t("missingTitle")}>
          {t("missing", { images: pictures.failed.join(", ") })}
        </Alert>
      )}
      <Critique {...props} confirm={() => confirm.current?.focus()} />
      <div className="flex items-center justify-between gap-2">
        <div className="flex items-center gap-1.5">
          {tools}
          {hydrated && (
            <Button
              type="button"
              size="sm"
              icon={<Maximize2 className="size-4" />}
              onClick={onZoom}
              className="max-sm:hidden"
            >
              {t("enlarge")}
            </Button>
          )}
        </div>
        <SaveIndicator outbox={outbox} />
      </div>
      {conflict}
      <div className="sticky bottom-0 z-20 -mx-3 mt-auto grid gap-2 border-t bg-surface px-3 py-2 sm:-mx-7 sm:px-7 lg:static lg:mx-0 lg:mt-0 lg:border-0 lg:bg-transparent lg:p-0">
        {fieldErrors.columnId && (
          <p className="text-sm font-medium text-danger-ink">{tProblems("chooseColumn")}</p>
        )}
        <ColumnChips columns={view.columns} selected={selected} locked={locked} />
        <Button
          ref={confirm}
          type="submit"
          name="intent"
          value="choose"
          variant="primary"
          size="lg"
          pending={pending}
          disabled={locked}
          className="w-full"
        >
          {locked
            ? pictures.failed.length > 0
              ? t("waiting")
              : t("loading", { ready: pictures.decoded, total: pictures.total })
            : selected
              ? t("confirm", { column: selected.label })
              : t("confirmAny")}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {pictures.revealed && pictures.decoded === pictures.total
          ? t("allShown", { total: pictures.total })
          : ""}
      </p>
    </div>
  );
}

function Critique({
  view,
  fieldErrors,
  critiqueRef,
  onCritique,
  shownCritique,
  confirm,
}: ChoicePanelProps & { confirm: () => void }) {
  const t = useTranslations("turn.choice");
  const problemText = useProblemText();
  const [text, setText] = useState(view.draft.critique);
  const own = useRef<HTMLTextAreaElement>(null);

  // Whatever was typed before scripts arrived counts.
  useEffect(() => {
    if (own.current) setText(own.current.value);
  }, []);
  useEffect(() => {
    if (shownCritique === null || !own.current) return;
    own.current.value = shownCritique;
    setText(shownCritique);
  }, [shownCritique]);

  /** Enter in the remark goes on to the button instead of sending: confirming is a step of its own. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    confirm();
  }
  return (
    <TextArea
      ref={(element) => {
        own.current = element;
        if (typeof critiqueRef === "function") critiqueRef(element);
        else if (critiqueRef) critiqueRef.current = element;
      }}
      label={t("change")}
      name="critique"
      required={false}
      rows={2}
      autoComplete="off"
      defaultValue={view.draft.critique}
      placeholder={t("changePlaceholder")}
      hint={<span className="max-lg:hidden">{t("changeHint")}</span>}
      error={
        fieldErrors.critique && problemText(fieldErrors.critique, view.draft.critique, view.critiqueMaxWords)
      }
      aside={<WordCounter text={text} max={view.critiqueMaxWords} />}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        setText(event.target.value);
        onCritique(event.target.value);
      }}
    />
  );
}

/** The same radios once more as large numbers, where the thumb is. */
function ColumnChips({
  columns,
  selected,
  locked,
}: {
  columns: readonly ShownColumn[];
  selected: ShownColumn | undefined;
  locked: boolean;
}) {
  return (
    <div aria-hidden="true" className="flex gap-2">
      {columns.map((column) => {
        const chosen = column.columnId === selected?.columnId;
        return (
          <label
            key={column.columnId}
            htmlFor={`choose-${column.columnId}`}
            className={cx(
              "flex h-11 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-md border-2 text-lg font-semibold tabular-nums transition-colors",
              chosen
                ? "border-accent bg-accent-soft text-accent-ink"
                : "border-control bg-surface hover:bg-sunken",
              locked && "pointer-events-none opacity-50",
            )}
          >
            {chosen && <Check className="size-4" strokeWidth={3} />}
            {column.label}
          </label>
        );
      })}
    </div>
  );
}
