import { Card } from "../../components/card.tsx";
import { Select, TextArea, TextInput } from "../../components/inputs.tsx";
import { type ExportFormValues, LICENCE_OPTIONS } from "./export-form-values.ts";

/** Title, licence and the rest that catalogues ask for. */
export function Presentation({
  values,
  fields,
}: {
  values: ExportFormValues;
  /** Message per field. */
  fields: Record<string, string>;
}) {
  const text = (name: "title" | "subtitle" | "slug" | "owner" | "version") => ({
    name,
    defaultValue: values[name],
    error: fields[`info.${name}`],
    required: false,
  });
  return (
    <Card title="How it is presented" description="What is left empty follows from the study.">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextInput label="Title" hint="6 to 50 characters." maxLength={50} minLength={6} {...text("title")} />
        <TextInput
          label="Name in addresses"
          hint="6 to 50 lower-case letters, digits and hyphens."
          maxLength={50}
          {...text("slug")}
        />
        <TextInput
          label="Subtitle"
          hint="20 to 80 characters."
          maxLength={80}
          minLength={20}
          className="sm:col-span-2"
          {...text("subtitle")}
        />
        <TextInput
          label="Account that publishes it"
          hint="On Kaggle or elsewhere."
          maxLength={80}
          {...text("owner")}
        />
        <TextInput label="Version of the release" hint="Such as 1.2.0." {...text("version")} />
        <Select
          label="Licence"
          hint="One that every catalogue knows, or none."
          name="licence"
          required={false}
          defaultValue={values.licence}
          placeholder="CC-BY-4.0 if public, else none"
          options={LICENCE_OPTIONS}
          error={fields["info.licence"]}
        />
        <TextInput
          label="Linked with releases named"
          hint="The same words give the same pseudonyms."
          name="linkAs"
          maxLength={80}
          required={false}
          defaultValue={values.linkAs}
          error={fields.linkAs}
        />
        <TextArea
          label="Creators"
          hint="One a line."
          name="creators"
          rows={2}
          required={false}
          className="sm:col-span-2"
          defaultValue={values.creators}
          error={fields["info.creators"]}
        />
      </div>
    </Card>
  );
}
