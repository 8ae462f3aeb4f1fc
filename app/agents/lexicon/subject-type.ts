export type SubjectClass =
  | "animal"
  | "sea-animal"
  | "bird"
  | "building"
  | "vehicle"
  | "boat"
  | "aircraft"
  | "plant"
  | "food"
  | "person"
  | "landscape"
  | "sky"
  | "thing";

/** A subject that prompts name, with words that go before its noun ("a Siamese cat"). */
export interface Subject {
  /** Lower-case nouns, singular and plural, that name it. */
  nouns: readonly string[];
  class: SubjectClass;
  /** Name of its variant category, as a rater study would call it (paper 6.1: "types of dogs"). */
  category: string;
  /** Adjectives or nouns that go before the noun. Empty when the class's own are used. */
  kinds: readonly string[];
}

/** Rows "nouns | category | kinds": nouns separated by spaces, kinds by commas. */
export function subjects(subjectClass: SubjectClass, rows: readonly string[]): Subject[] {
  return rows.map((row) => {
    const [nouns = "", category = "", kinds = ""] = row.split("|").map((part) => part.trim());
    return {
      nouns: nouns.split(" "),
      class: subjectClass,
      category,
      kinds: kinds === "" ? [] : kinds.split(",").map((kind) => kind.trim()),
    };
  });
}
