import { cardText } from "./card.ts";
import { changelogText } from "./changelog.ts";
import { builtOn, type MetadataContext } from "./context.ts";
import { croissantText } from "./croissant.ts";
import { dataPackageText } from "./data-package.ts";
import { datasheetText } from "./datasheet.ts";
import { jsonSchemaText } from "./json-schema.ts";
import { kaggleText } from "./kaggle.ts";
import { licenceText } from "./licences.ts";

interface Document {
  name: string;
  text: string;
}

/** Every document of a bundle except manifest and checksums, which list all the others. */
export function documentsOf(context: MetadataContext): Document[] {
  const { info, tables } = context;
  const documents: (Document & { about: string })[] = [
    { name: "README.md", about: "What the dataset is and how to load it.", text: cardText(context) },
    { name: "DATASHEET.md", about: "Datasheet for the dataset.", text: datasheetText(context) },
    {
      name: "LICENSE",
      about: "Licence.",
      text: licenceText(info.licence, { ...info, year: yearOf(context) }),
    },
    { name: "CHANGELOG.md", about: "Changes by release.", text: changelogText(context) },
    { name: "croissant.json", about: "Croissant 1.1 metadata.", text: croissantText(context) },
    { name: "datapackage.json", about: "Frictionless Data Package.", text: dataPackageText(context) },
  ];
  const nested = tables.find(({ table, files }) => table.name === "trajectories" && files.jsonl);
  if (nested) {
    documents.push({
      name: "trajectories.schema.json",
      about: "JSON Schema of a line of trajectories.jsonl.",
      text: jsonSchemaText(nested.table),
    });
  }
  const others = [
    ...documents.map(({ name, about }) => ({ name, text: about })),
    { name: "manifest.json", text: "What the bundle holds and how it was made." },
    { name: "SHA256SUMS", text: "Checksums of all files." },
  ];
  return [
    { name: "dataset-metadata.json", text: kaggleText(context, others) },
    ...documents.map(({ name, text }) => ({ name, text })),
  ];
}

function yearOf(context: MetadataContext): number {
  return Number(builtOn(context).slice(0, 4));
}
