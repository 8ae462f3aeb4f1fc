import type { InputHTMLAttributes, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { cx } from "./cx.ts";
import { CONTROL_CLASS, Field, type FieldTexts } from "./field.tsx";

type Own<T> = FieldTexts & { name: string; inputClassName?: string } & Omit<
    T,
    "className" | "required" | "name"
  >;

export type TextInputProps = Own<InputHTMLAttributes<HTMLInputElement>> & { ref?: Ref<HTMLInputElement> };

/** One line of text: `<TextInput label="Name" name="name" error={errors.name} required />`. */
export function TextInput(props: TextInputProps) {
  const { label, hint, error, required, aside, hideLabel, className, id, inputClassName, ref, ...input } =
    props;
  return (
    <Field {...{ label, hint, error, required, aside, hideLabel, className, id }}>
      {(control) => (
        <input
          type="text"
          {...input}
          {...control}
          ref={ref}
          className={cx(CONTROL_CLASS, "min-h-9.5", inputClassName)}
        />
      )}
    </Field>
  );
}

/** A number; right-aligned figures and the numeric keyboard. */
export function NumberInput(props: TextInputProps) {
  return (
    <TextInput
      inputMode="numeric"
      {...props}
      type="number"
      inputClassName={cx("tabular-nums", props.inputClassName)}
    />
  );
}

export type TextAreaProps = Own<TextareaHTMLAttributes<HTMLTextAreaElement>> & {
  ref?: Ref<HTMLTextAreaElement>;
};

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, required, aside, hideLabel, className, id, inputClassName, ref, ...area } =
    props;
  return (
    <Field {...{ label, hint, error, required, aside, hideLabel, className, id }}>
      {(control) => (
        <textarea
          rows={3}
          {...area}
          {...control}
          ref={ref}
          className={cx(CONTROL_CLASS, "resize-y", inputClassName)}
        />
      )}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

export type SelectProps = Own<SelectHTMLAttributes<HTMLSelectElement>> & {
  options: readonly Option[];
  /** First entry with the empty value. */
  placeholder?: string;
};

/** A native select. */
export function Select(props: SelectProps) {
  const {
    label,
    hint,
    error,
    required,
    aside,
    hideLabel,
    className,
    id,
    inputClassName,
    options,
    placeholder,
    ...select
  } = props;
  return (
    <Field {...{ label, hint, error, required, aside, hideLabel, className, id }}>
      {(control) => (
        <select {...select} {...control} className={cx(CONTROL_CLASS, "min-h-9.5", inputClassName)}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
