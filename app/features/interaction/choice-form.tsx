import { Check } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { Form, Link, useFetcher, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownColumn, TurnView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import { usePageKeys } from "../rater/keys/page-keys.ts";
import { LookHost } from "../rater/look/look-host.tsx";
import { useLook } from "../rater/look/use-look.ts";
import type { FormFailure } from "../rater/offline-failure.ts";
import { ConflictPanel } from "../rater/outbox/conflict-panel.tsx";
import { useOutbox } from "../rater/outbox/use-outbox.ts";
import { HiddenPicture } from "../rater/shown-picture.tsx";
import { bringColumnIntoView, Slate } from "../rater/slate.tsx";
import { WorkSession } from "../rater/work-session.tsx";
import { ZoomLink } from "../rater/zoom-link.tsx";
import { ChoicePanel } from "./choice-panel.tsx";
import { HideButton } from "./hide-button.tsx";
import { LookBack } from "./look-back.tsx";
import { SlatePicture } from "./slate-picture.tsx";
import { turnKeys } from "./turn-keys.ts";
import { TurnLayout } from "./turn-layout.tsx";
import { useSlatePictures } from "./use-slate-pictures.ts";

export interface ChoiceFormProps {
  view: TurnView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** A turn that is ready: the slate, exactly one column to choose, an optional remark. */
export function ChoiceForm({ view, submissionId, error }: ChoiceFormProps) {
  const { columns, assignmentId, turnNumber } = view;
  const t = useTranslations("turn.column");
  const hydrated = useHydrated();
  const [id] = useState(submissionId);
  const form = useRef<HTMLFormElement>(null);
  const critique = useRef<HTMLTextAreaElement>(null);
  const [selectedId, setSelectedId] = useState(view.draft.columnId);
  const [shownCritique, setShownCritique] = useState<string | null>(null);
  const pictures = useSlatePictures(columns);
  const names = { column: `column:${turnNumber}`, critique: `critique:${turnNumber}` };
  const outbox = useOutbox(assignmentId, view.saved, Object.values(names), show);
  const look = useLook(columns);
  const pending = useNavigation().formData?.get("intent") === "choose";
  const locked = hydrated && (!pictures.revealed || pictures.decoded < pictures.total);
  const selected = columns.find((column) => column.columnId === selectedId);
  useShownReport(pictures.revealed && pictures.decoded === pictures.total);

  // A column that was selected before scripts arrived counts.
  useEffect(() => {
    const checked = form.current?.querySelector<HTMLInputElement>("input[name=columnId]:checked");
    if (checked) setSelectedId(checked.value);
    bringColumnIntoView(checked ?? null);
  }, []);

  function select(columnId: string) {
    document.getElementById(`choose-${columnId}`)?.click();
  }
  function onSelected(column: ShownColumn) {
    setSelectedId(column.columnId);
    bringColumnIntoView(document.getElementById(`choose-${column.columnId}`));
    outbox.change(names.column, column.columnId);
  }
  /** Puts a value that comes from this device, or from another one, into its control. */
  function show(field: string, value: string) {
    if (field === names.critique) setShownCritique(value);
    const radio = field === names.column ? document.getElementById(`choose-${value}`) : null;
    if (!(radio instanceof HTMLInputElement)) return;
    radio.checked = true;
    setSelectedId(value);
  }
  function confirm() {
    form.current?.querySelector<HTMLButtonElement>("button[value=choose]")?.click();
  }
  function zoomAt(event: MouseEvent) {
    const imageId = imageAt(columns, event.clientX, event.clientY);
    if (imageId && pictures.revealed) look.show(imageId);
  }
  function lookClosely() {
    look.compare("column", selectedId);
  }
  function selectAt(position: number) {
    const column = columns[position];
    if (column && !locked) select(column.columnId);
  }
  usePageKeys(
    turnKeys({
      columnCount: columns.length,
      onColumn: (number) => selectAt(number - 1),
      onStep: (step) => {
        const from = selected ? columns.indexOf(selected) : step > 0 ? -1 : columns.length;
        selectAt((from + step + columns.length) % columns.length);
      },
      onConfirm: confirm,
      onCritique: () => critique.current?.focus(),
      onZoom: lookClosely,
    }),
  );

  return (
    <>
      <Form method="post" ref={form} onDoubleClick={zoomAt}>
        <WorkSession
          assignmentId={assignmentId}
          phase="interaction"
          turnNumber={turnNumber}
          waiting={!pictures.revealed}
        />
        <input type="hidden" name="submissionId" value={id} />
        <TurnLayout
          view={view}
          slate={
            <Slate
              columns={columns}
              imagesPerColumn={view.imagesPerColumn}
              columnClassName={() =>
                "border-transparent transition-colors has-checked:border-accent has-checked:bg-accent-soft sm:not-has-checked:hover:border-border sm:not-has-checked:hover:bg-surface"
              }
              renderHeader={(column) => <ColumnHeader {...{ column, locked, selectedId, onSelected }} />}
              renderImage={(image) => (
                <>
                  {image.hidden ? (
                    <HiddenPicture label={image.label} />
                  ) : (
                    <SlatePicture image={image} revealed={pictures.revealed} onState={pictures.report} />
                  )}
                  {(pictures.revealed || !hydrated) && !image.hidden && (
                    <ZoomLink image={image} onOpen={() => look.show(image.imageId)} />
                  )}
                  {(pictures.revealed || !hydrated) && (
                    <HideButton image={image} assignmentId={assignmentId} />
                  )}
                </>
              )}
            />
          }
        >
          <ChoicePanel
            view={view}
            selected={selected}
            locked={locked}
            pictures={pictures}
            pending={pending}
            error={error && <Refusal error={error} assignmentId={assignmentId} />}
            fieldErrors={error?.fields ?? {}}
            outbox={outbox}
            conflict={
              <ConflictPanel
                conflicts={outbox.conflicts}
                describe={(field, value) =>
                  field === names.column
                    ? {
                        name: t("yours"),
                        value: columns.find((column) => column.columnId === value)?.label ?? "",
                      }
                    : { name: t("remark"), value }
                }
                onResolve={(field, keep) => {
                  const value = outbox.resolve(field, keep);
                  if (value !== undefined) show(field, value);
                }}
              />
            }
            shownCritique={shownCritique}
            critiqueRef={critique}
            onCritique={(text) => outbox.change(names.critique, text)}
            onZoom={lookClosely}
            tools={<LookBack past={view.past} />}
          />
        </TurnLayout>
      </Form>
      <LookHost
        columns={columns}
        state={look}
        onSelect={locked ? undefined : select}
        selectedColumnId={selectedId}
      />
    </>
  );
}

interface ColumnHeaderProps {
  column: ShownColumn;
  locked: boolean;
  selectedId: string | null;
  onSelected: (column: ShownColumn) => void;
}

/** The native radio; on larger screens its label covers the whole column. */
function ColumnHeader({ column, locked, selectedId, onSelected }: ColumnHeaderProps) {
  const t = useTranslations("turn.column");
  const id = `choose-${column.columnId}`;
  return (
    <label
      htmlFor={id}
      className="flex h-full w-full items-center justify-center gap-1 font-semibold group-has-checked/column:text-accent-ink sm:stretched sm:gap-2"
    >
      <input
        id={id}
        type="radio"
        name="columnId"
        value={column.columnId}
        required
        disabled={locked}
        defaultChecked={column.columnId === selectedId}
        onChange={() => onSelected(column)}
        aria-label={t("name", { column: column.label })}
        className="size-4 shrink-0"
      />
      <span className="tabular-nums">{column.label}</span>
      <Check
        aria-hidden="true"
        strokeWidth={3}
        className="hidden size-4 shrink-0 group-has-checked/column:block max-sm:size-3.5"
      />
      <span aria-hidden="true" className="hidden text-sm group-has-checked/column:sm:inline">
        {t("selected")}
      </span>
    </label>
  );
}

/** The image at a point; the column's label lies above it, so the event's target does not tell. */
function imageAt(columns: readonly ShownColumn[], x: number, y: number): string | undefined {
  const images = columns.flatMap((column) => column.images);
  const hit = document.elementsFromPoint(x, y).find((element) => element instanceof HTMLImageElement);
  return images.find((image) => hit?.getAttribute("src")?.startsWith(paths.image(image.imageId)))?.imageId;
}

function Refusal({ error, assignmentId }: { error: FormFailure["error"]; assignmentId: string }) {
  const t = useTranslations("turn.choice");
  if (Object.keys(error.fields).length > 0) return null;
  const isElsewhere = !["UNREACHABLE", "STORAGE_UNAVAILABLE", "SIGN_IN_NEEDED"].includes(error.code);
  return (
    <Alert tone="danger">
      <FailureText error={error} />{" "}
      {isElsewhere && <Link to={paths.session(assignmentId)}>{t("whereYouLeft")}</Link>}
    </Alert>
  );
}

/** Tells the server once that the whole slate is on screen. */
function useShownReport(shown: boolean) {
  const { submit } = useFetcher();
  const sent = useRef(false);
  useEffect(() => {
    if (!shown || sent.current) return;
    sent.current = true;
    void submit({ intent: "shown" }, { method: "post" });
  }, [shown, submit]);
}
