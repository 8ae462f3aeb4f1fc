import { useTranslations } from "use-intl";

/** "2A" taken apart for texts about an image: its column and its letter. */
export function imageParts(label: string): { column: string; image: string } {
  return { column: label.slice(0, -1), image: label.slice(-1) };
}

/** "2A" as words, for people who do not see the picture: "Column 2, image A"; with a turn, "Turn 3, column 2, image A". */
export function useImageName(): (label: string, turn?: number) => string {
  const t = useTranslations("turn.image");
  return (label, turn) =>
    turn === undefined ? t("name", imageParts(label)) : t("ofTurn", { ...imageParts(label), turn });
}
