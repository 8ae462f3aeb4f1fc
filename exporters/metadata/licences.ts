import { LICENCE_IDS, type LicenceId } from "../../app/domain/export-options.ts";

export { LICENCE_IDS, type LicenceId };

interface Licence {
  title: string;
  /** Of the legal text; "" = none. */
  url: string;
  /** As Kaggle's list has it. */
  kaggle: string;
  /** As Hugging Face's list has it. */
  huggingFace: string;
}

const creativeCommons = (id: string, name: string, kaggle: string): Licence => ({
  title: `Creative Commons ${name} 4.0 International`,
  url: `https://creativecommons.org/licenses/${id}/4.0/`,
  kaggle,
  huggingFace: `cc-${id}-4.0`,
});

export const LICENCES: Readonly<Record<LicenceId, Licence>> = {
  "CC0-1.0": {
    title: "Creative Commons Zero 1.0 Universal",
    url: "https://creativecommons.org/publicdomain/zero/1.0/",
    kaggle: "CC0-1.0",
    huggingFace: "cc0-1.0",
  },
  "CC-BY-4.0": creativeCommons("by", "Attribution", "CC-BY-4.0"),
  "CC-BY-SA-4.0": creativeCommons("by-sa", "Attribution-ShareAlike", "CC-BY-SA-4.0"),
  "CC-BY-NC-4.0": creativeCommons("by-nc", "Attribution-NonCommercial", "CC-BY-NC-4.0"),
  "CC-BY-NC-SA-4.0": creativeCommons("by-nc-sa", "Attribution-NonCommercial-ShareAlike", "CC-BY-NC-SA-4.0"),
  other: { title: "No licence to redistribute", url: "", kaggle: "other", huggingFace: "other" },
};

/** LICENSE of the bundle. */
export function licenceText(id: LicenceId, { title, creators, year }: LicenceNotice): string {
  const licence = LICENCES[id];
  const holder = creators.join(", ");
  if (id === "other") {
    return `${title}\nCopyright ${year} ${holder}\n\nThis dataset was made for those whom it was given to. No licence to copy, publish or redistribute it is\ngranted with it. Ask the people who gave it to you for further rights.\n`;
  }
  const verb = id === "CC0-1.0" ? "dedicated to the public domain under" : "licensed under";
  return `${title}\nCopyright ${year} ${holder}\n\nThis dataset is ${verb}\n${licence.title} (${id}).\nThe legal text is at ${licence.url}legalcode\n`;
}

interface LicenceNotice {
  title: string;
  creators: readonly string[];
  year: number;
}
